import { declared } from "../../aws/declared.js";
import { scopesIn } from "../../aws/waf-scopes.js";

/** Web ACLs, regional ones and, in the leader region, those of CloudFront. */
export const wafv2WebAcl = declared({
  type: "AWS::WAFv2::WebACL",
  summary: "Web ACLs, regional and CloudFront's",
  list: {
    call: "wafv2:ListWebACLs",
    inputs: (place) => scopesIn(place).map((Scope) => ({ Scope, Limit: 100 })),
    items: "WebACLs",
    pages: ["NextMarker", "NextMarker"],
    id: "ARN",
    arn: "ARN",
    properties: { Name: "Name", Id: "Id" },
  },
});
