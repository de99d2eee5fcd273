import { declared } from "../../aws/declared.js";
import { referByName } from "../../aws/refer-by-name.js";
import { memberAt } from "../../shared/member-at.js";

/** Option groups that an instance names. Of settings only those of the audit plugin are kept: others can hold passwords. */
export const rdsOptionGroup = declared({
  type: "AWS::RDS::OptionGroup",
  summary: "Option groups of RDS instances: options, settings of the audit plugin",
  reads: [
    {
      call: "rds:DescribeOptionGroups",
      input: { OptionGroupName: "{id}" },
      proof: { members: ["OptionGroupsList"] },
      properties: {
        Options: {
          at: "OptionGroupsList",
          only: ["Options.OptionName", "Options.OptionSettings.Name", "Options.OptionSettings.Value"],
          by: optionsOf,
        },
      },
      gone: ["OptionGroupNotFoundFault"],
    },
  ],
  refer: referByName("rds", "og"),
  observed: ["Options"],
});

function optionsOf(groups: unknown): unknown {
  const [group] = listOf(groups);
  return listOf(memberAt(group, "Options")).map((option) => ({
    OptionName: memberAt(option, "OptionName"),
    OptionSettings: listOf(memberAt(option, "OptionSettings")).filter((setting) =>
      String(memberAt(setting, "Name")).startsWith("SERVER_AUDIT"),
    ),
  }));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
