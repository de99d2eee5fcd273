import type { WhatIf } from "../core/what-if.js";
import { orderFinding } from "../shared/report/json.js";
import { printableJson } from "../shared/text/terminal-text.js";

/** A what-if as JSON, format `watchproof-what-if/1`. */
export function whatIfJson(result: WhatIf): string {
  const { format, tool, account, causes, notes, exitCode, because } = result;
  const ordered = {
    format,
    tool,
    account,
    new: result.new.map(orderFinding),
    unproven: result.unproven.map(orderFinding),
    unjudged: result.unjudged.map(orderFinding),
    fixed: result.fixed.map(orderFinding),
    failing: result.failing.map(orderFinding),
    causes,
    notes,
    exitCode,
    because,
  };
  return `${printableJson(JSON.stringify(ordered, undefined, 2))}\n`;
}
