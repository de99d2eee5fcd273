import { Hole } from "../../core/declared.js";
import type { Declared, DeclaredIdentity, DeclaredPlace, Given, GivenObject } from "../../core/declared.js";
import { holesIn, isGivenObject, isList, textOf } from "../../languages/template/values.js";
import type { RecordedChange, RecordedDetail } from "../../loaders/load-change-set.js";
import { attributeOf, formulaOf, identify, identifyRef } from "../../mappings/identify.js";
import type { Home } from "../../mappings/identify.js";
import { coerceProperties, typeFacts } from "../template/kinds.js";

/** Where changes stand, and what else changes with one. */
export type Standing = {
  readonly home: Home;
  readonly stackName: string;
  readonly prefix: string;
  readonly place: DeclaredPlace;
  readonly changes: readonly RecordedChange[];
};

const UNRECORDED = new Hole("property values, which the change set was recorded without");
const DYNAMIC = new Hole("what CloudFormation decides as it deploys");
const AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** One change as it will leave its resource. */
export function declareChange(change: RecordedChange, standing: Standing): Declared {
  const { home, prefix, place } = standing;
  const { logicalId, type, action } = change;
  const shared = {
    address: `${prefix}${logicalId}`,
    type,
    account: home.account,
    region: home.region,
    place,
  };
  const before = identityBefore(change, standing);
  if (action === "Remove") return { ...shared, ...removed(change, before) };
  if (action === "Add" || before === undefined)
    return {
      ...shared,
      action: "create",
      after: identityAfter(change, standing),
      ...propertiesOf(change, standing, true),
    };
  const isReplaced = change.replacement === "True";
  return {
    ...shared,
    action: isReplaced ? "replace" : "update",
    before: { ...before, ...givenBefore(change, standing) },
    after: isReplaced ? identityAfter(change, standing) : before,
    ...propertiesOf(change, standing, isReplaced),
    ...(isReplaced && change.policy === "ReplaceAndRetain" ? { keepsOld: true as const } : {}),
  };
}

function removed(
  { policy }: RecordedChange,
  before: DeclaredIdentity | undefined,
): Pick<Declared, "action" | "before" | "properties" | "complete"> {
  return {
    action: policy === "Retain" || before === undefined ? "forget" : "delete",
    ...(before === undefined ? {} : { before }),
    properties: {},
    complete: true,
  };
}

function identityBefore(
  { physicalId, type, before }: RecordedChange,
  { home }: Standing,
): DeclaredIdentity | undefined {
  if (physicalId === undefined) return undefined;
  return (
    identifyRef(type, physicalId, { home, properties: textsOf(before) }) ?? {
      id: physicalId,
      ref: physicalId,
    }
  );
}

function identityAfter(
  { type, logicalId, after, details }: RecordedChange,
  { home, stackName, prefix }: Standing,
): NonNullable<Declared["after"]> {
  const formula = formulaOf(type);
  const texts = textsOf(after);
  const text = toldName(formula?.name, texts, details) ?? formula?.fallback;
  const isKnown = text !== undefined && isPlain(text);
  const made = `${stackName}-${prefix.replaceAll("/", "-")}${logicalId}-XXXXXXXXXXXX`;
  const name = isKnown ? text : madeName(made, formula?.lower);
  const identity = identify(type, name, { home, properties: texts }) ?? { id: name, ref: name };
  return { ...identity, ...(isKnown ? {} : { placeholder: true as const }) };
}

function toldName(
  named: string | undefined,
  texts: Readonly<Record<string, string>>,
  details: readonly RecordedDetail[],
): string | undefined {
  if (named === undefined) return undefined;
  return (
    texts[named] ?? details.find(({ property, after }) => property === named && after !== undefined)?.after
  );
}

function madeName(made: string, lower: true | undefined): string {
  return lower === true ? made.toLowerCase() : made;
}

function givenBefore(change: RecordedChange, standing: Standing): { readonly properties?: GivenObject } {
  const given = asGiven(change.before);
  return isGivenObject(given) ? { properties: settled(given, { change, standing }) } : {};
}

function settled(given: GivenObject, around: Around): GivenObject {
  const entries = Object.entries(given).map(([property, value]): [string, Given] => [
    property,
    settle(value, { property, ...around }),
  ]);
  return coerceProperties(around.change.type, Object.fromEntries(entries));
}

type Properties = Pick<Declared, "properties" | "complete">;

function propertiesOf(change: RecordedChange, standing: Standing, isNew: boolean): Properties {
  const { type, after, details, action } = change;
  if (action === "Dynamic") return { properties: allOpen(type, DYNAMIC), complete: false };
  const given = asGiven(after);
  if (isGivenObject(given)) return { properties: settled(given, { change, standing }), complete: true };
  const changed = details.map((detail): [string, Given] => [
    detail.property,
    valueOf(detail, { change, standing }),
  ]);
  const properties = coerceProperties(type, Object.fromEntries(changed));
  if (isNew) return { properties: { ...allOpen(type, UNRECORDED), ...properties }, complete: true };
  // Nothing is said of what changes: all of it may.
  return { properties: changed.length === 0 ? allOpen(type, UNRECORDED) : properties, complete: false };
}

