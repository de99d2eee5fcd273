import { defineCollector, listCall, readCall } from "../core/collector.js";
import type {
  Collector,
  Found,
  Identity,
  ListCall,
  ListedParent,
  Place,
  Properties,
  ReadCall,
} from "../core/collector.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { capitalized, given } from "../shared/aws/names.js";
import { memberAt } from "../shared/member-at.js";
import { declaredOperation } from "./declared-operation.js";
import type { DeclaredCall } from "./declared-operation.js";
import { fillTemplate } from "./fill-template.js";

/**
 * Where a property stands below an item: a path of member names, "." for the item itself, or "{parent}" and what else a place names. `only`: nothing else below it is read, which is
 * how secrets are left behind. `by` turns it into CloudFormation's shape; without it members are spelt as CloudFormation does, begun in upper case.
 */
export type DeclaredProperty =
  | string
  | {
      readonly at: string;
      readonly only?: readonly string[];
      readonly by?: (value: unknown) => unknown;
    };
type DeclaredProperties = Readonly<Record<string, DeclaredProperty>>;

/** How resources are listed. `id` and `arn` are paths, or texts with names in braces: "arn:{partition}:eks:{region}:{account}:cluster/{id}", "{item.Arn} {item.Scope|none}". */
export type DeclaredList = DeclaredCall & {
  readonly at?: ListCall["at"];
  /** The path of the list in the answer. */
  readonly items: string;
  readonly id: string | { readonly at: string; readonly by: (text: string) => string };
  readonly arn?: string;
  /** Which items are resources of this type; of other members than `id`, `arn` and the properties, the paths stand in `reads`. */
  readonly filter?: {
    readonly reads: readonly string[];
    readonly keeps: (item: unknown, place: Place) => boolean;
  };
  readonly properties?: DeclaredProperties;
  /** Several questions, where one does not show all, instead of `input`. */
  readonly inputs?: (place: Place) => readonly JsonObject[];
  readonly notSet?: readonly string[];
};

/** How a resource is read. */
export type DeclaredRead = DeclaredCall &
  Pick<ReadCall, "after" | "notSet" | "gone" | "at"> & {
    /** The path in the answer below which properties stand; default: the answer itself. */
    readonly from?: string;
    /** One question asks about as many resources of a region: `input` is the list of their ids (or ARNs), and an item of `from` is a resource's where `match` is that. */
    readonly batch?: {
      readonly of: number;
      readonly input: string;
      readonly by: "id" | "arn";
      readonly match: string;
    };
    /** Asked for each text in a property that is in `after`, which `as` of the input takes; lists in the answers are joined. */
    readonly each?: { readonly of: string; readonly as: string };
    /** Asked only where the properties in `after` say so. */
    readonly when?: (known: JsonObject) => boolean;
    readonly properties: DeclaredProperties;
    /** Errors that are answers: the properties that they tell. */
    readonly learn?: readonly {
      readonly error: string;
      readonly says?: RegExp;
      readonly means: Properties;
    }[];
  };

/** A collector as data. */
export type DeclaredCollector = Pick<Collector, "type" | "summary" | "single" | "refer" | "servedAs"> & {
  readonly list?: DeclaredList;
  readonly reads?: readonly DeclaredRead[];
  /** The properties that CloudFormation does not know; default: none. */
  readonly observed?: readonly string[];
};

/** Declares a collector that lists, reads and maps members, as most do; plan, policy, rates and provenance follow from it as from any other. */
export function declared({ list, reads = [], observed = [], ...rest }: DeclaredCollector): Collector {
  return defineCollector({
    ...rest,
    ...(list === undefined ? {} : { list: listOf(list) }),
    reads: reads.map(readOf),
    observed,
  });
}

function listOf(list: DeclaredList): ListCall {
  const { at = "each-region", items, id, arn, filter, properties = {}, pages, notSet } = list;
  const below = [
    ...namesIn(typeof id === "string" ? id : id.at),
    ...namesIn(arn ?? ""),
    ...pathsOf(properties),
    ...(filter?.reads ?? []),
  ];
  return listCall<unknown>({
    operation: declaredOperation(list, {
      sure: [items],
      paths: below.map((path) => under(items, path)),
    }),
    at,
    input: list.inputs ?? ((place, parent) => filled(list.input ?? {}, namesOf(place, parent))),
    ...(pages === undefined ? {} : { pages: { ask: pages[0], answer: pages[1] } }),
    properties: Object.keys(properties),
    found: (output, place, parent) =>
      itemsAt(output, items, list.proof !== undefined)
        .filter((item) => filter?.keeps(item, place) ?? true)
        .map((item) => foundIn(item, list, namesOf(place, parent))),
    ...(notSet === undefined ? {} : { notSet }),
  });
}

function foundIn(item: unknown, { id, arn, properties = {} }: DeclaredList, names: Names): Found {
  const found = typeof id === "string" ? textAt(item, id, names) : id.by(textAt(item, id.at, names));
  const full = arn === undefined ? undefined : textAt(item, arn, { ...names, id: found });
  return {
    id: found,
    ...(full === undefined ? {} : { arn: full }),
    properties: propertiesOf(properties, item, names),
  };
}

