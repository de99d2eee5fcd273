import type { ListOriginEndpointsResponse, OriginEndpoint } from "@aws-sdk/client-mediapackage";
import { defineCollector, listCall } from "../../core/collector.js";
import type { Properties } from "../../core/collector.js";
import { given, unlessEmpty } from "../../shared/aws/names.js";
import { authorizationFacts, packageFacts } from "../../shared/aws/origin-endpoint.js";

/** Origin endpoints of MediaPackage live channels, version 1. Of packages only durations, windows and manifests are kept. */
export const mediapackageOriginEndpoint = defineCollector({
  type: "AWS::MediaPackage::OriginEndpoint",
  summary: "MediaPackage v1 origin endpoints: manifests, access",
  servedAs: "mediapackage",
  list: listCall<ListOriginEndpointsResponse>({
    operation: {
      service: "mediapackage",
      name: "ListOriginEndpoints",
      proof: { members: ["OriginEndpoints"] },
    },
    at: "each-region",
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: [
      "Id",
      "ChannelId",
      "Description",
      "ManifestName",
      "Origination",
      "Whitelist",
      "StartoverWindowSeconds",
      "TimeDelaySeconds",
      "Authorization",
      "HlsPackage",
      "CmafPackage",
      "DashPackage",
      "MssPackage",
      "Url",
      "CreatedAt",
    ],
    found: ({ OriginEndpoints }) =>
      given(OriginEndpoints, "OriginEndpoints").map((endpoint) => ({
        id: given(endpoint.Id, "Id"),
        ...(endpoint.Arn === undefined ? {} : { arn: endpoint.Arn }),
        properties: propertiesOf(endpoint),
      })),
  }),
  reads: [],
  observed: ["Url", "CreatedAt"],
});

function propertiesOf({
  Id,
  ChannelId,
  Description,
  ManifestName,
  Origination,
  Whitelist,
  StartoverWindowSeconds,
  TimeDelaySeconds,
  ...endpoint
}: OriginEndpoint): Properties {
  return {
    Id,
    ChannelId,
    Description,
    ManifestName,
    Origination,
    Whitelist: unlessEmpty(Whitelist?.filter((range) => typeof range === "string")),
    StartoverWindowSeconds,
    TimeDelaySeconds,
    Authorization: authorizationFacts(endpoint.Authorization),
    HlsPackage: packageFacts(endpoint.HlsPackage),
    CmafPackage: packageFacts(endpoint.CmafPackage),
    DashPackage: packageFacts(endpoint.DashPackage),
    MssPackage: packageFacts(endpoint.MssPackage),
    Url: endpoint.Url,
    CreatedAt: endpoint.CreatedAt,
  };
}
