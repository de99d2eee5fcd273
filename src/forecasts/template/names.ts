import { Hole } from "../../core/declared.js";
import type { DeclaredIdentity, Given } from "../../core/declared.js";
import { evaluateGiven } from "../../languages/template/evaluate.js";
import { own } from "../../languages/template/template.js";
import { isObject, joinHoles, sameValue, textOf } from "../../languages/template/values.js";
import { attributeOf, formulaOf, identify, identifyRef } from "../../mappings/identify.js";
import type { IdentityFormula } from "../../mappings/identity-formula.js";
import { typeFacts } from "./kinds.js";
import type { Naming, ResourceEntry, Stack } from "./stack.js";

/** Types of other names that are of a known type. */
const STANDS_FOR: Readonly<Record<string, string>> = { "AWS::Serverless::Function": "AWS::Lambda::Function" };

/** The type that a resource is of, whatever a transform calls it. */
export function realType(type: string): string {
  return Object.hasOwn(STANDS_FOR, type) ? (STANDS_FOR[type] ?? type) : type;
}

/** A property of a resource at the first level, as the template has it. */
export function propertyGiven(
  { scope }: Stack,
  { resource, at }: ResourceEntry,
  name: string,
): Given | undefined {
  const properties = own(resource, "Properties");
  const node = isObject(properties) ? own(properties, name) : undefined;
  return node === undefined ? undefined : evaluateGiven(node, [...at, "Properties", name], scope);
}

/** What a resource will be called; undefined for one that there is not, or whose name depends on itself. */
export function namingOf(stack: Stack, id: string): Naming | undefined {
  if (stack.names.has(id)) return stack.names.get(id);
  const entry = stack.entries.get(id);
  if (entry === undefined) return undefined;
  stack.names.set(id, undefined);
  const naming = makeNaming(stack, entry);
  stack.names.set(id, naming);
  return naming;
}

function makeNaming(stack: Stack, entry: ResourceEntry): Naming {
  const kept = isReplaced(stack, entry) ? undefined : identityBefore(stack, entry);
  const type = realType(entry.type);
  const formula = formulaOf(type);
  const { words, holes } = wordsOf(stack, entry, formula);
  if (kept !== undefined) return { name: kept.id, isPlaceholder: false, identity: kept, words };
  const given = nameGiven(stack, entry, formula);
  const text = textOf(given) ?? formula?.fallback;
  const name = text ?? generatedName(stack, entry, formula);
  const { home } = stack.source;
  const identity = identify(type, name, { home, properties: words });
  const unknownRef = hiddenName(stack, entry, text) ?? refHole(entry, { formula, holes, identity });
  return {
    name,
    isPlaceholder: text === undefined,
    identity: identity ?? { id: name, ref: name },
    words,
    ...(unknownRef === undefined ? {} : { unknownRef }),
    ...(given instanceof Hole ? { open: given } : {}),
  };
}

function nameGiven(
  stack: Stack,
  entry: ResourceEntry,
  formula: IdentityFormula | undefined,
): Given | undefined {
  return formula?.name === undefined ? undefined : propertyGiven(stack, entry, formula.name);
}

function hiddenName({ source }: Stack, { key }: ResourceEntry, text: string | undefined): Hole | undefined {
  const isHidden = text === undefined && source.existing?.isSeen?.(key) === false;
  return isHidden ? new Hole(`the name of ${key}, which the change set does not show`) : undefined;
}

/** A name as CloudFormation makes it: exact but for its end. */
function generatedName(
  { source }: Stack,
  { key, resource }: ResourceEntry,
  formula: IdentityFormula | undefined,
): string {
  const name = `${source.name}-${key}-XXXXXXXXXXXX`;
  const properties = own(resource, "Properties");
  const isFifo =
    isObject(properties) &&
    ["FifoTopic", "FifoQueue"].some((member) => textOf(own(properties, member)) === "true");
  return `${formula?.lower === true ? name.toLowerCase() : name}${isFifo ? ".fifo" : ""}`;
}

const WORDS = ["FunctionName", "EventBusName", "Path"];

// The properties that a type's formulas are filled from, where they are texts.
function wordsOf(
  stack: Stack,
  entry: ResourceEntry,
  formula: IdentityFormula | undefined,
): { readonly words: Readonly<Record<string, string>>; readonly holes: ReadonlyMap<string, Hole> } {
  if (formula === undefined) return { words: {}, holes: new Map() };
  const shapes = [formula.arn, formula.ref, formula.id, ...Object.values(formula.attributes ?? {})].join(" ");
  const asked = [...shapes.matchAll(/\{([A-Z]\w*)\}/gu)].map(([, name = ""]) => name);
  const words: Record<string, string> = {};
  const holes = new Map<string, Hole>();
  for (const name of [...asked, ...(formula.words === undefined ? [] : WORDS)]) {
    const value = propertyGiven(stack, entry, name);
    const text = textOf(value);
    if (text !== undefined) words[name] = text;
    else if (value instanceof Hole) holes.set(name, value);
  }
  return { words, holes };
}

