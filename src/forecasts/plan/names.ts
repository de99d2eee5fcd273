import { Hole } from "../../core/declared.js";
import type { DeclaredIdentity } from "../../core/declared.js";
import { cloudControlMapping } from "../../mappings/cloud-control.js";
import { formulaOf, identify } from "../../mappings/identify.js";
import type { Home } from "../../mappings/identify.js";
import { mapMembers } from "../../mappings/terraform.js";
import type { ReadAttribute, TerraformMapping } from "../../mappings/terraform.js";
import { namedMapping } from "../../mappings/terraform-types.js";
import { parseArn } from "../../shared/aws/arn.js";
import type { PlanChange } from "./document.js";
import { ofBefore, textBefore } from "./values.js";
import { isSet } from "../../mappings/terraform.js";

/** The names of a resource, and whether its own name is a placeholder. */
export type Naming = {
  readonly identity: DeclaredIdentity;
  readonly name: string;
  readonly placeholder?: true;
};

type Named = { readonly home: Home; readonly read: ReadAttribute };

/** What a resource is, in CloudFormation's words; undefined for a type that is not read. */
export function mappingOf(change: PlanChange): TerraformMapping | undefined {
  const { type, provider, mode } = change;
  if (mode === "data") return undefined;
  if (isProvider(provider, "hashicorp/aws")) return namedMapping(type);
  return isProvider(provider, "hashicorp/awscc") ? generic(change) : undefined;
}

const generics = new WeakMap<PlanChange, TerraformMapping>();

function generic(change: PlanChange): TerraformMapping | undefined {
  const known = generics.get(change);
  if (known !== undefined) return known;
  const { before, after, afterUnknown } = change;
  const sides = [before, after, afterUnknown === true ? {} : afterUnknown];
  const mapping = cloudControlMapping(change.type, [...new Set(sides.flatMap(Object.keys))]);
  if (mapping !== undefined) generics.set(change, mapping);
  return mapping;
}

/** Whether a provider is that of the registry with this name, whichever registry. */
function isProvider(address: string, name: string): boolean {
  return address.split("/").slice(-2).join("/") === name;
}

/** The names that a resource has after the deployment; undefined for a type that has none that are known. */
export function identityAfter(change: PlanChange, named: Named): Naming | undefined {
  const mapping = mappingOf(change);
  if (mapping === undefined) return undefined;
  const isNew = change.actions.includes("create");
  if (!isNew) return identityBefore(change, named.home);
  const attribute = nameAttribute(mapping);
  const own = attribute === undefined ? undefined : named.read(attribute);
  const isKnown = typeof own === "string";
  const name = isKnown ? own : placeholderName(change, { mapping, attribute, read: named.read });
  const identity = identityOf(mapping, name, named) ?? { id: change.address, ref: change.address };
  const isPlaceholder = !isKnown && formulaOf(mapping.type) !== undefined;
  return { identity, name, ...(isPlaceholder ? { placeholder: true } : {}) };
}

/** The names that a resource has now; undefined for a type that has none that are known. */
export function identityBefore(change: PlanChange, home: Home): Naming | undefined {
  const mapping = mappingOf(change);
  if (mapping === undefined) return undefined;
  const read: ReadAttribute = (name) => {
    const value = ofBefore(change, name);
    return isSet(value) ? value : undefined;
  };
  const attribute = nameAttribute(mapping);
  const own = attribute === undefined ? undefined : read(attribute);
  const name = typeof own === "string" ? own : ownName(change);
  const identity = identityOf(mapping, name, { home, read });
  const told = textBefore(change, "arn") ?? "";
  if (identity === undefined) return { identity: { id: change.address, ref: change.address }, name };
  if (parseArn(told) === undefined || identity.arn === undefined) return { identity, name };
  const swap = (text: string): string => (text === identity.arn ? told : text);
  return { identity: { id: swap(identity.id), ref: swap(identity.ref), arn: told }, name };
}

function ownName(change: PlanChange): string {
  const id = textBefore(change, "id") ?? "";
  return id === "" ? change.address : id;
}

/** An attribute that follows from a resource's names; undefined for any other. */
export function formulaValue(
  change: PlanChange,
  attribute: string,
  naming: Naming | undefined,
): string | undefined {
  const mapping = mappingOf(change);
  if (mapping === undefined || naming === undefined || formulaOf(mapping.type) === undefined)
    return undefined;
  const formulas: Readonly<Record<string, string>> = { id: "{ref}", arn: "{arn}", ...mapping.formulas };
  const text = Object.hasOwn(formulas, attribute) ? formulas[attribute] : undefined;
  if (text === undefined) return attribute === nameAttribute(mapping) ? naming.name : undefined;
  const { name, identity } = naming;
  const { id, ref, arn } = identity;
  // A rule's own id holds its bus, as the ARN does.
  const resource = parseArn(arn ?? "")?.resource.replace(/^[^/]*\//u, "");
  const words: Readonly<Record<string, string | undefined>> = { name, id, ref, arn, resource };
  const found = /^\{(\w+)\}$/u.exec(text)?.[1] ?? "";
  return Object.hasOwn(words, found) ? words[found] : undefined;
}

/** The attribute that holds a resource's own name. */
function nameAttribute(mapping: TerraformMapping): string | undefined {
  const property = formulaOf(mapping.type)?.name;
  const origin = property === undefined ? undefined : mapping.properties[property];
  return typeof origin === "string" ? origin : undefined;
}

// What a name or an ARN may hold beside the resource's own name.
const PARTS = ["EventBusName", "LogGroupName", "Path", "FunctionName", "TopicArn", "AliasName"];

function identityOf(
  mapping: TerraformMapping,
  name: string,
  { home, read }: Named,
): DeclaredIdentity | undefined {
  if (mapping.once === true) return { id: home.account, ref: home.account };
  const parts = Object.fromEntries(
    Object.entries(mapping.properties).filter(([property]) => PARTS.includes(property)),
  );
  const texts = Object.entries(mapMembers(parts, read)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return identify(mapping.type, name, { home, properties: Object.fromEntries(texts) });
}

/** A name that nobody else has, with the prefix that Terraform will give it where that is known. */
function placeholderName(
  { address }: PlanChange,
  {
    mapping,
    attribute,
    read,
  }: {
    readonly mapping: TerraformMapping;
    readonly attribute: string | undefined;
    readonly read: ReadAttribute;
  },
): string {
  // What AWS names itself gets an id of its own from the address.
  if (attribute === undefined) return address;
  const prefix = read(`${attribute}_prefix`);
  const isOpen = read(attribute) instanceof Hole;
  const begin = typeof prefix === "string" ? prefix : isOpen ? "" : "terraform-";
  const name = madeUpName(address, begin);
  return formulaOf(mapping.type)?.lower === true ? name.toLowerCase() : name;
}

/** A name in the form of those that Terraform makes up. */
export function madeUpName(address: string, prefix = "terraform-"): string {
  return `${prefix}XXXXXXXXXX${hash(address)}`;
}

// FNV-1a: names only must differ.
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return state.toString(16).padStart(8, "0");
}
