import { declared } from "../../aws/declared.js";
import { capitalized } from "../../shared/aws/names.js";
import { memberAt } from "../../shared/member-at.js";

/** CloudFront's distributions. Their list says nothing of logging. */
export const cloudfrontDistribution = declared({
  type: "AWS::CloudFront::Distribution",
  summary: "CloudFront distributions: whether they are on, access logs, real-time logs of each behaviour",
  servedAs: "cloudfront",
  list: {
    call: "cloudfront:ListDistributions",
    at: "leader",
    items: "DistributionList.Items",
    proof: { members: ["DistributionList.Quantity"] },
    pages: ["Marker", "DistributionList.NextMarker"],
    id: "Id",
    arn: "ARN",
    properties: { Enabled: "Enabled", Staging: "Staging", DomainName: "DomainName" },
  },
  reads: [
    {
      call: "cloudfront:GetDistributionConfig",
      input: { Id: "{id}" },
      from: "DistributionConfig",
      properties: {
        DistributionConfig: {
          at: ".",
          only: [
            ...["Enabled", "Staging", "ConnectionMode", "WebACLId"],
            ...["Logging.Enabled", "Logging.Bucket", "Logging.Prefix", "Logging.IncludeCookies"],
            ...["DefaultCacheBehavior.RealtimeLogConfigArn", "CacheBehaviors.Items.PathPattern"],
            "CacheBehaviors.Items.RealtimeLogConfigArn",
          ],
          by: (config) => ({
            ...(capitalized(config) as object),
            CacheBehaviors: memberAt(config, "CacheBehaviors.Items") ?? [],
          }),
        },
      },
      gone: ["NoSuchDistribution"],
    },
  ],
  observed: ["Enabled", "Staging", "DomainName"],
});
