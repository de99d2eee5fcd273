import { Argument, Command } from "commander";
import { builtins } from "../../index.js";
import { catalogue, printable, withoutCommands } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { configFile } from "../options.js";
import { scaffoldLines, writeScaffold } from "../scaffold-files.js";
import type { ScaffoldFile } from "../scaffold-files.js";
import { UsageError } from "../usage-error.js";

const kinds = ["rule", "evaluator", "reporter"] as const;
type Kind = (typeof kinds)[number];

/** What is written for a name, and what is to be done then. */
type Plan = { readonly files: readonly ScaffoldFile[]; readonly next: readonly string[] };

/** `watchproof new`: a rule with its cases, or a module with an evaluator or a reporter; it works at once. */
export function newCommand({ terminal, finish }: CommandContext): Command {
  return new Command("new")
    .description("write a new rule with its cases, or a module with an evaluator or a reporter")
    .addArgument(new Argument("<kind>", "what").choices(kinds))
    .argument(
      "<name>",
      "a rule's id, such as own.log-archive; an evaluator's or a reporter's, such as key-prefix",
    )
    .option("--force", "write over files that are there already")
    .action(async (kind: Kind, name: string, { force = false }: { readonly force?: boolean }) => {
      const { files, next } = await plans[kind](name);
      const scaffolded = await writeScaffold(".", files, { force });
      await terminal.out(
        withoutCommands(
          `${[...scaffoldLines(scaffolded), "", "Next:", ...next.map((line) => `  ${line}`)].map(printable).join("\n")}\n`,
        ),
      );
      finish(0);
    });
}

const plans = { rule: planRule, evaluator: planEvaluator, reporter: planReporter } satisfies Record<
  Kind,
  (name: string) => Promise<Plan>
>;

async function planRule(id: string): Promise<Plan> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/u.test(id))
    throw new UsageError(
      `"${id}" is no rule id: words in kebab-case, separated by dots, such as own.log-archive`,
    );
  const shipped = await catalogue("rules");
  if (shipped.some((rule) => rule.id === id))
    throw new UsageError(
      `"${id}" is the id of a built-in rule; choose another, such as own.${id.split(".").at(-1) ?? id}`,
    );
  const stem = `rules/${id.split(".").join("/")}`;
  const { ruleFiles } = await import("../scaffold-rule.js");
  const hint =
    (await configFile(undefined)) === undefined
      ? `watchproof check ${stem}.yaml`
      : "watchproof check, with `rules: [rules]` in watchproof.yaml";
  return {
    files: ruleFiles({ id, stem }),
    next: [`edit ${stem}.yaml`, `watchproof test ${stem}.yaml`, hint],
  };
}

async function planEvaluator(id: string): Promise<Plan> {
  refuseBadId(id, Object.keys(builtins.evaluators), "an evaluator");
  const { evaluatorFiles } = await import("../scaffold-plugin.js");
  const config = await planConfig(id, ["rules: [rules]"]);
  return {
    files: [...evaluatorFiles(id), ...config.files],
    next: [
      ...config.next,
      `edit plugins/${id}.mjs`,
      `watchproof test rules/${id}.yaml`,
      `watchproof check rules/${id}.yaml`,
    ],
  };
}

async function planReporter(id: string): Promise<Plan> {
  refuseBadId(id, Object.keys(builtins.reporters), "a reporter");
  const { reporterFiles } = await import("../scaffold-plugin.js");
  const config = await planConfig(id, []);
  return {
    files: [...reporterFiles(id), ...config.files],
    next: [...config.next, `edit plugins/${id}.mjs`, `watchproof check --format ${id}`],
  };
}

function refuseBadId(id: string, shipped: readonly string[], noun: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u.test(id))
    throw new UsageError(`"${id}" is no name of ${noun}: words in kebab-case, such as key-prefix`);
  if (shipped.includes(id)) throw new UsageError(`"${id}" is ${noun} that is built in; choose another name`);
}

// A person's config is theirs to edit, whatever --force says: where there is one, the line to add is shown.
async function planConfig(id: string, more: readonly string[]): Promise<Plan> {
  const { pluginConfig, pluginLine } = await import("../scaffold-plugin.js");
  const config = await configFile(undefined);
  const install = "npm install --save-dev watchproof, which the module imports";
  return config === undefined
    ? { files: [pluginConfig(id, more)], next: [install] }
    : { files: [], next: [install, `add to ${config}: ${pluginLine(id)}`] };
}
