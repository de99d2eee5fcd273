import { orderFinding } from "../shared/report/json.js";
import { printable, printableJson, printableLines } from "../shared/text/terminal-text.js";
import type { Fix, FixStep } from "./fix-plan.js";
import { endsText } from "./fix-text.js";

/** A plan as JSON, format `watchproof-fix/1`. */
export function fixJson(fix: Fix): string {
  const ordered = {
    ...fix,
    steps: fix.steps.map((step) => ({ ...step, ends: step.ends.map(orderFinding) })),
    leftOut: fix.leftOut.map((one) => ({ ...one, breaks: one.breaks.map(orderFinding) })),
    left: fix.left.map(orderFinding),
  };
  return `${printableJson(JSON.stringify(ordered, undefined, 2))}\n`;
}

/** A plan as a script for a shell: it stops at the first command that fails. Steps without a command are said in comments. */
export function fixScript(fix: Fix): string {
  const steps = fix.steps.flatMap((step, at) => [...commentsOf(step, at, fix), shown(step.cli), ""]);
  return `${["#!/bin/sh", "set -e", "", ...steps].join("\n").trimEnd()}\n`;
}

/** A plan as templates of one kind, each step under a comment. */
export function fixTemplates(fix: Fix, form: "cloudformation" | "terraform"): string {
  const steps = fix.steps.flatMap((step, at) => [...commentsOf(step, at, fix), shown(step[form]), ""]);
  return `${steps.join("\n").trimEnd()}\n`;
}

function commentsOf(step: FixStep, at: number, { failing }: Fix): readonly string[] {
  const lines = [
    `${(at + 1).toString()}. ${step.text.trim()}`,
    endsText(step, failing),
    ...(step.costs === undefined ? [] : [`Costs: ${step.costs}`]),
  ];
  return lines.map((line) => `# ${printable(line).replaceAll("\n", " ")}`);
}

// Names that AWS told stand in commands and templates: none of them steers a terminal.
function shown(text = ""): string {
  return printableLines(text.trimEnd()).join("\n");
}