function refHole(
  { key, type }: ResourceEntry,
  about: {
    readonly formula: IdentityFormula | undefined;
    readonly holes: ReadonlyMap<string, Hole>;
    readonly identity: DeclaredIdentity | undefined;
  },
): Hole | undefined {
  const { formula, holes, identity } = about;
  if (formula === undefined) return new Hole(`the id of ${key} (${type})`);
  const isWhole = formula.ref !== "{arn}" || identity?.arn !== undefined;
  return isWhole && holes.size === 0
    ? undefined
    : (joinHoles([...holes.values()]) ?? new Hole(`the id of ${key}`));
}

/** What Ref gives for a resource. */
export function refGiven(stack: Stack, id: string): Given {
  const naming = namingOf(stack, id);
  if (naming === undefined) return new Hole(`resource ${id}`);
  return naming.unknownRef ?? naming.identity.ref;
}

/** What GetAtt gives for a resource. */
export function attributeGiven(stack: Stack, id: string, attribute: string): Given {
  const entry = stack.entries.get(id);
  const naming = namingOf(stack, id);
  if (entry === undefined || naming === undefined) return new Hole(`attribute ${attribute} of ${id}`);
  if (stack.source.existing?.isSeen?.(id) === false && naming.unknownRef !== undefined)
    return naming.unknownRef;
  const type = realType(entry.type);
  const isArn = attribute === "Arn" && formulaOf(type)?.attributes === undefined;
  const { home } = stack.source;
  const name = nameOf(naming, type);
  const known = isArn
    ? naming.identity.arn
    : attributeOf(type, attribute, { home, properties: naming.words, name });
  return (
    known ?? propertyTextGiven(stack, entry, attribute) ?? new Hole(`attribute ${attribute} of ${entry.type}`)
  );
}

// The name of what exists, without what its id adds.
function nameOf({ name, identity, isPlaceholder }: Naming, type: string): string {
  const formula = formulaOf(type);
  const isNamed = formula?.id === undefined || isPlaceholder;
  return isNamed ? name : identity.ref;
}

// A property that GetAtt reads back, as that of a name.
function propertyTextGiven(stack: Stack, entry: ResourceEntry, attribute: string): Given | undefined {
  return formulaOf(realType(entry.type))?.name === attribute
    ? propertyGiven(stack, entry, attribute)
    : undefined;
}

/** What a resource of an existing stack is called before the deployment. */
export function identityBefore(
  { source, ...stack }: Stack,
  { key, type }: ResourceEntry,
): DeclaredIdentity | undefined {
  const found = source.existing?.resources.get(key);
  if (found === undefined || found.type !== type) return undefined;
  return existingIdentity(found, source.home, textsOf({ source, ...stack }, key));
}

/** The identity of what has a physical id. */
export function existingIdentity(
  { physicalId, type }: { readonly physicalId: string; readonly type: string },
  home: Stack["source"]["home"],
  properties: Readonly<Record<string, string>>,
): DeclaredIdentity {
  return identifyRef(realType(type), physicalId, { home, properties }) ?? { id: physicalId, ref: physicalId };
}

function textsOf(stack: Stack, id: string): Readonly<Record<string, string>> {
  const from = stack.old ?? stack;
  const entry = from.entries.get(id);
  if (entry === undefined) return {};
  return wordsOf(from, entry, formulaOf(realType(entry.type))).words;
}

/** Whether the deployment makes a new resource in the place of one. */
export function isReplaced(stack: Stack, entry: ResourceEntry): boolean {
  const known = stack.replaced.get(entry.key);
  if (known !== undefined || stack.isOld || stack.source.existing === undefined) return known ?? false;
  stack.replaced.set(entry.key, false);
  const { resources, replaces } = stack.source.existing;
  const is = resources.has(entry.key) && (replaces?.(entry.key) ?? differs(stack, entry));
  stack.replaced.set(entry.key, is);
  return is;
}

function differs(stack: Stack, entry: ResourceEntry): boolean {
  const type = realType(entry.type);
  const name = formulaOf(type)?.name;
  const before = identityBefore(stack, entry);
  if (before === undefined) return true;
  const text = name === undefined ? undefined : textOf(propertyGiven(stack, entry, name));
  const { home } = stack.source;
  const words = wordsOf(stack, entry, formulaOf(type)).words;
  // Ref tells what exists; an id that Ref does not tell is compared by its template.
  if (
    text !== undefined &&
    identify(type, text, { home, properties: words })?.ref !== before.ref &&
    !isRandom(type)
  )
    return true;
  return stack.old !== undefined && differsFrom(stack.old, stack, entry);
}

function differsFrom(old: Stack, stack: Stack, entry: ResourceEntry): boolean {
  const before = old.entries.get(entry.key);
  if (before === undefined) return false;
  return (typeFacts(realType(entry.type))?.fixed ?? []).some((property) => {
    const [was, is] = [propertyGiven(old, before, property), propertyGiven(stack, entry, property)];
    return was instanceof Hole || is instanceof Hole ? false : !sameValue(was ?? null, is ?? null);
  });
}

function isRandom(type: string): boolean {
  const { arn, ref } = formulaOf(type) ?? {};
  return ref === "{arn}" && arn?.includes("{uuid}") === true;
}
