import { declared } from "../../aws/declared.js";

/** The standards that Security Hub CSPM is to check. */
export const securityhubStandard = declared({
  type: "AWS::SecurityHub::Standard",
  summary: "Standards of Security Hub CSPM: which are on, and whether they work",
  list: {
    call: "securityhub:GetEnabledStandards",
    at: { where: ["AWS::SecurityHub::Hub"] },
    items: "StandardsSubscriptions",
    pages: ["NextToken", "NextToken"],
    id: "StandardsSubscriptionArn",
    arn: "StandardsSubscriptionArn",
    properties: {
      StandardsArn: "StandardsArn",
      StandardsStatus: "StandardsStatus",
      StandardsStatusReason: "StandardsStatusReason",
    },
    notSet: ["InvalidAccessException"],
  },
  observed: ["StandardsStatus", "StandardsStatusReason"],
});