function readOf(read: DeclaredRead): ReadCall {
  const {
    from = ".",
    batch,
    each,
    input = {},
    pages,
    properties,
    learn = [],
    when,
    notSet,
    gone,
    after,
    at,
  } = read;
  const paths = [...pathsOf(properties), ...(batch === undefined ? [] : [batch.match])];
  return readCall<unknown>({
    operation: declaredOperation(read, {
      sure: from === "." ? [] : [from],
      paths: paths.map((path) => under(from, path)),
    }),
    input: (resource, known, listed) => {
      if (when?.(known) === false) return undefined;
      const asked = {
        ...filled(input, { ...namesOfIdentity(resource), ...known }),
        ...(batch === undefined ? {} : { [batch.input]: [...chunkWith(resource, listed, batch)] }),
      };
      return each === undefined
        ? asked
        : textsIn(known[each.of]).map((text) => ({ ...asked, [each.as]: text }));
    },
    ...(pages === undefined ? {} : { pages: { ask: pages[0], answer: pages[1] } }),
    properties: Object.keys(properties),
    read(output, resource) {
      if (batch === undefined)
        return propertiesOf(properties, memberAt(output, from), namesOfIdentity(resource));
      const name = batch.by === "id" ? resource.id : resource.arn;
      const item = itemsAt(output, from, read.proof !== undefined).find(
        (one) => memberAt(one, batch.match) === name,
      );
      return item === undefined ? undefined : propertiesOf(properties, item, namesOfIdentity(resource));
    },
    ...(learn.length === 0 ? {} : { learn: (error) => learned(error, learn) }),
    ...chosen({ notSet, gone, after, at }),
  });
}

type Optional = Pick<ReadCall, "notSet" | "gone" | "after" | "at">;

// What is undefined is left out, as its type wants it.
function chosen(options: { readonly [Name in keyof Optional]: Optional[Name] | undefined }): Optional {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function learned(
  { name, message }: { readonly name: string; readonly message: string },
  learn: NonNullable<DeclaredRead["learn"]>,
): Properties | undefined {
  return learn.find(({ error, says }) => error === name && (says?.test(message) ?? true))?.means;
}

function chunkWith(
  { id, arn }: Identity,
  listed: readonly Identity[],
  { of, by }: NonNullable<DeclaredRead["batch"]>,
): readonly string[] {
  const own = by === "id" ? id : (arn ?? id);
  const all = listed.map((one) => (by === "id" ? one.id : (one.arn ?? one.id)));
  const start = Math.floor(Math.max(0, all.indexOf(own)) / of) * of;
  return all.includes(own) ? all.slice(start, start + of) : [own];
}

// "." is one resource, the answer itself. Where something else proves that AWS answered, a list that is not there is empty.
function itemsAt(output: unknown, path: string, isProven = false): readonly unknown[] {
  if (path === ".") return [output];
  const found = memberAt(output, path) ?? (isProven ? [] : undefined);
  const items = given(found, path);
  if (!Array.isArray(items)) throw new Error(`its ${path} is no list`);
  return items as readonly unknown[];
}

function propertiesOf(properties: DeclaredProperties, item: unknown, names: Names): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      if (typeof property === "string")
        return [
          name,
          isTemplate(property)
            ? fillTemplate(property, names)
            : capitalized(memberAt(item, property) ?? undefined),
        ];
      const value = memberAt(item, property.at) ?? undefined;
      return [name, property.by === undefined ? capitalized(value) : property.by(value)];
    }),
  );
}

function pathsOf(properties: DeclaredProperties): readonly string[] {
  return Object.values(properties).flatMap((property) => {
    if (typeof property === "string") return isTemplate(property) ? [] : [property];
    return property.only === undefined
      ? [property.at]
      : property.only.map((path) => under(property.at, path));
  });
}

function under(path: string, below: string): string {
  if (path === ".") return below;
  return below === "." ? path : `${path}.${below}`;
}

type Names = Readonly<Record<string, JsonValue | undefined>>;

const namesOfIdentity = ({ id, arn, account, region }: Identity): Names => ({ id, arn, account, region });

function namesOf({ account, region }: Place, parent: ListedParent | undefined): Names {
  return {
    account: account.id,
    partition: account.partition,
    region,
    parent: parent?.id,
    "parent.arn": parent?.arn,
    ...parent?.properties,
  };
}

function filled(input: JsonObject, names: Names): JsonObject {
  // Of an object there comes an object.
  return fillTemplate(input, names) as JsonObject;
}

const isTemplate = (text: string): boolean => text.includes("{");

// Names that a place gives are no members of the item.
function namesIn(text: string): readonly string[] {
  return text === "" || isTemplate(text)
    ? [...text.matchAll(/\{item\.([^}|]+)[^}]*\}/gu)].map(([, path = ""]) => path)
    : [text];
}

function textAt(item: unknown, text: string, names: Names): string {
  if (!isTemplate(text)) return given(stringAt(item, text), text === "." ? "name" : text);
  const own = text.replaceAll(
    /\{item\.([^}|]+)(?:\|([^}]*))?\}/gu,
    (_all, path: string, otherwise?: string) => given(stringAt(item, path) ?? otherwise, path),
  );
  const full = fillTemplate(own, names);
  return typeof full === "string" ? full : JSON.stringify(full);
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function stringAt(item: unknown, path: string): string | undefined {
  const value = memberAt(item, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}
