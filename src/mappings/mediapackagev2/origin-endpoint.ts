import { pickMembers } from "../../shared/aws/names.js";
import { isObject } from "../../shared/read-property.js";
import { defineDeclared } from "../mapping.js";
import { manifests, packages } from "../media-facts.js";
import { kept, reshaped } from "../shapes.js";

/** Origin endpoints of version 2. */
export const mediapackagev2OriginEndpoint = defineDeclared({
  type: "AWS::MediaPackageV2::OriginEndpoint",
  settle: {
    ...packages("Segment"),
    ...manifests("HlsManifests", "LowLatencyHlsManifests", "DashManifests", "MssManifests"),
    ForceEndpointErrorConfiguration: reshaped("ForceEndpointErrorConfiguration", (forced) =>
      isObject(forced) ? kept(pickMembers(forced, ["EndpointErrorConditions"])) : null,
    ),
  },
});
