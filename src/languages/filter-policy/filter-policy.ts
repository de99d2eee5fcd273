import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import { keepsWithin } from "../../shared/json-size.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { allOf, anyOf } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";
import { meetsTest } from "./tests.js";
import type { Found } from "./tests.js";

/**
 * The body of a message, as far as it is known before it is sent. `free` lists the dotted paths whose values are not
 * known, such as NewStateReason; `Trigger.*` stands for members of Trigger that `value` does not name.
 */
export type MessageBody =
  | {
      readonly kind: "json";
      readonly value: JsonObject;
      readonly free?: readonly string[];
      /** Dotted paths that the message does not have, whatever `free` leaves open. */
      readonly absent?: readonly string[];
      /** What the text at a dotted path that is free looks like. */
      readonly shapes?: Readonly<Record<string, RegExp>>;
    }
  | { readonly kind: "text" }
  | { readonly kind: "unknown" };

/** A subscription's filter policy with its scope, and the message that it lets pass or drops. */
export type FilteredMessage = {
  readonly policy: JsonObject;
  readonly scope: string;
  readonly body: MessageBody;
};

/**
 * Whether a subscription's filter policy lets pass a message without attributes, as AWS services publish them.
 * Source: SNS Developer Guide, "Amazon SNS message filtering".
 */
export function acceptsMessage({ policy, scope, body }: FilteredMessage): Truth {
  if (Object.keys(policy).length === 0) return "yes";
  // Of no attributes nothing is true, not even {"exists": false}: that wants one attribute at least.
  if (scope === "MessageAttributes") return "no";
  if (scope !== "MessageBody" || body.kind === "unknown") return "unknown";
  // A body that is not JSON is dropped.
  if (body.kind === "text") return "no";
  return matchObject(
    policy,
    { kind: "value", value: body.value },
    {
      path: "",
      free: new Set(body.free ?? []),
      absent: new Set(body.absent ?? []),
      shapes: body.shapes ?? {},
    },
  );
}

/** A subscription's filter policy; `malformed` where it is no object, `too-complex` where it is larger than SNS accepts, and than is decided. */
export type ParsedFilterPolicy =
  | { readonly kind: "policy"; readonly policy: JsonObject }
  | { readonly kind: "malformed" }
  | { readonly kind: "too-complex" };

// SNS accepts 256 KB and 150 combinations of values; a policy is asked about every alarm's message.
const LONGEST = 256 * 1024;
const LIMITS = { values: 2_000, depth: 50 };

/** The filter policy of a subscription, given as JSON text or as JSON. */
export function parseFilterPolicy(source: JsonValue): ParsedFilterPolicy {
  if (typeof source === "string" && source.length > LONGEST) return { kind: "too-complex" };
  const value = typeof source === "string" ? parseText(source) : source;
  if (!isObject(value)) return { kind: "malformed" };
  return keepsWithin(value, LIMITS) ? { kind: "policy", policy: value } : { kind: "too-complex" };
}

function parseText(source: string): JsonValue | undefined {
  try {
    // JSON.parse yields JSON and nothing else.
    return JSON.parse(source) as JsonValue;
  } catch {
    return undefined;
  }
}

type Place = {
  readonly path: string;
  readonly free: ReadonlySet<string>;
  readonly absent: ReadonlySet<string>;
  readonly shapes: Readonly<Record<string, RegExp>>;
};

function matchObject(pattern: JsonObject, found: Found, place: Place): Truth {
  if (found.kind === "value" && isArray(found.value)) return matchItems(pattern, found.value, place);
  return allOf(Object.entries(pattern).map(([key, wanted]) => matchMember(key, wanted, { found, place })));
}

function matchMember(
  key: string,
  wanted: JsonValue,
  { found, place }: { readonly found: Found; readonly place: Place },
): Truth {
  if (key === "$or" && isArray(wanted))
    return anyOf(wanted.map((branch) => (isObject(branch) ? matchObject(branch, found, place) : "unknown")));
  const path = place.path === "" ? key : `${place.path}.${key}`;
  const inner = { ...place, path };
  const member = memberOf(found, key, inner);
  if (isObject(wanted)) return matchObject(wanted, member, inner);
  return isArray(wanted) ? matchLeaf(possible(wanted, member, inner), member) : "unknown";
}

// A value that what stands there never looks like is no alternative.
function possible(tests: JsonArray, found: Found, { path, shapes }: Place): JsonArray {
  const shape = found.kind === "free" && Object.hasOwn(shapes, path) ? shapes[path] : undefined;
  return shape === undefined ? tests : tests.filter((test) => typeof test !== "string" || shape.test(test));
}

function memberOf(found: Found, key: string, { path, free, absent }: Place): Found {
  if (absent.has(path)) return { kind: "absent" };
  if (found.kind === "free" || free.has(path)) return { kind: "free" };
  if (found.kind === "value" && isObject(found.value) && Object.hasOwn(found.value, key))
    return { kind: "value", value: found.value[key] ?? null };
  return free.has(`${path.slice(0, Math.max(0, path.length - key.length))}*`)
    ? { kind: "free" }
    : { kind: "absent" };
}

function matchLeaf(tests: JsonArray, found: Found): Truth {
  const values: readonly Found[] =
    found.kind === "value" && isArray(found.value) ? itemsOf(found.value) : [found];
  return anyOf(tests.flatMap((test) => values.map((value) => meetsTest(test, value))));
}

function itemsOf(list: JsonArray): readonly Found[] {
  return list.length === 0 ? [{ kind: "absent" }] : list.map((value) => ({ kind: "value", value }));
}

// Whether one item must meet all keys, or different items may, is not documented: only where both agree it is decided.
function matchItems(pattern: JsonObject, items: JsonArray, place: Place): Truth {
  const found = items.map((value): Found => ({ kind: "value", value }));
  const byOne = anyOf(found.map((item) => matchObject(pattern, item, place)));
  const byAny = allOf(
    Object.entries(pattern).map(([key, wanted]) =>
      anyOf(found.map((item) => matchObject({ [key]: wanted }, item, place))),
    ),
  );
  return byOne === byAny ? byOne : "unknown";
}
