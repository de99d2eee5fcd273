import type { GetChannelResponse, ListChannelsResponse } from "@aws-sdk/client-cloudtrail";
import { defineCollector, listCall, readCall } from "../../core/collector.js";

/**
 * CloudTrail channels: service-linked ones, whose `SourceConfig` selects events, and integrations with partners, which
 * have none. Service-linked channels take permissions of their own.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/viewing-service-linked-channels.html
 */
export const cloudtrailChannel = defineCollector({
  type: "AWS::CloudTrail::Channel",
  summary: "CloudTrail channels, service-linked ones among them: selectors, destinations",
  servedAs: "cloudtrail-lake",
  list: listCall<ListChannelsResponse>({
    operation: {
      service: "cloudtrail",
      name: "ListChannels",
      actions: ["cloudtrail:ListChannels", "cloudtrail:ListServiceLinkedChannels"],
      proof: { members: ["Channels"] },
    },
    at: "each-region",
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: ["Name"],
    found: ({ Channels = [] }) =>
      Channels.flatMap(({ ChannelArn: arn, Name }) => {
        const [, , , region, account] = arn?.split(":") ?? [];
        return arn === undefined || region === undefined || account === undefined
          ? []
          : [{ id: Name ?? arn, arn, account, region, properties: { Name } }];
      }),
  }),
  reads: [
    readCall<GetChannelResponse>({
      operation: {
        service: "cloudtrail",
        name: "GetChannel",
        actions: ["cloudtrail:GetChannel", "cloudtrail:GetServiceLinkedChannel"],
        proof: { members: ["ChannelArn"] },
      },
      input: ({ arn, id }) => ({ Channel: arn ?? id }),
      properties: ["Source", "Destinations", "SourceConfig"],
      read: ({ Source, Destinations, SourceConfig }) => ({
        Source,
        Destinations: Destinations?.length === 0 ? undefined : Destinations,
        SourceConfig,
      }),
      gone: ["ChannelNotFoundException"],
    }),
  ],
  observed: ["SourceConfig"],
});