function allOpen(type: string, hole: Hole): GivenObject {
  return Object.fromEntries(Object.keys(typeFacts(type)?.kinds ?? {}).map((name) => [name, hole]));
}

type Around = { readonly change: RecordedChange; readonly standing: Standing };

function valueOf({ property, after, isRemoved }: RecordedDetail, around: Around): Given {
  if (isRemoved) return null;
  return after === undefined ? UNRECORDED : settle(parsed(after), { property, ...around });
}

// Values that are no texts are written as JSON.
function parsed(text: string): Given {
  if (!/^\s*[[{]/u.test(text)) return text;
  try {
    return asGiven(JSON.parse(text)) ?? text;
  } catch {
    return text;
  }
}

type Settling = Around & { readonly property: string };

/** Puts what the change set itself tells in the place of what is known after it, and holes in that of the rest. */
function settle(value: Given, settling: Settling): Given {
  if (typeof value === "string") return settleText(value, settling);
  if (isList(value)) return value.map((item) => settle(item, settling));
  if (!isGivenObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settle(item, settling)]));
}

function settleText(text: string, { property, change, standing }: Settling): Given {
  if (text.includes("{{resolve:ssm-secure:") || text.includes("{{resolve:secretsmanager:"))
    return new Hole("a secret", "sensitive");
  if (text === "****") return new Hole(`${property} of ${change.logicalId}, which is hidden`, "sensitive");
  if (text.includes("{{resolve:")) return new Hole("a dynamic reference");
  if (!text.includes(AFTER_APPLY)) return text;
  const causes = new Set(
    change.details.filter((detail) => detail.property === property).flatMap(({ cause }) => cause ?? []),
  );
  const [cause] = causes;
  const known = causes.size === 1 && cause !== undefined ? whatIs(cause, standing) : undefined;
  // One cause may stand in several places, and only as a whole is it what the cause says.
  if (known !== undefined && text === AFTER_APPLY) return known;
  return new Hole(`${cause ?? `${property} of ${change.logicalId}`}, which is known after the deployment`);
}

/** What a cause such as "Topic" or "Topic.Arn" will be; undefined where the change set does not show it. */
function whatIs(cause: string, standing: Standing): string | undefined {
  const dot = cause.indexOf(".");
  const id = dot < 0 ? cause : cause.slice(0, dot);
  const change = standing.changes.find(({ logicalId, action }) => logicalId === id && action !== "Remove");
  if (change === undefined) return undefined;
  const isKept = change.action !== "Add" && change.replacement !== "True";
  const identity = isKept ? identityBefore(change, standing) : identityAfter(change, standing);
  if (identity === undefined || formulaOf(change.type) === undefined) return undefined;
  if (dot < 0) return identity.ref;
  const attribute = cause.slice(dot + 1);
  const { home } = standing;
  const name = identity.id;
  return attributeOf(change.type, attribute, { home, properties: textsOf(change.after), name });
}

function textsOf(properties: unknown): Readonly<Record<string, string>> {
  const given = asGiven(properties);
  if (!isGivenObject(given)) return {};
  const texts = Object.entries(given).flatMap(([name, value]) => {
    const text = textOf(value);
    return text === undefined || !isPlain(text) ? [] : [[name, text] as const];
  });
  return Object.fromEntries(texts);
}

/** Whether a text is itself, and stands for nothing that is told later, elsewhere or never. */
function isPlain(text: string): boolean {
  return !text.includes("{{resolve:") && !text.includes("{{changeSet:") && text !== "****";
}

/** Parsed JSON as a given value; undefined for nothing. */
function asGiven(value: unknown): Given | undefined {
  if (value === undefined) return undefined;
  // JSON.parse made it: nothing else is in it than a given value may hold.
  return value as Given;
}

/** A change with what its template says, where the change set leaves a value open. */
export function merged(declared: Declared, same: Declared): Declared {
  const names = new Set([...Object.keys(same.properties), ...Object.keys(declared.properties)]);
  const properties = [...names].flatMap((name): readonly (readonly [string, Given])[] => {
    const [told, written] = [declared.properties[name], same.properties[name]];
    const isTold = told !== undefined && holesIn(told).length === 0;
    const value = isTold || written === undefined ? told : written;
    // Of what the template does not set, the change set knows nothing either.
    const isInvented = told instanceof Hole && written === undefined && declared.complete;
    return value === undefined || isInvented ? [] : [[name, value]];
  });
  const after = declared.action === "update" ? declared.after : same.after;
  return {
    ...declared,
    ...(after === undefined ? {} : { after }),
    properties: Object.fromEntries(properties),
    complete: true,
    ...(same.place === undefined ? {} : { place: same.place }),
    ...(same.places === undefined ? {} : { places: same.places }),
  };
}
