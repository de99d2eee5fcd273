import { resourceKeys } from "../../core/case-type.js";
import type { CaseReading } from "../../core/case-type.js";
import type { KnownTypes } from "../../core/evaluator.js";
import type { JsonObject } from "../../core/json.js";
import { REGIONS_TYPE } from "../../core/snapshot.js";
import { nearest } from "../../shared/nearest.js";
import { sortedUnique } from "../../shared/order.js";
import { isArray } from "../../shared/read-property.js";
import { checkValue } from "./check-value.js";
import { checkRegion } from "../config/check-regions.js";
import { sayPath, show } from "../diagnostics/describe.js";
import type { Fault, Path } from "../diagnostics/fault.js";
import { keysOf } from "../diagnostics/schema-error.js";

type ResourcePlace = { readonly path: Path; readonly context: CaseContext };

/** What is wrong with a resource that a case puts into its state. */
export async function checkResource(
  type: string,
  body: JsonObject,
  { path, context }: ResourcePlace,
): Promise<readonly Fault[]> {
  const collected = await context.known.propertiesOf(type);
  if (collected === undefined && !context.reading.read.includes(type))
    return [unknownType(type, path, context)];
  const region =
    typeof body["region"] === "string" ? checkRegion(body["region"], [...path, "region"]) : undefined;
  const names =
    collected === undefined
      ? []
      : Object.keys(body).flatMap(
          (name) =>
            checkProperty(name, {
              path: [...path, name],
              at: "key",
              known: [...collected, ...resourceKeys],
            }) ?? [],
        );
  const mentions = mentionsIn(body).flatMap(({ name, path: within, at }) => {
    const mention = { path: [...path, ...within], at, known: collected ?? [] };
    return (
      (collected === undefined ? undefined : checkProperty(name, mention)) ??
      checkMention(name, mention, { type, body, reading: context.reading })
    );
  });
  const shapes = (await context.known.shapesOf?.(type)) ?? {};
  const values = Object.entries(shapes).flatMap(([name, shape]) =>
    Object.hasOwn(body, name) ? checkValue(body[name], shape, { path: [...path, name], at: name }) : [],
  );
  return [...(region === undefined ? [] : [region]), ...names, ...values, ...mentions];
}

type Mention = { readonly name: string; readonly path: Path; readonly at: "key" | "value" };

/** The properties that `unreadable` and `notCollected` name. */
function mentionsIn(body: JsonObject): readonly Mention[] {
  return ["unreadable", "notCollected"].flatMap((key): readonly Mention[] => {
    const value = body[key];
    if (isArray(value))
      return value.flatMap((name, index) =>
        typeof name === "string" ? [{ name, path: [key, index], at: "value" }] : [],
      );
    return keysOf(value).map((name) => ({ name, path: [key, name], at: "key" }));
  });
}

type Named = { readonly path: Path; readonly at: "key" | "value"; readonly known: readonly string[] };

function checkProperty(name: string, { path, at, known }: Named): Fault | undefined {
  if (known.includes(name)) return undefined;
  const near = nearest(name, known);
  const hint =
    near === undefined
      ? `known are ${known.filter((one) => !resourceKeys.includes(one)).join(", ")}`
      : `did you mean "${near}"?`;
  return {
    path,
    at,
    code: "unknown-property",
    message: `${sayPath(path)}: the type has no property ${show(name)}`,
    hint,
  };
}

// A property that the rule does not read cannot be unreadable: the case would show nothing.
function checkMention(
  name: string,
  { path, at }: Named,
  {
    type,
    body,
    reading,
  }: { readonly type: string; readonly body: JsonObject; readonly reading: CaseReading },
): readonly Fault[] {
  if (Object.hasOwn(body, name))
    return [
      {
        path,
        at,
        code: "bad-value",
        message: `${sayPath(path)}: ${name} has a value in this case, so that it was read`,
        hint: "remove one of the two",
      },
    ];
  const { collected } = reading.types(type);
  if (collected === undefined || Object.hasOwn(collected.properties, name)) return [];
  return [
    {
      path,
      at,
      code: "bad-value",
      message: `${sayPath(path)}: the rule does not read ${name}, so that this shows nothing`,
      hint: `it reads ${Object.keys(collected.properties).join(", ")}`,
    },
  ];
}

type Regions = { readonly regions: readonly string[]; readonly context: CaseContext };

/** What is wrong with the type and the region of something that a case says is missing or refused. */
export function checkPlace(
  { type, region }: { readonly type: string; readonly region?: string },
  path: Path,
  { regions, context }: Regions,
): readonly Fault[] {
  const isKnown =
    type === REGIONS_TYPE || context.known.names.includes(type) || context.reading.read.includes(type);
  const faults = isKnown ? [] : [{ ...unknownType(type, [...path, "type"], context), at: "value" as const }];
  const isAccountWide = type === REGIONS_TYPE || context.reading.types(type).collected?.listed === "account";
  if (region === undefined || regions.includes(region) || isAccountWide) return faults;
  const at = [...path, "region"];
  const near = nearest(region, regions);
  return [
    ...faults,
    {
      path: at,
      at: "value",
      code: "bad-value",
      message: `${sayPath(at)}: ${show(region)} is not among the regions of the state, ${regions.join(", ")}`,
      ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
    },
  ];
}

function unknownType(type: string, path: Path, { known, reading }: CaseContext): Fault {
  const near = nearest(type, sortedUnique([...reading.read, ...known.names]));
  return {
    path,
    at: "key",
    code: "unknown-type",
    message: `${sayPath(path)}: ${show(type)} is not a resource type that can be read`,
    hint: near === undefined ? "`watchproof list collectors` shows the types" : `did you mean "${near}"?`,
  };
}

/** What a case is checked against: the types that there are, and what the rule reads. */
export type CaseContext = { readonly known: KnownTypes; readonly reading: CaseReading };
