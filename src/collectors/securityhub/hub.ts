import { declared } from "../../aws/declared.js";

/** Security Hub CSPM in a region; there is none where it is not switched on. */
export const securityhubHub = declared({
  type: "AWS::SecurityHub::Hub",
  summary: "Security Hub CSPM: whether it is on in a region",
  list: {
    call: "securityhub:DescribeHub",
    items: ".",
    proof: { members: ["HubArn"] },
    id: "HubArn",
    arn: "HubArn",
    properties: {
      AutoEnableControls: "AutoEnableControls",
      ControlFindingGenerator: "ControlFindingGenerator",
      SubscribedAt: "SubscribedAt",
    },
    notSet: ["InvalidAccessException", "ResourceNotFoundException"],
  },
});
