import { describe, expect, it } from "vitest";
import { cloudtrailChannel } from "../../../src/collectors/cloudtrail/channel.js";
import { denied, inputText } from "../../sources/support/fake-aws.js";
import type { Respond } from "../../sources/support/fake-aws.js";
import { readType } from "./answers.js";

const linked = "arn:aws:cloudtrail:us-east-1:111111111111:channel/1";
const partner = "arn:aws:cloudtrail:us-east-1:111111111111:channel/2";
const pages: Readonly<Record<string, object>> = {
  first: {
    Channels: [{ ChannelArn: linked, Name: "aws-service-channel/cloudwatch/x" }],
    NextToken: "second",
  },
  second: { Channels: [{ ChannelArn: partner, Name: "partner" }] },
};
const ListChannels: Respond = (call) => pages[inputText(call, "NextToken") || "first"];
const SourceConfig = {
  ApplyToAllRegions: true,
  AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }],
};

describe("the collector of channels", () => {
  it("lists every page, and tells service-linked channels by their source configuration", async () => {
    const answers = {
      ListChannels,
      GetChannel: (call: Parameters<Respond>[0]) =>
        inputText(call, "Channel") === linked
          ? {
              ChannelArn: linked,
              Source: "CloudTrail",
              SourceConfig,
              Destinations: [{ Type: "AWS_SERVICE", Location: "cloudwatch" }],
            }
          : { ChannelArn: partner, Source: "Partner", Destinations: [] },
    };
    const { snapshot } = await readType(cloudtrailChannel, answers, { properties: ["SourceConfig"] });
    expect(
      snapshot.resources.map(({ id, properties, observed }) => [
        id,
        properties["Source"],
        properties["Destinations"],
        observed?.["SourceConfig"],
      ]),
    ).toEqual([
      [
        "aws-service-channel/cloudwatch/x",
        "CloudTrail",
        [{ Location: "cloudwatch", Type: "AWS_SERVICE" }],
        SourceConfig,
      ],
      ["partner", "Partner", null, null],
    ]);
  });

  it("a refused call names both actions to grant: service-linked channels take one of their own", async () => {
    const read = await readType(
      cloudtrailChannel,
      { ListChannels, GetChannel: () => denied("x") },
      { properties: ["SourceConfig"] },
    );
    expect(read.snapshot.resources[0]?.unreadable?.["SourceConfig"]?.action).toBe(
      "cloudtrail:GetChannel, cloudtrail:GetServiceLinkedChannel",
    );
    const list = await readType(cloudtrailChannel, { ListChannels: () => denied("x") }, { properties: [] });
    expect(list.snapshot.gaps).toMatchObject([
      { reason: "AccessDenied", action: "cloudtrail:ListChannels, cloudtrail:ListServiceLinkedChannels" },
    ]);
  });
});
