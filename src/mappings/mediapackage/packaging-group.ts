import { defineDeclared } from "../mapping.js";
import { authorization, logs } from "../media-facts.js";

/** Packaging groups of VOD. */
export const mediapackagePackagingGroup = defineDeclared({
  type: "AWS::MediaPackage::PackagingGroup",
  settle: { ...logs("EgressAccessLogs"), ...authorization("Authorization") },
});
