import { defineDeclared } from "../mapping.js";
import { packages } from "../media-facts.js";

/** Packaging configurations of VOD. */
export const mediapackagePackagingConfiguration = defineDeclared({
  type: "AWS::MediaPackage::PackagingConfiguration",
  settle: packages("HlsPackage", "CmafPackage", "DashPackage", "MssPackage"),
});
