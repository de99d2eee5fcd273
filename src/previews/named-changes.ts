import { Hole } from "../core/declared.js";
import type { Declared, Given } from "../core/declared.js";
import type { Touched } from "../forecasts/foreseen.js";
import { without } from "../shared/without.js";

/**
 * Some changes, every new thing that they refer to, and what is laid on that, such as its policy: a change alone would lack what comes
 * with it. In the input's order.
 */
export function withWhatTheyName(
  all: readonly Declared[],
  { addresses, touched }: { readonly addresses: readonly string[]; readonly touched: readonly Touched[] },
): readonly Declared[] {
  const attached = new Set(
    touched.filter(({ type, declaredType }) => type !== declaredType).map(({ address }) => address),
  );
  const chosen = new Set(all.filter(({ address }) => addresses.includes(address)));
  const fresh = all.filter(({ action }) => action === "create" || action === "replace");
  let news = [...chosen];
  while (news.length > 0) {
    const named = new Set(news.flatMap(({ properties }) => textsIn(properties)));
    const brought = new Set(news.filter(({ address }) => !addresses.includes(address)).flatMap(namesOf));
    news = fresh.filter(
      (other) =>
        !chosen.has(other) &&
        (namesOf(other).some((name) => named.has(name)) ||
          (attached.has(other.address) && textsIn(other.properties).some((text) => brought.has(text)))),
    );
    for (const other of news) chosen.add(other);
  }
  return all
    .filter((one) => chosen.has(one))
    .map((one) => (addresses.includes(one.address) ? one : asNew(one)));
}

// Of a replacement only what is new comes along: that the old one goes is a change of its own.
function asNew(declared: Declared): Declared {
  if (declared.action !== "replace") return declared;
  return { ...without(declared, "before"), action: "create" };
}

function namesOf({ after }: Declared): readonly string[] {
  if (after === undefined) return [];
  return [after.ref, after.id, ...(after.arn === undefined ? [] : [after.arn, `${after.arn}:*`])];
}

function textsIn(value: Given): readonly string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object" || value instanceof Hole) return [];
  const members: readonly Given[] = Array.isArray(value) ? value : Object.values(value);
  return members.flatMap(textsIn);
}
