import { declared } from "../../aws/declared.js";

/** Where Automation sends what its scripts print, in a region. */
export const ssmAutomationLogging = declared({
  type: "AWS::SSM::AutomationLogging",
  summary: "Systems Manager Automation: where the output of scripts goes in a region",
  single: { at: "each-region", found: () => ({ id: "automation" }) },
  reads: [
    {
      call: "ssm:GetServiceSetting",
      input: { SettingId: "/ssm/automation/customer-script-log-destination" },
      from: "ServiceSetting",
      properties: { LogDestination: "SettingValue" },
      notSet: ["ServiceSettingNotFound"],
    },
    {
      call: "ssm:GetServiceSetting",
      after: ["LogDestination"],
      when: ({ LogDestination }) => LogDestination === "CloudWatch",
      input: { SettingId: "/ssm/automation/customer-script-log-group-name" },
      from: "ServiceSetting",
      properties: { LogGroupName: "SettingValue" },
      notSet: ["ServiceSettingNotFound"],
    },
  ],
  observed: ["LogDestination", "LogGroupName"],
});
