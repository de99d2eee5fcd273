import { defineDeclared } from "../mapping.js";
import { authorization, packages } from "../media-facts.js";

/** Origin endpoints of live channels. https://docs.aws.amazon.com/mediapackage/latest/apireference/origin_endpoints.html */
export const mediapackageOriginEndpoint = defineDeclared({
  type: "AWS::MediaPackage::OriginEndpoint",
  settle: {
    ...authorization("Authorization"),
    ...packages("HlsPackage", "CmafPackage", "DashPackage", "MssPackage"),
  },
  defaults: { Origination: "ALLOW", StartoverWindowSeconds: 0, TimeDelaySeconds: 0, ManifestName: "index" },
});
