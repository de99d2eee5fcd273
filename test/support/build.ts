import type { Account } from "../../src/core/account.js";
import type { Judgement } from "../../src/core/judgement.js";
import type { JsonObject } from "../../src/core/json.js";
import type { Finding } from "../../src/core/report.js";
import type { Resource } from "../../src/core/resource.js";
import type { SelectedRule } from "../../src/core/rule.js";
import type { Collected, Snapshot } from "../../src/core/snapshot.js";
import { viewAccount } from "../../src/shared/view-account.js";

/** The account of the tests. */
export const accountId = "111122223333";

/** A resource with everything filled in that a test does not care about. */
export function resource(part: Partial<Resource> & { readonly type: string; readonly id: string }): Resource {
  return { account: accountId, region: "us-east-1", properties: {}, ...part };
}

/** A snapshot whose types were listed in all its regions and whose resources' properties were all asked for. */
export function snapshot(part: Partial<Snapshot> = {}): Snapshot {
  const regions = part.regions ?? ["eu-west-1", "us-east-1"];
  const resources = part.resources ?? [];
  return {
    format: "watchproof-snapshot/1",
    takenAt: "2026-11-20T12:00:00.000Z",
    account: { id: accountId, partition: "aws" },
    regions,
    resources,
    gaps: [],
    calls: {},
    ...part,
    collected: { ...collectedFrom(resources, regions), ...part.collected },
  };
}

/** The account that evaluators see, from parts of a snapshot. */
export function account(part: Partial<Snapshot> = {}, regions?: readonly string[]): Account {
  return viewAccount(snapshot(part), regions === undefined ? {} : { regions });
}

/** A rule with everything filled in that a test does not care about. */
export function rule(part: Partial<SelectedRule> & { readonly id: string }): SelectedRule {
  return { title: `Title of ${part.id}`, severity: "medium", evaluator: "fake", with: {}, ...part };
}

/** A finding with everything filled in that a test does not care about. */
export function finding(part: Partial<Finding> = {}): Finding {
  return {
    id: "0123456789abcdef0123456789abcdef",
    rule: "a.rule",
    title: "A rule",
    severity: "medium",
    status: "pass",
    account: accountId,
    region: "us-east-1",
    subject: { kind: "resource", type: "AWS::S3::Bucket", id: "bucket" },
    message: "it holds",
    ...part,
  };
}

/** Statuses of judgements by subject id, for short expectations. */
export function statuses(judgements: readonly Judgement[]): JsonObject {
  return Object.fromEntries(judgements.map(({ subject, verdict }) => [subject.id, verdict.status]));
}

function collectedFrom(
  resources: readonly Resource[],
  regions: readonly string[],
): Record<string, Collected> {
  const collected: Record<string, Collected> = {};
  for (const { type, properties, observed } of resources) {
    const names = [...Object.keys(properties), ...Object.keys(observed ?? {})];
    const asked = Object.fromEntries(names.map((name) => [name, `test:Read${name}`]));
    collected[type] = { listed: regions, properties: { ...collected[type]?.properties, ...asked } };
  }
  return collected;
}
