import { targetOf } from "../core/change.js";
import type { Change } from "../core/change.js";
import type { JsonObject } from "../core/json.js";
import type { Finding } from "../core/report.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import type { Resource } from "../core/resource.js";
import type { SelectedRule } from "../core/rule.js";
import type { Snapshot } from "../core/snapshot.js";
import { fillRemediation } from "../engine/fill-remediation.js";
import { groupBy } from "../shared/group-by.js";
import { sortedUnique } from "../shared/order.js";
import type { FixWords } from "./fix-plan.js";

/** A change, and the failures for which it was proposed. */
export type Part = {
  readonly changes: readonly Change[];
  readonly words: FixWords;
  readonly origins: ReadonlySet<string>;
};

/** Changes that are made together. `key` orders candidates, and is the same for the same changes. */
export type Candidate = Part & { readonly key: string; readonly parts: readonly Part[] };

/** The computed remedies of all failures: those that a finding carries, and what its rule says could mend such a subject. */
export function candidatesOf(
  { findings, snapshot }: { readonly findings: readonly Finding[]; readonly snapshot: Snapshot },
  rules: readonly SelectedRule[],
): readonly Part[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return findings.flatMap((finding) => {
    if (finding.status !== "fail" || finding.waiver !== undefined) return [];
    const { changes, text = finding.message, ...forms } = finding.remediation ?? {};
    if (changes !== undefined)
      return [{ changes, words: { text, ...forms }, origins: new Set([finding.id]) }];
    const rule = byId.get(finding.rule);
    return rule === undefined ? [] : mendsOf(rule, finding, snapshot);
  });
}

/** So many resources of a type are tried for a failure of the account. */
const MOST_TRIED = 10;

function mendsOf(rule: SelectedRule, finding: Finding, snapshot: Snapshot): readonly Part[] {
  return (rule.mends ?? []).flatMap((mend) =>
    targetsOf(mend.type, finding, snapshot).map((target) => {
      const { remediation = {} } = rule;
      const text = (mend.text ?? remediation.text ?? rule.title).trim();
      const own = mend.cli === undefined ? remediation : { cli: mend.cli };
      const { type, id, arn, region, words } = target;
      const filled = fillRemediation(own, { region, subject: { kind: "resource", type, id, ...words } });
      const change: Change = {
        kind: "set",
        type,
        id,
        ...(arn === undefined ? {} : { arn }),
        region,
        properties: mend.set,
        ...followingFrom(mend, snapshot),
      };
      const costs = mend.costs === undefined ? {} : { costs: mend.costs };
      return {
        changes: [change],
        words: { ...filled, text: `${id}: ${text}`, ...costs },
        origins: new Set([finding.id]),
      };
    }),
  );
}

type Target = Pick<Resource, "type" | "id" | "region"> & {
  readonly arn?: string;
  /** How commands name it. */
  readonly words: { readonly arn?: string };
};

function targetsOf(type: string, { subject, region }: Finding, snapshot: Snapshot): readonly Target[] {
  const own = snapshot.resources.filter(
    (resource) =>
      resource.type === type &&
      resource.account === snapshot.account.id &&
      resource.observed?.[EXISTS] !== false,
  );
  const meant =
    subject.kind === "resource"
      ? own.filter(
          (resource) =>
            subject.type === type &&
            resource.region === region &&
            (resource.arn ?? resource.id) === (subject.arn ?? subject.id),
        )
      : own;
  return meant.slice(0, MOST_TRIED).map((resource) => ({
    type,
    id: resource.id,
    region: resource.region,
    ...(resource.arn === undefined ? {} : { arn: resource.arn }),
    words: nameInCommands(resource),
  }));
}

// A key that is known by an alias: most commands do not take one.
function nameInCommands({ arn, observed = {} }: Resource): { readonly arn?: string } {
  const key = observed["KeyArn"];
  if (typeof key === "string") return { arn: key };
  return arn === undefined ? {} : { arn };
}

// A trail of all regions is seen in each of them.
function followingFrom(
  { set }: { readonly set: JsonObject },
  { regions }: Snapshot,
): Pick<Change, "observed"> {
  return set["IsMultiRegionTrail"] === true ? { observed: { [SEEN_IN]: [...regions] } } : {};
}

/** What of a candidate was proposed for something that still fails; nothing where no part was. */
export function trimmed(one: Candidate, failing: ReadonlyMap<string, unknown>): readonly Candidate[] {
  const parts = one.parts.filter(({ origins }) => [...origins].some((id) => failing.has(id)));
  if (parts.length === one.parts.length) return [one];
  return parts.length === 0 ? [] : [candidateOf(parts)];
}

/** Candidates for all proposals: the same change once, and changes of one resource that do not contradict each other together. */
export function mergeCandidates(proposed: readonly Part[]): readonly Candidate[] {
  const same = groupBy(proposed, ({ changes }) => JSON.stringify(changes));
  const unique = [...same.values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [{ ...first, origins: new Set([first, ...more].flatMap(({ origins }) => [...origins])) }],
  );
  const groups = groupBy(unique, ({ changes }) => sortedUnique(changes.map(targetOf)).join(" "));
  return [...groups.values()].flatMap((group) => {
    const together: Part[][] = [];
    for (const part of group) {
      const home = together.find((parts) => parts.every((other) => agree(other, part)));
      if (home === undefined) together.push([part]);
      else home.push(part);
    }
    return together.map(candidateOf);
  });
}

// Only plain settings are merged: what is made or deleted stands for itself.
function agree({ changes: [one, ...more] }: Part, { changes: [other, ...others] }: Part): boolean {
  if (one?.kind !== "set" || other?.kind !== "set" || more.length > 0 || others.length > 0) return false;
  const settings = { ...one.properties, ...one.observed };
  return Object.entries({ ...other.properties, ...other.observed }).every(
    ([property, value]) =>
      !Object.hasOwn(settings, property) || JSON.stringify(settings[property]) === JSON.stringify(value),
  );
}

/** Parts as one candidate: their settings of one resource become one change. */
export function candidateOf(parts: readonly Part[]): Candidate {
  const [first] = parts;
  const changes =
    first === undefined || parts.length === 1
      ? (first?.changes ?? [])
      : [parts.flatMap((part) => part.changes).reduce(together)];
  return {
    key: JSON.stringify(changes),
    changes,
    words: parts.map(({ words }) => words).reduce(joinWords),
    origins: new Set(parts.flatMap(({ origins }) => [...origins])),
    parts,
  };
}

function together(one: Change, other: Change): Change {
  const observed = { ...one.observed, ...other.observed };
  return {
    ...one,
    properties: { ...one.properties, ...other.properties },
    ...(Object.keys(observed).length === 0 ? {} : { observed }),
  };
}

function joinWords(one: FixWords, other: FixWords): FixWords {
  const both = (form: keyof FixWords): Partial<FixWords> => {
    const texts = [one[form], other[form]].flatMap((text) => (text === undefined ? [] : [text.trim()]));
    if (texts.length === 0) return {};
    if (form === "text" || form === "costs") return { [form]: [...new Set(texts)].join(" ") };
    return { [form]: withoutRepetition(texts).join("\n") };
  };
  return {
    text: one.text,
    ...both("text"),
    ...both("cli"),
    ...both("cloudformation"),
    ...both("terraform"),
    ...both("costs"),
  };
}

// Commands of one line each can be taken one by one; anything else is a whole.
function withoutRepetition(texts: readonly string[]): readonly string[] {
  const lines = texts.flatMap((text) => text.split("\n"));
  return lines.every((line) => line.startsWith("aws ")) ? [...new Set(lines)] : [...new Set(texts)];
}
