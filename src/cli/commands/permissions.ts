import { Command, Option } from "commander";
import { planRun } from "../../index.js";
import { auditPolicy, iamPolicy, memberStatements, policyOf, roleTemplate, yamlStyle } from "../../inner.js";
import type { Config } from "../../index.js";
import type { PolicyDocument } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { addRuleOptions, prepare } from "../options.js";
import type { RuleOptions } from "../options.js";
import { addProbeOptions, cdnSecretOf } from "../probe.js";
import type { ProbeWords } from "../probe.js";
import { UsageError } from "../usage-error.js";

type PermissionWords = RuleOptions &
  ProbeWords & {
    readonly for: "account" | "organization";
    readonly format: "json" | "actions" | "cloudformation";
  };

/** `watchproof permissions`: the IAM policy that a live run of the chosen rules needs, and nothing more. */
export function permissionsCommand({ terminal, finish }: CommandContext): Command {
  return addProbeOptions(addRuleOptions(new Command("permissions")))
    .description("write the exact IAM policy that the rules need")
    .addOption(
      new Option(
        "--for <whom>",
        "account: who reads an account; organization: who runs `audit`, enters accounts and keeps reports",
      )
        .choices(["account", "organization"])
        .default("account"),
    )
    .addOption(
      new Option(
        "--format <format>",
        "json: a policy document; actions: one a line; cloudformation: a role with the policy, fit for a StackSet",
      )
        .choices(["json", "actions", "cloudformation"])
        .default("json"),
    )
    .action(async (paths: readonly string[], words: PermissionWords) => {
      if (words.for === "organization" && words.format === "cloudformation")
        throw new UsageError(
          "--format cloudformation writes the role that is entered in each account; the one that runs the audit is in deploy/audit.yaml",
        );
      await terminal.out(await inFormat(await policyFor(paths, words), words.format));
      finish(0);
    });
}

async function policyFor(paths: readonly string[], words: PermissionWords): Promise<PolicyDocument> {
  const prepared = await prepare(paths, words);
  const { config } = prepared;
  if (words.for === "organization") return organizationPolicy(config);
  const secret = cdnSecretOf(words, config);
  const { actions } = await planRun({ ...prepared, ...secret });
  return policyOf([...iamPolicy(actions, secret.cdnSecret).Statement, ...memberStatements(config)]);
}

function organizationPolicy(config: Config): PolicyDocument {
  if (config.audit === undefined)
    throw new UsageError(
      "--for organization reads the section `audit` of the config, and there is none; docs/audit.md shows one",
    );
  return auditPolicy(config);
}

async function inFormat(policy: PolicyDocument, format: PermissionWords["format"]): Promise<string> {
  if (format === "actions")
    return policy.Statement.flatMap(({ Action }) => Action)
      .map((action) => `${action}\n`)
      .join("");
  if (format === "json") return `${JSON.stringify(policy, undefined, 2)}\n`;
  const { stringify } = await import("yaml");
  return stringify(roleTemplate(policy), yamlStyle);
}
