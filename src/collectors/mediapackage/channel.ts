import type { Channel, HlsIngest, ListChannelsResponse } from "@aws-sdk/client-mediapackage";
import { defineCollector, listCall } from "../../core/collector.js";
import type { Properties } from "../../core/collector.js";
import { given, pickMembers } from "../../shared/aws/names.js";
import { logFacts } from "../../shared/aws/origin-endpoint.js";

/**
 * MediaPackage live channels, version 1. The list carries all of a channel, the user names and passwords of its ingest
 * endpoints included; they stay behind here.
 * https://docs.aws.amazon.com/mediapackage/latest/apireference/channels.html
 */
export const mediapackageChannel = defineCollector({
  type: "AWS::MediaPackage::Channel",
  summary: "MediaPackage v1 live channels: access logs, ingest endpoints without credentials",
  servedAs: "mediapackage",
  list: listCall<ListChannelsResponse>({
    operation: { service: "mediapackage", name: "ListChannels", proof: { members: ["Channels"] } },
    at: "each-region",
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: ["Id", "Description", "EgressAccessLogs", "IngressAccessLogs", "HlsIngest", "CreatedAt"],
    found: ({ Channels }) =>
      given(Channels, "Channels").map((channel) => ({
        id: given(channel.Id, "Id"),
        ...(channel.Arn === undefined ? {} : { arn: channel.Arn }),
        properties: propertiesOf(channel),
      })),
  }),
  reads: [],
  observed: ["CreatedAt"],
});

function propertiesOf({
  Id,
  Description,
  EgressAccessLogs,
  IngressAccessLogs,
  HlsIngest: ingest,
  CreatedAt,
}: Channel): Properties {
  return {
    Id,
    Description,
    EgressAccessLogs: logFacts(EgressAccessLogs),
    IngressAccessLogs: logFacts(IngressAccessLogs),
    HlsIngest: ingest === undefined ? undefined : withoutCredentials(ingest),
    CreatedAt,
  };
}

function withoutCredentials({ IngestEndpoints = [] }: HlsIngest): object {
  return { IngestEndpoints: IngestEndpoints.map((endpoint) => pickMembers(endpoint, ["Id", "Url"])) };
}
