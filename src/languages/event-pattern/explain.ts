import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import type { Branch, EventPattern, Leaf } from "./event-pattern.js";
import { matchesBranch } from "./match.js";
import { printTest } from "./print.js";
import { exactly } from "../partial-record/partial-record.js";

/** The key of a pattern that rejects an event. `key` is the path as people write it, such as `detail.event`. */
export type Mismatch = { readonly path: readonly string[]; readonly key: string; readonly reason: string };

/** Why an event does not match: the first key, in the text's order, of the branch that comes nearest. Undefined when it matches. */
export function explainMismatch(pattern: EventPattern, event: JsonObject): Mismatch | undefined {
  let nearest: { readonly rejecting: readonly Leaf[]; readonly branch: Branch } | undefined;
  for (const branch of pattern.branches) {
    if (matchesBranch(branch, exactly(event)).kind === "yes") return undefined;
    const rejecting = branch.filter((leaf) => matchesBranch([leaf], exactly(event)).kind === "no");
    if (nearest === undefined || rejecting.length < nearest.rejecting.length) nearest = { rejecting, branch };
  }
  const [first] = nearest?.rejecting ?? [];
  return first === undefined
    ? scattered(nearest?.branch ?? [], event)
    : mismatch(first, `${said(event, first)}; the pattern accepts ${accepted(first)}`);
}

/** Each leaf alone would pass: they pass with different elements of a list. */
function scattered(branch: Branch, event: JsonObject): Mismatch {
  const at = branch.findIndex(
    (_, index) => matchesBranch(branch.slice(0, index + 1), exactly(event)).kind === "no",
  );
  return mismatch(
    branch[at] ?? { path: [], tests: [] },
    "no single element of the list meets this key and the keys before it together",
  );
}

function mismatch({ path }: Leaf, reason: string): Mismatch {
  return { path, key: path.join("."), reason };
}

function accepted({ tests }: Leaf): string {
  return tests.map(printTest).join(" or ");
}

function said(event: JsonObject, { path }: Leaf): string {
  const key = path.join(".");
  const values = path
    .reduce<readonly JsonValue[]>(
      (found, step) => found.flatMap(unlist).flatMap((value) => member(value, step)),
      [event],
    )
    .flatMap(unlist);
  const [only] = values;
  if (only === undefined) return `${key} is absent`;
  if (values.every(isObject)) return `${key} is an object, which counts as absent`;
  return `${key} is ${values.length === 1 ? JSON.stringify(only) : `one of ${JSON.stringify(values)}`}`;
}

function member(value: JsonValue, key: string): readonly JsonValue[] {
  const inner = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return inner === undefined ? [] : [inner];
}

function unlist(value: JsonValue): readonly JsonValue[] {
  const flat: JsonValue[] = [];
  const queue: JsonValue[] = [value];
  for (const item of queue) {
    if (!isArray(item)) flat.push(item);
    else for (const inner of item) queue.push(inner);
  }
  return flat;
}
