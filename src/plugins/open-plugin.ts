import type { Collector } from "../core/collector.js";
import type { Evaluator } from "../core/evaluator.js";
import type { Reporter } from "../core/reporter.js";
import { show } from "../loaders/diagnostics/describe.js";
import type { Problem } from "../loaders/diagnostics/source-text.js";
import { printable } from "../shared/text/terminal-text.js";
import { checkPlugin } from "./check-plugin.js";
import { memberOf } from "./describe-plugin.js";
import { findModule } from "./find-package.js";
import type { PluginLimits } from "./limits.js";
import { pluginCollector } from "./plugin-collector.js";
import { pluginEvaluator } from "./plugin-evaluator.js";
import { createHost } from "./plugin-host.js";
import { pluginReporter } from "./plugin-reporter.js";
import type { DescribedPlugin } from "./protocol.js";
import type { OutputSink } from "./worker-output.js";
import type { Outcome } from "./lane-answers.js";

/** How plugins are run, and what their collectors can be served with. */
export type PluginOptions = {
  readonly limits: PluginLimits;
  /** Takes the lines that plugins write to stdout and stderr. */
  readonly output: OutputSink;
  /** Whether there is an AWS client for this service. */
  readonly hasService: (service: string) => boolean;
};

/** A plugin that keeps the contract; its functions run in a thread of their own. */
export type OpenedPlugin = {
  readonly name: string;
  readonly evaluators: readonly Evaluator[];
  readonly collectors: readonly Collector[];
  readonly reporters: readonly Reporter[];
};

/** Opens the plugin that a config in `file` names; or says what keeps it from being one. Its module runs in the plugin's thread only. */
export async function openPlugin(
  name: string,
  file: string,
  options: PluginOptions,
): Promise<OpenedPlugin | Problem> {
  const module = await findModule(name, file);
  if (module === undefined)
    return {
      code: "no-such-package",
      message: `there is no plugin ${show(name)}`,
      hint: "a package must be installed where the config can find it; a module of your own begins with ./",
    };
  const host = createHost({ name, module, limits: options.limits, output: options.output });
  const outcome = await host.describe();
  if (outcome.kind !== "answered") return unloadable(name, outcome);
  // Our own describe-plugin.ts made it.
  const described = outcome.value as DescribedPlugin;
  const problem = checkPlugin(described) ?? checkServices(described, options);
  if (problem !== undefined)
    return { ...problem, message: `plugin ${show(name)}: ${printable(problem.message)}` };
  return {
    name,
    evaluators: described.evaluators.map((piece) => pluginEvaluator(piece, host)),
    collectors: described.collectors.map((piece) => pluginCollector(piece, host)),
    reporters: described.reporters.map((piece) => pluginReporter(piece, host)),
  };
}

function unloadable(name: string, outcome: Exclude<Outcome, { readonly kind: "answered" }>): Problem {
  if (outcome.kind === "stopped")
    return {
      code: "broken-plugin",
      message: `plugin ${show(name)} cannot be loaded: ${printable(outcome.message)}`,
    };
  const isShape = outcome.message.startsWith("ShapeError: ");
  if (isShape)
    return {
      code: "broken-plugin",
      message: `plugin ${show(name)}: ${printable(outcome.message.slice("ShapeError: ".length))}`,
      hint: "write: export const watchproof = definePlugin({ … })",
    };
  const isMissing = outcome.code === "ERR_MODULE_NOT_FOUND";
  return {
    code: "broken-plugin",
    message: `plugin ${show(name)} cannot be loaded: ${printable(outcome.message)}`,
    ...(isMissing ? { hint: "something that it imports is not installed" } : {}),
  };
}

function checkServices({ collectors }: DescribedPlugin, { hasService }: PluginOptions): Problem | undefined {
  for (const { data } of collectors) {
    // check-plugin.ts has held it against the schema.
    const { type, list, locate, reads } = data as Collector;
    const operations = [list?.operation, locate?.operation, ...reads.map(({ operation }) => operation)];
    const unknown = operations.find((operation) => operation !== undefined && !hasService(operation.service));
    if (unknown !== undefined)
      return {
        code: "broken-plugin",
        message: `collector ${type}: there is no client for the service ${show(memberOf(unknown, "service"))}`,
      };
  }
  return undefined;
}
