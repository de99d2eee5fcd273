import { EXISTS } from "../core/resource.js";
import type { Resource } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import { groupBy } from "../shared/group-by.js";
import { formulaOf, identify, identifyRef } from "../mappings/identify.js";
import type { NameParts } from "../mappings/identify.js";

/** What a resource is looked for by. */
export type Sought = {
  readonly type: string;
  readonly id: string;
  readonly arn?: string | undefined;
  readonly region: string;
};

/** Answers questions about the resources of a state. */
export type Finder = {
  /** All of a type, those that are known to be gone too. */
  readonly all: (type: string) => readonly Resource[];
  /** The resource with this identity, gone or not. */
  readonly find: (sought: Sought) => Resource | undefined;
  /** The resource that a text in a declared property means: by ARN, id or Ref, said in this place. */
  readonly named: (type: string, text: string, parts: NameParts) => Resource | undefined;
};

/** Whether a resource is there, as far as the state knows. */
export function isThere(resource: Resource | undefined): resource is Resource {
  return resource !== undefined && resource.observed?.[EXISTS] !== false;
}

/** Opens a state for questions. */
export function openFinder(snapshot: Snapshot): Finder {
  const byType = groupBy(snapshot.resources, ({ type }) => type);
  const all = (type: string): readonly Resource[] => byType.get(type) ?? [];
  const isOnce = (type: string): boolean => snapshot.collected[type]?.listed === "account";
  const isAt = (resource: Resource, id: string, region: string): boolean =>
    resource.id === id && (resource.region === region || isOnce(resource.type));
  return {
    all,
    find: ({ type, id, arn, region }) =>
      all(type).find((resource) => arn !== undefined && resource.arn === arn) ??
      all(type).find(
        (resource) => isAt(resource, id, region) && (arn === undefined || hasOwnArn(resource, arn)),
      ),
    named(type, text, parts) {
      const { arns, ids } = namesIn(type, text, parts);
      const { account, region } = parts.home;
      return (
        all(type).find(({ arn }) => arn !== undefined && arns.includes(arn)) ??
        all(type).find(
          (resource) =>
            resource.account === account &&
            // A name alone may be that of several, such as rules of two buses.
            (arns.length === 0 || resource.arn === undefined || hasUuid(type)) &&
            ids.some((id) => isAt(resource, id, region)),
        )
      );
    },
  };
}

// An id in its ARN is AWS's own, and so the ARN that was made up for it is another one; or the list tells no ARN.
function hasOwnArn({ type, arn }: Resource, made: string): boolean {
  return arn === undefined || (hasUuid(type) && /\/00000000-/u.test(made));
}

type Names = { readonly arns: readonly string[]; readonly ids: readonly string[] };

// Log groups are named with ":*", functions by their account and name, too.
function namesIn(type: string, text: string, parts: NameParts): Names {
  const plain = text.replace(/:\*$/u, "").replace(/^(?:\d{12}:)?function:/u, "");
  const identity = identifyRef(type, plain, parts) ?? identify(type, plain, parts);
  if (plain.startsWith("arn:"))
    return { arns: [text, plain], ids: identity === undefined ? [] : [identity.id] };
  return {
    arns: identity?.arn === undefined ? [] : [identity.arn],
    ids: [plain, ...(identity === undefined ? [] : [identity.id])],
  };
}

function hasUuid(type: string): boolean {
  return formulaOf(type)?.arn?.includes("{uuid}") === true;
}
