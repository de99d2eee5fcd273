import { describe, expect, it } from "vitest";
import { eventsApiDestination } from "../../../src/collectors/events/api-destination.js";
import { eventsConnection } from "../../../src/collectors/events/connection.js";
import { eventsEventBus } from "../../../src/collectors/events/event-bus.js";
import { eventsRule } from "../../../src/collectors/events/rule.js";
import { denied } from "../../sources/support/fake-aws.js";
import { canned, cannedReferences } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";
import type { Answers, Read } from "../support/read.js";

const [destination, connection] = ["AWS::Events::ApiDestination", "AWS::Events::Connection"] as const;
const answers: Answers = {
  ...canned["AWS::Events::Rule"],
  ...cannedReferences[destination]?.answers,
  ...cannedReferences[connection]?.answers,
};
const read = (change: Answers = {}): Promise<Read> =>
  readNeeds(
    [eventsEventBus, eventsRule, eventsApiDestination, eventsConnection],
    { ...answers, ...change },
    {
      needs: [
        {
          type: destination,
          properties: ["Exists", "ApiDestinationState", "ConnectionArn"],
          only: { referencedBy: "AWS::Events::Rule", path: "Targets[].Arn" },
        },
        {
          type: connection,
          properties: ["Exists", "ConnectionState"],
          only: { referencedBy: destination, path: "ConnectionArn" },
        },
      ],
    },
  );

describe("the collectors of API destinations and their connections", () => {
  it("follow a rule's target to its connection", async () => {
    const { snapshot } = await read();
    expect(saysOf(snapshot, destination)).toMatchObject({
      Exists: true,
      ApiDestinationState: "ACTIVE",
      InvocationEndpoint: "https://chat.example.com/…",
    });
    expect(saysOf(snapshot, connection)).toMatchObject({ Exists: true, ConnectionState: "AUTHORIZED" });
  });

  it("one that was made anew under its name is not the one that the rule names", async () => {
    const { snapshot } = await read({
      DescribeApiDestination: () => ({
        ApiDestinationArn: "arn:aws:events:us-east-1:111111111111:api-destination/d/9",
        ApiDestinationState: "ACTIVE",
      }),
    });
    expect(saysOf(snapshot, destination)).toMatchObject({ Exists: false, ApiDestinationState: null });
  });

  it("so with connections", async () => {
    const { snapshot } = await read({
      DescribeConnection: () => ({
        ConnectionArn: "arn:aws:events:us-east-1:111111111111:connection/c/9",
        ConnectionState: "AUTHORIZED",
      }),
    });
    expect(saysOf(snapshot, connection)).toMatchObject({ Exists: false });
  });

  it("a refused destination is unreadable", async () => {
    const { snapshot } = await read({
      DescribeApiDestination: () => denied("events:DescribeApiDestination"),
    });
    expect(snapshot.resources.find(({ type }) => type === destination)?.unreadable).toMatchObject({
      ApiDestinationState: { reason: "AccessDenied", action: "events:DescribeApiDestination" },
    });
  });
});
