import { Command, Option } from "commander";
import {
  explainFinding,
  explainRule,
  findRule,
  printableJson,
  renderFindingExplanation,
  renderRuleExplanation,
} from "../../inner.js";
import type { RuleExplanation } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { oneFinding } from "../one-finding.js";
import { configFile, pluginsOf } from "../options.js";
import type { Terminal } from "../terminal.js";
import { DiagnosticsError } from "../usage-error.js";

type ExplainWords = {
  readonly report?: string;
  readonly config?: string;
  readonly format: string;
  readonly color?: boolean;
};

/** `watchproof explain`: a rule before it is run, or a finding after. */
export function explainCommand({ terminal, finish }: CommandContext): Command {
  return new Command("explain")
    .description(
      "explain a rule, or a finding of a report: each step, every observed value, and what would change it",
    )
    .argument("<what>", "a rule's id or file; with --report a finding's id, or its first characters")
    .option("--report <file>", "the report that holds the finding (check --format json=FILE)")
    .option("--config <file>", "where your own rules are named (default ./watchproof.yaml, if it is there)")
    .addOption(new Option("--format <format>", "how").choices(["text", "json"]).default("text"))
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .action(async (what: string, words: ExplainWords) => {
      await terminal.out(
        words.report === undefined
          ? await aboutRule(what, words, terminal)
          : await aboutFinding(what, { ...words, report: words.report }, terminal),
      );
      finish(0);
    });
}

async function aboutRule(name: string, words: ExplainWords, terminal: Terminal): Promise<string> {
  const explanation = await findAndExplain(name, words);
  return words.format === "json"
    ? json(explanation)
    : renderRuleExplanation(explanation, page(words, terminal));
}

async function findAndExplain(name: string, { config: named }: ExplainWords): Promise<RuleExplanation> {
  const config = await configFile(named);
  const plugins = await pluginsOf(named);
  const found = await findRule(name, { plugins, ...(config === undefined ? {} : { config }) });
  if (!found.ok) throw new DiagnosticsError(found.diagnostics);
  const { rule, ...beside } = found.value;
  return explainRule(rule, { ...beside, plugins });
}

async function aboutFinding(
  id: string,
  words: ExplainWords & { readonly report: string },
  terminal: Terminal,
): Promise<string> {
  const { report, finding } = await oneFinding(id, words.report);
  // The rule's own words help, but a report must be explainable where its rules are not.
  const rule = await findAndExplain(finding.rule, words).catch(() => undefined);
  const explanation = explainFinding(report, finding, rule);
  return words.format === "json"
    ? json(explanation)
    : renderFindingExplanation(explanation, page(words, terminal));
}

function json(value: unknown): string {
  return printableJson(`${JSON.stringify(value, undefined, 2)}\n`);
}

function page(
  { color }: ExplainWords,
  { hasColor, width }: Terminal,
): Parameters<typeof renderRuleExplanation>[1] {
  return { color: color ?? hasColor, ...(width === undefined ? {} : { width }) };
}
