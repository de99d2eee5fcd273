import type { Identity, Properties, ReadCall } from "../core/collector.js";
import type { JsonObject } from "../core/json.js";
import type { Unreadable } from "../core/resource.js";
import type { Demand } from "./plan.js";

/** What one reading call said of one resource. "skipped": what it has to know first is not known. */
export type ReadOutcome =
  | { readonly kind: "read"; readonly properties: JsonObject }
  | { readonly kind: "failed"; readonly because: Unreadable }
  /** `because`: what the call said, for where another call has shown that the resource is there. */
  | { readonly kind: "gone"; readonly because?: Unreadable }
  | { readonly kind: "skipped" };

/** A resource while it is being read. */
export type Entry = {
  readonly type: string;
  readonly identity: Identity;
  /** What the lists said; absent for a resource that was only referred to. */
  readonly listed?: { readonly properties: Properties; readonly seenIn: readonly string[] };
  /** Set where it could not be found out in which region it is. */
  readonly lost?: Exclude<ReadOutcome, { readonly kind: "read" }>;
  /** Calls that were made, each once. */
  readonly reads: Map<ReadCall, Promise<ReadOutcome>>;
  readonly outcomes: Map<ReadCall, ReadOutcome>;
  /** Demands that reached the resource. */
  readonly visited: Set<Demand>;
};

/** The resources known so far: each once, however it was met. */
export type Registry = {
  /** The resource of this identity, made if it was not known. A region of "" is any region. */
  enter(type: string, identity: Identity, more?: Pick<Entry, "listed" | "lost">): Entry;
  find(type: string, identity: Identity): Entry | undefined;
  /** The resource of this ARN or id. */
  named(type: string, name: string): Entry | undefined;
  of(type: string): readonly Entry[];
  all(): readonly Entry[];
};

/** An empty registry. */
export function createRegistry(): Registry {
  const byType = new Map<string, Map<string, Entry>>();
  const entries = (type: string): Map<string, Entry> => {
    const known = byType.get(type) ?? new Map<string, Entry>();
    byType.set(type, known);
    return known;
  };
  const of = (type: string): readonly Entry[] => [...entries(type).values()];
  const find: Registry["find"] = (type, identity) =>
    entries(type).get(keyOf(identity)) ??
    (identity.region === ""
      ? of(type).find(({ identity: known }) => known.id === identity.id && known.account === identity.account)
      : undefined);
  return {
    find,
    of,
    all: () => [...byType.keys()].flatMap(of),
    named: (type, name) => of(type).find(({ identity }) => identity.arn === name || identity.id === name),
    enter(type, identity, more = {}) {
      const known = find(type, identity);
      if (known !== undefined) return known;
      const made: Entry = {
        type,
        identity,
        ...more,
        reads: new Map(),
        outcomes: new Map(),
        visited: new Set(),
      };
      entries(type).set(keyOf(identity), made);
      return made;
    },
  };
}

/** What tells a resource of a type from all others. */
export function keyOf({ id, arn, account, region }: Identity): string {
  return arn ?? `${account}/${region}/${id}`;
}
