import { defineDeclared } from "../mapping.js";
import { logs } from "../media-facts.js";

/** Live channels of version 1. */
export const mediapackageChannel = defineDeclared({
  type: "AWS::MediaPackage::Channel",
  settle: logs("EgressAccessLogs", "IngressAccessLogs"),
});
