import { declared } from "../../aws/declared.js";

/** Query logging of public hosted zones. `HostedZoneId` is without "/hostedzone/". */
export const route53QueryLoggingConfig = declared({
  type: "AWS::Route53::QueryLoggingConfig",
  summary: "Query logging of hosted zones: zone, log group",
  list: {
    call: "route53:ListQueryLoggingConfigs",
    at: { where: ["AWS::Route53::HostedZone"] },
    items: "QueryLoggingConfigs",
    pages: ["NextToken", "NextToken"],
    id: "Id",
    properties: {
      HostedZoneId: "HostedZoneId",
      CloudWatchLogsLogGroupArn: "CloudWatchLogsLogGroupArn",
    },
  },
  observed: ["HostedZoneId", "CloudWatchLogsLogGroupArn"],
});
