import { Hole } from "../core/declared.js";
import type { Declared, Given, GivenObject } from "../core/declared.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import type { Resource, Unreadable } from "../core/resource.js";
import { formulaOf } from "../mappings/identify.js";
import { holeIn } from "../mappings/given.js";
import type { DeclaredMapping, Settling, Standing } from "../mappings/mapping.js";
import { sameValue } from "../shared/same-value.js";
import { readProperty } from "../shared/read-property.js";

/** What a declared resource comes to, in a snapshot's shape. */
export type Settled = {
  /** Property → value; null is "not set". What stays as it is has none. */
  readonly values: JsonObject;
  readonly unreadable: Readonly<Record<string, Unreadable>>;
};

/** What settling one resource takes. */
export type Settlement = {
  readonly declared: Declared;
  readonly mapping: DeclaredMapping;
  readonly standing: Standing;
  /** The properties that were asked of its type. */
  readonly asked: readonly string[];
  readonly isObserved: (property: string) => boolean;
  /** The resource as it is, where it is there. */
  readonly before?: Resource | undefined;
};

/** Puts what is declared into a snapshot's shape: what was asked of its type, and only that. */
export function settle(settlement: Settlement): Settled {
  const values: Record<string, JsonValue> = {};
  const unreadable: Record<string, Unreadable> = {};
  for (const property of settlement.asked) {
    const settled = settleOne(property, settlement);
    if (settled instanceof Hole) unreadable[property] = becauseOf(settled);
    else if (settled !== undefined) values[property] = settled;
  }
  return { values, unreadable };
}

/** Why a property with a hole in it cannot be read. */
export function becauseOf({ reason, cause }: Hole): Unreadable {
  return reason === "sensitive"
    ? { reason: "Sensitive", message: `${cause} is marked as sensitive, and was not looked at` }
    : { reason: "KnownAfterDeployment", message: `depends on ${cause}` };
}

/** The declared values of some properties, those that are not set left out; the first hole where one of them holds it. */
export function givenOf(declared: Pick<Declared, "properties">, names: readonly string[]): JsonObject | Hole {
  const given: Record<string, JsonValue> = {};
  for (const name of names) {
    const value = ownValue(declared, name);
    const hole = holeIn(value);
    if (hole !== undefined) return hole;
    // Without a hole it is JSON.
    if (value !== undefined && value !== null) given[name] = value as JsonValue;
  }
  return given;
}

/** Those declared properties that are texts. */
export function textsIn(properties: GivenObject): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties)) if (typeof value === "string") texts[name] = value;
  return texts;
}

function ownValue({ properties }: Pick<Declared, "properties">, name: string): Given | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function settleOne(property: string, settlement: Settlement): JsonValue | Hole | undefined {
  const settling = settlingOf(property, settlement);
  if (settling === undefined || stays(settling, settlement)) return undefined;
  const { declared, standing, before } = settlement;
  const given = givenOf(declared, settling.from);
  if (given instanceof Hole) return given;
  const value = settling.make(given, standing);
  if (value !== null) return before === undefined ? value : asBefore(property, value, before);
  return before === undefined ? defaultOf(property, settlement) : leftOut(property, before, settlement);
}

function settlingOf(property: string, { mapping, declared, isObserved }: Settlement): Settling | undefined {
  if (property === EXISTS || property === SEEN_IN) return undefined;
  const own = mapping.settle?.[property];
  if (own !== undefined) return own;
  // What is only observed is not declared by CloudFormation; a plan may say it all the same.
  const isDeclared = !isObserved(property) || ownValue(declared, property) !== undefined;
  return isDeclared
    ? { from: [property], make: (given) => asIs(property, given[property] ?? null) }
    : undefined;
}

// Documents are text in snapshots.
const DOCUMENT = /^(?:Policy|(?:Key|Filter|Redrive|Access)Policy|PolicyDocument|EventPattern)$/u;

function asIs(property: string, value: JsonValue): JsonValue {
  return DOCUMENT.test(property) && typeof value === "object" && value !== null
    ? JSON.stringify(value)
    : value;
}

function stays({ from, keeps }: Settling, { declared, before }: Settlement): boolean {
  if (before === undefined) return false;
  if (keeps === "always") return true;
  const said = from.map((name) => ownValue(declared, name));
  if (said.some((value) => value !== undefined && value !== null)) return isUnchanged(declared, from);
  return keeps === "unless-given" || (!declared.complete && said.every((value) => value === undefined));
}

/** Whether a declaration says of some properties what it said before, so that its deployment leaves them alone. */
export function isUnchanged({ action, before, properties }: Declared, names: readonly string[]): boolean {
  const old = before?.properties;
  return (
    action === "update" && old !== undefined && names.every((name) => sameValue(old[name], properties[name]))
  );
}

function defaultOf(property: string, { mapping, declared, standing }: Settlement): JsonValue {
  const { defaults = {} } = mapping;
  if (Object.hasOwn(defaults, property)) return defaults[property] ?? null;
  return formulaOf(declared.type)?.name === property ? nameIn(declared.type, standing) : null;
}

/** The name that an identity is made of. */
function nameIn(type: string, { id, ref }: Standing): string {
  const formula = formulaOf(type);
  if (formula?.id === undefined || formula.id === "{name}") return id;
  return formula.ref === undefined ? ref : (id.split(":").at(-1) ?? id);
}

// What says the same keeps its spelling.
function asBefore(property: string, value: JsonValue, before: Resource): JsonValue {
  const now = readProperty(before, property);
  return now.kind === "set" && sameValue(now.value, value) ? now.value : value;
}

// What the account has and the declaration leaves out is taken away, but for what is there by itself.
function leftOut(property: string, before: Resource, settlement: Settlement): JsonValue | undefined {
  const { reset = {} } = settlement.mapping;
  const usual = defaultOf(property, settlement);
  const now = readProperty(before, property);
  if (now.kind === "unreadable" || now.kind === "not-collected") return undefined;
  const value = now.kind === "set" ? now.value : null;
  if (value === null || sameValue(value, usual)) return value;
  return Object.hasOwn(reset, property) ? (reset[property] ?? null) : usual;
}
