import { declared } from "../../aws/declared.js";

/** The newer Security Hub in a region; there is none where it is not switched on. */
export const securityhubHubV2 = declared({
  type: "AWS::SecurityHub::HubV2",
  summary: "The newer Security Hub: whether it is on in a region",
  list: {
    call: "securityhub:DescribeSecurityHubV2",
    items: ".",
    proof: { members: ["HubV2Arn"] },
    id: "HubV2Arn",
    arn: "HubV2Arn",
    properties: { SubscribedAt: "SubscribedAt" },
    notSet: ["ResourceNotFoundException"],
  },
  observed: ["SubscribedAt"],
});
