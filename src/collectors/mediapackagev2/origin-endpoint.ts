import { controlList, controlRead } from "../../aws/cloud-control.js";
import { defineCollector } from "../../core/collector.js";
import type { ListedParent } from "../../core/collector.js";
import { pickMembers } from "../../shared/aws/names.js";
import { manifestFacts, packageFacts } from "../../shared/aws/origin-endpoint.js";

/** MediaPackage v2 origin endpoints, listed channel by channel and read through Cloud Control. Of segments only duration and names are kept. */
export const mediapackagev2OriginEndpoint = defineCollector({
  type: "AWS::MediaPackageV2::OriginEndpoint",
  summary: "MediaPackage v2 origin endpoints: manifests, forced errors",
  servedAs: "mediapackagev2",
  list: controlList({
    type: "AWS::MediaPackageV2::OriginEndpoint",
    action: "mediapackagev2:ListOriginEndpoints",
    each: "AWS::MediaPackageV2::Channel",
    model: namesOf,
  }),
  reads: [
    controlRead({
      type: "AWS::MediaPackageV2::OriginEndpoint",
      action: "mediapackagev2:GetOriginEndpoint",
      properties: [
        "ChannelGroupName",
        "ChannelName",
        "OriginEndpointName",
        "ContainerType",
        "Description",
        "Segment",
        "StartoverWindowSeconds",
        "HlsManifests",
        "LowLatencyHlsManifests",
        "DashManifests",
        "MssManifests",
        "ForceEndpointErrorConfiguration",
      ],
      read: ({
        ChannelGroupName,
        ChannelName,
        OriginEndpointName,
        ContainerType,
        Description,
        StartoverWindowSeconds,
        ForceEndpointErrorConfiguration: forced,
        ...endpoint
      }) => ({
        ChannelGroupName,
        ChannelName,
        OriginEndpointName,
        ContainerType,
        Description,
        StartoverWindowSeconds,
        ForceEndpointErrorConfiguration: isObject(forced)
          ? pickMembers(forced, ["EndpointErrorConditions"])
          : undefined,
        Segment: packageFacts(endpoint["Segment"]),
        HlsManifests: manifestFacts(endpoint["HlsManifests"]),
        LowLatencyHlsManifests: manifestFacts(endpoint["LowLatencyHlsManifests"]),
        DashManifests: manifestFacts(endpoint["DashManifests"]),
        MssManifests: manifestFacts(endpoint["MssManifests"]),
      }),
    }),
  ],
  observed: [],
});

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

// …:channelGroup/<group>/channel/<channel>
function namesOf({ arn = "", id }: ListedParent): Readonly<Record<string, string>> {
  return { ChannelGroupName: /:channelGroup\/([^/]+)\//u.exec(arn)?.[1] ?? "", ChannelName: id };
}
