import { Command, Option } from "commander";
import { iamPolicy, planRun } from "../../index.js";
import type { CommandContext } from "../command-context.js";
import { addRuleOptions, chooseRegions, prepare } from "../options.js";
import type { RuleOptions } from "../options.js";
import { addProbeOptions, cdnSecretOf } from "../probe.js";
import type { ProbeWords } from "../probe.js";

type PermissionWords = RuleOptions & ProbeWords & { readonly format: string };

/** `watchproof permissions`: the IAM policy that a live run of the chosen rules needs, and nothing more. */
export function permissionsCommand({ terminal, finish }: CommandContext): Command {
  return addProbeOptions(addRuleOptions(new Command("permissions")))
    .description("write the exact IAM policy that the rules need")
    .addOption(new Option("--format <format>", "json: a policy document; actions: one a line").choices(["json", "actions"]).default("json"))
    .action(async (paths: readonly string[], words: PermissionWords) => {
      const { rules, config, plugins } = await prepare(paths, words);
      const secret = cdnSecretOf(words, config);
      const { actions } = await planRun({ ...secret, rules, plugins, ...chooseRegions(words, config), overrides: config.overrides ?? [] });
      await terminal.out(words.format === "actions" ? actions.map((action) => `${action}\n`).join("") : `${JSON.stringify(iamPolicy(actions, secret.cdnSecret), undefined, 2)}\n`);
      finish(0);
    });
}
