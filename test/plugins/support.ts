import { check } from "../../src/run/check.js";
import type { Diagnostic } from "../../src/core/diagnostic.js";
import type { Plugins } from "../../src/core/plugins.js";
import type { Report } from "../../src/core/report.js";
import { loadPlugins } from "../../src/run/open-plugins.js";
import { recordedSource } from "../../src/sources/recorded.js";
import { resource, rule, snapshot } from "../support/build.js";
import { inFolder } from "../support/run-cli.js";

/** Limits under which a broken plugin is found out soon. */
export const short = { callTime: 500, memory: 64 };

/** An evaluator with everything filled in that a test does not care about, as source text. */
export function evaluatorText(
  id: string,
  {
    needs = "() => []",
    evaluate = "() => []",
    more = "",
  }: { readonly needs?: string; readonly evaluate?: string; readonly more?: string } = {},
): string {
  return `{ contract: 1, id: "${id}", summary: "for tests", options: { type: "object" }, needs: ${needs}, evaluate: ${evaluate}, ${more} }`;
}

/** A plugin's module with these evaluators. */
export function pluginText(...evaluators: readonly string[]): string {
  return `export const watchproof = { contract: 1, evaluators: [${evaluators.join(", ")}] };`;
}

/** A judgement about the account, as source text. */
export const passes = `(account) => [{ subject: { kind: "account", type: "AWS::Account", id: account.id }, region: "global", verdict: { status: "pass", message: "fine" } }]`;

/** Runs a body with what a config with these files comes to. */
export async function withPlugins<T>(
  files: Readonly<Record<string, string>>,
  body: (plugins: Plugins, written: readonly string[]) => Promise<T>,
  limits: object = short,
): Promise<T> {
  return inFolder(files, async (folder) => {
    const written: string[] = [];
    const loaded = await loadPlugins(`${folder}/watchproof.yaml`, {
      limits,
      output: (line) => {
        written.push(line);
      },
    });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    return body(loaded.value, written);
  });
}

/** What is wrong with the plugins of a config with these files. */
export async function pluginProblems(
  files: Readonly<Record<string, string>>,
  limits: object = short,
): Promise<readonly Diagnostic[]> {
  return inFolder(files, async (folder) => {
    const loaded = await loadPlugins(`${folder}/watchproof.yaml`, { limits, output: () => undefined });
    return loaded.ok ? [] : loaded.diagnostics;
  });
}

const state = snapshot({
  resources: [resource({ type: "AWS::SNS::Topic", id: "alerts", properties: { TopicName: "alerts" } })],
});

/** Judges a small account by one rule for each of these evaluators. */
export async function judge(plugins: Plugins, ...evaluators: readonly string[]): Promise<Report> {
  return check({
    rules: evaluators.map((evaluator) => rule({ id: `by-${evaluator}`, evaluator })),
    source: recordedSource(state),
    plugins,
  });
}

/** Rule, status and message of each finding. */
export function lines(report: Report): readonly string[] {
  return report.findings.map(({ rule: id, status, message }) => `${id} ${status}: ${message}`);
}
