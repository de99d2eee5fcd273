import type { DeclaredIdentity, GivenObject } from "../core/declared.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import type { Resource } from "../core/resource.js";

/** What a declared resource is called and where it will stand. `takenAt`: when the state was read that it is laid over. */
export type Standing = DeclaredIdentity & {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly takenAt: string;
  /** The regions looked at. */
  readonly regions: readonly string[];
};

/** One property of a snapshot, made of declared ones. A hole in one of these leaves it open. */
export type Settling = {
  readonly from: readonly string[];
  /** null: not set. What is not declared is missing in `given`. */
  readonly make: (given: JsonObject, standing: Standing) => JsonValue;
  /** What is there keeps it, "unless-given" one of `from` is set; "always", whatever is declared. Default: it is set anew. */
  readonly keeps?: "unless-given" | "always";
};

/** What a new resource will show that only a running account has. */
export type Born = {
  readonly observed: JsonObject;
  /** Completes "It is taken for granted that …", where AWS does not promise it. */
  readonly note?: string;
  /** Observed properties that nothing tells → what they depend on. */
  readonly open?: Readonly<Record<string, string>>;
};

/** How one declared type becomes a resource of a snapshot: by its own names, but for what stands here. */
export type DeclaredMapping = {
  /** The type as declared. */
  readonly type: string;
  /** The type in snapshots, where it is another. */
  readonly as?: string;
  /** The property that names the resource of type `as` whose facts stand under this name, too. */
  readonly copies?: string;
  /** The property that, when true, lets the resource be seen in all regions. */
  readonly wide?: string;
  readonly settle?: Readonly<Record<string, Settling>>;
  /** What AWS sets where a property is left out. */
  readonly defaults?: JsonObject;
  /** What is there after a property was taken away, where that is not its default. */
  readonly reset?: JsonObject;
  readonly born?: (settled: JsonObject, standing: Standing) => Born;
  /** What an update of declared properties does to observed ones. */
  readonly follows?: (after: JsonObject, before: Resource, standing: Standing) => JsonObject;
  /** What deleting it leaves, where it is not gone. */
  readonly died?: JsonObject;
  /** Whether another resource goes with it. */
  readonly takes?: { readonly type: string; readonly goes: (other: Resource, dead: Resource) => boolean };
  /** Observed properties that are counted from a list which attachments set. */
  readonly derive?: {
    readonly properties: readonly string[];
    readonly of: (resource: Resource) => JsonObject;
  };
  /** Why it is no resource of its type that is read, where it is none. */
  readonly elsewhere?: (properties: GivenObject) => string | undefined;
  /** Declared beside it by its own properties: type, what tells it from others, properties. */
  readonly expand?: (properties: GivenObject, standing: DeclaredIdentity) => readonly Expanded[];
};

/** A resource that another one declares within itself. */
export type Expanded = { readonly type: string; readonly name: string; readonly properties: GivenObject };

/** How a declared resource sets one property of another one. */
export type AttachmentMapping = {
  readonly type: string;
  /** The owner's type in snapshots. */
  readonly to: string;
  /** The declared property that names the owner, or a list of them; by id, ARN or Ref. */
  readonly at: string;
  /** The owner where that property is left out. */
  readonly unnamed?: string;
  /** The owner's property. */
  readonly property: string;
  /** "replace": all of it. "add": a statement of a policy. "member": an entry of a list. The latter by their `key`. */
  readonly how: "replace" | "add" | "member";
  /** The declared properties that its value is made of. */
  readonly from: readonly string[];
  /** Those of them that are left out where they are not known, since it says enough without them. */
  readonly spares?: (properties: GivenObject) => readonly string[];
  readonly make: (given: JsonObject, at: Attaching) => JsonValue;
  /** The member of statements and entries that tells them apart. */
  readonly key?: string;
  /** What is there after it was deleted; of statements and entries, it alone goes. */
  readonly gone?: (owner: Standing) => JsonValue;
};

/** An attachment and its owner. */
export type Attaching = { readonly self: Standing; readonly owner: Resource };

/** Declares a mapping. */
export function defineDeclared(mapping: DeclaredMapping): DeclaredMapping {
  return mapping;
}

/** Declares an attachment. */
export function defineAttachment(mapping: AttachmentMapping): AttachmentMapping {
  return mapping;
}
