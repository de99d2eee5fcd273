import type { Case, CaseState, ExpectedVerdict } from "../../core/case.js";
import { groupBy } from "../../shared/group-by.js";
import { checkRegion } from "../config/check-regions.js";
import { sayPath, show } from "../diagnostics/describe.js";
import type { Fault, Path } from "../diagnostics/fault.js";
import { checkResource, checkPlace } from "./check-resource.js";
import type { CaseContext } from "./check-resource.js";
import { addAll } from "../../shared/many.js";

/** What is wrong with a case that a schema cannot see. `base` is its path. */
export async function checkCase(
  { state = {}, judge = [], expect }: Case,
  base: Path,
  context: CaseContext,
): Promise<readonly Fault[]> {
  return [
    ...judge.flatMap((region, index) => checkRegion(region, [...base, "judge", index]) ?? []),
    ...(await checkState(state, [...base, "state"], context)),
    ...checkExpectations(expect, [...base, "expect"]),
  ];
}

/** Faults of names that stand twice where each may stand once. */
export function checkTwice(
  names: readonly string[],
  pathOf: (index: number) => Path,
  noun: string,
): readonly Fault[] {
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (first === index) return [];
    return [
      {
        path: pathOf(index),
        at: "value" as const,
        code: "duplicate-item" as const,
        message: `${sayPath(pathOf(index))}: the ${noun} ${show(name)} stands twice`,
        hint: `it is already at ${sayPath(pathOf(first))}`,
      },
    ];
  });
}

async function checkState(state: CaseState, base: Path, context: CaseContext): Promise<readonly Fault[]> {
  const regions = state.regions ?? ["us-east-1"];
  const faults: Fault[] = (state.regions ?? []).flatMap(
    (region, index) => checkRegion(region, [...base, "regions", index]) ?? [],
  );
  for (const [index, entry] of (state.resources ?? []).entries()) {
    for (const [type, body] of Object.entries(entry))
      addAll(faults, await checkResource(type, body, { path: [...base, "resources", index, type], context }));
  }
  for (const key of ["refused", "notCollected"] as const) {
    for (const [index, place] of (state[key] ?? []).entries())
      addAll(faults, checkPlace(place, [...base, key, index], { regions, context }));
  }
  return [...faults, ...checkIds(state, base)];
}

function checkIds({ resources = [] }: CaseState, base: Path): readonly Fault[] {
  const named = resources.flatMap((entry, index) =>
    Object.entries(entry).flatMap(([type, { id, region, account }]) =>
      typeof id === "string"
        ? [
            {
              key: id,
              kind: JSON.stringify([type, region, account]),
              path: [...base, "resources", index, type, "id"],
            },
          ]
        : [],
    ),
  );
  return [...groupBy(named, ({ kind }) => kind).values()].flatMap((group) =>
    checkTwice(
      group.map(({ key }) => key),
      (index) => group[index]?.path ?? base,
      "id",
    ),
  );
}

function checkExpectations(expect: Case["expect"], base: Path): readonly Fault[] {
  if (typeof expect === "string") return [];
  if (!isList(expect)) return checkExpectation(expect, base);
  const twice = checkTwice(
    expect.map(({ subject }) => subject),
    (index) => [...base, index, "subject"],
    "subject",
  );
  return [...expect.flatMap((one, index) => checkExpectation(one, [...base, index])), ...twice];
}

function isList(
  expect: Exclude<Case["expect"], string>,
): expect is Extract<Case["expect"], readonly unknown[]> {
  return Array.isArray(expect);
}

function checkExpectation({ verdict, reason, witness }: ExpectedVerdict, path: Path): readonly Fault[] {
  const say = (key: string, which: string): Fault => ({
    path: [...path, key],
    at: "key",
    code: "not-allowed-here",
    message: `${sayPath([...path, key])}: a verdict ${show(verdict)} has no ${key}; ${which}`,
  });
  return [
    ...(reason === undefined || verdict === "unknown" ? [] : [say("reason", "unknown has one")]),
    ...(witness === undefined || verdict === "fail" || verdict === "unknown"
      ? []
      : [say("witness", "fail and unknown may have one")]),
  ];
}
