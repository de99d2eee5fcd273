import type { Collector } from "../../src/core/collector.js";
import type { Finding } from "../../src/core/report.js";
import type { Collected, Snapshot } from "../../src/core/snapshot.js";
import { evaluateRules } from "../../src/engine/evaluate-rules.js";
import { builtins } from "../../src/run/builtins.js";
import { viewAccount } from "../../src/shared/view-account.js";
import { accountId } from "./build.js";

/** An account in which everything was asked for that collectors can read, and nothing was there. */
export async function emptyAccount(regions: readonly string[] = ["us-east-1"]): Promise<Snapshot> {
  const types = Object.keys(builtins.collectors);
  const collected = await Promise.all(
    types.map(async (type) => [type, collectedBy(await open(type), regions)] as const),
  );
  return {
    format: "watchproof-snapshot/1",
    takenAt: "2026-11-20T12:00:00.000Z",
    account: { id: accountId, partition: "aws" },
    regions,
    collected: Object.fromEntries(collected),
    resources: [],
    gaps: [],
    calls: {},
  };
}

async function open(type: string): Promise<Collector> {
  const load = builtins.collectors[type];
  if (load === undefined) throw new Error(type);
  return await load();
}

function collectedBy({ list, single, reads }: Collector, regions: readonly string[]): Collected {
  const at = list?.at ?? single?.at;
  const names = [...(list?.properties ?? []), ...reads.flatMap(({ properties }) => properties), "Exists"];
  const seen = at === "each-region" ? ["SeenIn"] : [];
  return {
    listed: at === undefined ? [] : at === "leader" ? "account" : regions,
    properties: Object.fromEntries([...names, ...seen].map((name) => [name, "test:Read"])),
  };
}

/** What one built-in rule says of a state. */
export async function judgedBy(ruleId: string, snapshot: Snapshot): Promise<readonly Finding[]> {
  const rule = (await builtins.rules()).find(({ id }) => id === ruleId);
  if (rule === undefined) throw new Error(ruleId);
  const evaluator = await builtins.evaluators[rule.evaluator]?.();
  if (evaluator === undefined) throw new Error(rule.evaluator);
  const evaluators = new Map([[rule.evaluator, evaluator]]);
  return await evaluateRules([{ ...rule, with: rule.with ?? {} }], viewAccount(snapshot), { evaluators });
}
