import { Hole } from "../core/declared.js";
import type { Given, GivenObject } from "../core/declared.js";
import { isGivenList, isGivenObject } from "./given.js";

/** Answers the attributes of a Terraform resource or block by name; undefined for one that is not set. */
export type ReadAttribute = (name: string) => Given | undefined;

/**
 * What a property is made of: an attribute of another name; the one block of a name, or each of them, with members of its
 * own; or attributes that a function puts into another shape.
 */
export type Origin =
  | string
  | { readonly block: string; readonly members: Members }
  | { readonly blocks: string; readonly members: Members }
  | { readonly from: readonly string[]; readonly shape: (read: ReadAttribute) => Given | undefined };

/** Property → what it is made of. */
export type Members = Readonly<Record<string, Origin>>;

/** How a resource type of Terraform's provider is said in CloudFormation's words. */
export type TerraformMapping = {
  /** CloudFormation's type; attachments that it has no type for are named Terraform::…. */
  readonly type: string;
  readonly properties: Members;
  /** What the type always has, whatever is written. */
  readonly constant?: GivenObject;
  /** What one that is new has, until another resource changes it. */
  readonly born?: GivenObject;
  /** Attributes that the provider or AWS fills in where nobody sets them. */
  readonly computed?: readonly string[];
  /** Attributes for which the provider makes up a name of its own. */
  readonly generated?: readonly string[];
  /** Attributes of which 0 means that nothing is set. */
  readonly zero?: readonly string[];
  /** Attributes that follow from the names of the resource: {name}, {id}, {ref}, {arn}, or {resource}, the end of the ARN. Unless said, `id` is {ref} and `arn` {arn}. */
  readonly formulas?: Readonly<Record<string, string>>;
  /** Properties of blocks that a resource of their own may set in the block's place: property → that resource's type. */
  readonly inline?: Readonly<Record<string, string>>;
  /** The attribute that, when true, leaves the resource in AWS at its destruction. */
  readonly keptBy?: string;
  /** It is there once for the account, whatever region it is told in. */
  readonly once?: true;
};

/** The mappings of one service: Terraform's type → what it is. */
export type TerraformMappings = Readonly<Record<string, TerraformMapping>>;

/** Properties whose attributes have their names, in snake case. */
export function same(...properties: readonly string[]): Members {
  return Object.fromEntries(properties.map((property) => [property, snakeCase(property)]));
}

/** A property's name as Terraform spells it: `KMSKeyId` is kms_key_id, `S3BucketName` s3_bucket_name. */
export function snakeCase(property: string): string {
  return property
    .replaceAll(/([A-Z]+)([A-Z][a-z])/gu, "$1_$2")
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2")
    .toLowerCase();
}

/** What attributes say of properties; one that is not set is not there. */
export function mapMembers(members: Members, read: ReadAttribute): GivenObject {
  const found: Record<string, Given> = {};
  for (const [property, origin] of Object.entries(members)) {
    const value = valueOf(origin, read);
    if (value !== undefined) found[property] = value;
  }
  return found;
}

/** The attributes that something is made of. */
export function attributesOf(origin: Origin): readonly string[] {
  if (typeof origin === "string") return [origin];
  if ("from" in origin) return origin.from;
  return ["block" in origin ? origin.block : origin.blocks];
}

function valueOf(origin: Origin, read: ReadAttribute): Given | undefined {
  if (typeof origin === "string") return read(origin);
  if ("from" in origin) return origin.shape(read);
  const blocks = blocksOf(read("block" in origin ? origin.block : origin.blocks));
  if (blocks === undefined || blocks instanceof Hole) return blocks;
  const mapped = blocks.map((block) =>
    block instanceof Hole ? block : mapMembers(origin.members, readerOf(block)),
  );
  return "block" in origin ? mapped[0] : mapped;
}

/** The blocks of one name, a hole in the place of one that is not known; undefined where there is none. */
export function blocksOf(value: Given | undefined): readonly (GivenObject | Hole)[] | Hole | undefined {
  if (value === undefined || value instanceof Hole) return value;
  const items = (isGivenList(value) ? value : [value]).filter(
    (item): item is GivenObject | Hole => item instanceof Hole || isGivenObject(item),
  );
  return items.length === 0 ? undefined : items;
}

/** Answers the attributes of a block, or of any object in Terraform's spelling. */
export function readerOf(block: GivenObject): ReadAttribute {
  return (name) => {
    const value = Object.hasOwn(block, name) ? block[name] : undefined;
    return isSet(value) ? value : undefined;
  };
}

/**
 * Whether a value says anything. What was left out is null in a resource that is new, and "", [] or {} in one that was read
 * back from AWS.
 */
export function isSet(value: Given | undefined): value is Given {
  if (value === undefined || value === null || value === "") return false;
  if (isGivenList(value)) return value.length > 0;
  return !isGivenObject(value) || Object.keys(value).length > 0;
}
