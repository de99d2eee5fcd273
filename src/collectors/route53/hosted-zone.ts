import { declared } from "../../aws/declared.js";

/** Hosted zones, public and private ones. Their ids are without "/hostedzone/". */
export const route53HostedZone = declared({
  type: "AWS::Route53::HostedZone",
  summary: "Hosted zones: name, public or private",
  list: {
    call: "route53:ListHostedZones",
    at: "leader",
    items: "HostedZones",
    pages: ["Marker", "NextMarker"],
    id: { at: "Id", by: (id) => id.replace(/^\/hostedzone\//u, "") },
    arn: "arn:{partition}:route53:::hostedzone/{id}",
    properties: { Name: "Name", PrivateZone: "Config.PrivateZone" },
  },
  observed: ["PrivateZone"],
});
