import { fail, pass } from "../../src/core/verdict.js";
import { defineEvaluator } from "../../src/core/evaluator.js";
import type { AuditTargets, AuditUnit } from "../../src/core/audit.js";
import { aboutAccount } from "../../src/core/judgement.js";
import type { Plugins } from "../../src/core/plugins.js";
import type { Source } from "../../src/core/source.js";
import type { AuditOptions } from "../../src/audits/run-audit.js";
import { memoryStore } from "../support/memory-store.js";
import { rule, snapshot } from "../support/build.js";

/** Judges each account by the last digit of its id: odd ones fail. */
const oddness = defineEvaluator({
  id: "oddness",
  summary: "whether the account's number is even",
  options: { type: "object", additionalProperties: true },
  needs: () => [],
  evaluate: (account) => [
    aboutAccount(
      account,
      Number(account.id) % 2 === 1 ? fail(`${account.id} is odd`) : pass(`${account.id} is even`),
    ),
  ],
});

export const plugins: Plugins = {
  evaluators: { oddness: () => Promise.resolve(oddness) },
  collectors: {},
  reporters: {},
  rules: () => Promise.resolve([]),
  packs: () => Promise.resolve([]),
};

export const takenAt = "2026-11-21T02:00:00.000Z";
export const ids = ["111111111111", "222222222222", "333333333333", "444444444444"] as const;
export const unitOf = (id: string): AuditUnit => ({
  id,
  name: `name of ${id}`,
  partition: "aws",
  entrance: { kind: "roles", roles: [{ arn: `arn:aws:iam::${id}:role/Audit` }] },
});
export const targets: AuditTargets = {
  units: ids.map(unitOf),
  skipped: [{ id: "555555555555", name: "closed", because: "is suspended" }],
};

/** An account that answers at once, with nothing in it. */
export const emptyAccount = (id: string): Source => ({
  kind: "live",
  read: () => Promise.resolve(snapshot({ takenAt, account: { id, partition: "aws" } })),
});

/** An audit of four accounts, three of which open. */
export function auditOf(part: Partial<AuditOptions> = {}): AuditOptions {
  return {
    judging: {
      rules: [
        rule({ id: "a.odd", evaluator: "oddness" }),
        rule({ id: "b.odd", evaluator: "oddness", severity: "high" }),
      ],
      plugins,
    },
    begin: { kind: "new", targets },
    openSource: ({ id }) => emptyAccount(id),
    store: memoryStore(),
    now: () => new Date(takenAt),
    ...part,
  };
}
