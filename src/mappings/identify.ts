import type { DeclaredIdentity } from "../core/declared.js";
import { hostSuffix } from "../shared/aws/partitions.js";
import { IDENTITIES } from "./identities.js";
import type { IdentityFormula } from "./identity-formula.js";

/** Where a named resource lives. */
export type Home = { readonly account: string; readonly region: string; readonly partition: string };

/** What the braces of formulas are filled from: where it lives, and those of its properties that are texts. */
export type NameParts = {
  readonly home: Home;
  readonly properties?: Readonly<Record<string, string>> | undefined;
};

type Words = Readonly<Record<string, string>>;

/** How the names of a type are made; undefined for one of which nothing is known. */
export function formulaOf(type: string): IdentityFormula | undefined {
  return Object.hasOwn(IDENTITIES, type) ? IDENTITIES[type] : undefined;
}

/**
 * The identity of a resource of some type; undefined for a type of which nothing is known. `properties` fill the formula's
 * other braces. `name` is its name, or for what AWS names itself its id, or any text that no other resource has.
 */
export function identify(type: string, name: string, parts: NameParts): DeclaredIdentity | undefined {
  const formula = formulaOf(type);
  return formula === undefined ? undefined : identityOf(formula, wordsOf(type, name, { formula, parts }));
}

/** What GetAtt gives for an attribute of a resource with this name; undefined where no formula tells it. */
export function attributeOf(
  type: string,
  attribute: string,
  named: NameParts & { readonly name: string },
): string | undefined {
  const formula = formulaOf(type);
  if (formula === undefined) return undefined;
  const words = wordsOf(type, named.name, { formula, parts: named });
  const { ref, arn } = identityOf(formula, words);
  const { attributes = formula.arn === undefined ? {} : { Arn: "{arn}" } } = formula;
  const text = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  return text === undefined
    ? undefined
    : filled(text, { ...words, ref, ...(arn === undefined ? {} : { arn }) });
}

/**
 * The identity of a resource of which Ref's value is known, as CloudFormation's physical id is: a name, an ARN, a URL.
 * undefined for a type of which nothing is known, or where the text is no Ref of that type.
 */
export function identifyRef(type: string, ref: string, parts: NameParts): DeclaredIdentity | undefined {
  const formula = formulaOf(type);
  if (formula === undefined) return undefined;
  const words = wordsOf(type, ref, { formula, parts });
  const shape = formula.ref === "{arn}" ? (formula.arn ?? "{name}") : (formula.ref ?? "{name}");
  const held = reversed(shape, words).exec(ref)?.groups;
  if (held === undefined) return undefined;
  const name = held["name"] ?? nameIn(formula, parts) ?? held["uuid"] ?? ref;
  const all = { ...wordsOf(type, name, { formula, parts }), ...held, ...busPath(held) };
  return { ...identityOf(formula, all, formula.ref === "{arn}" ? ref : undefined), ref };
}

function nameIn({ name }: IdentityFormula, { properties = {} }: NameParts): string | undefined {
  return name === undefined ? undefined : properties[name];
}

// What a formula asks and nobody said leaves out the ARN, and the name stands alone.
function identityOf(formula: IdentityFormula, words: Words, own?: string): DeclaredIdentity {
  const name = words["name"] ?? "";
  const arn = own ?? (formula.arn === undefined ? undefined : filled(formula.arn, words));
  const all = arn === undefined ? words : { ...words, arn };
  return {
    id: filled(formula.id ?? "{name}", all) ?? name,
    ref: filled(formula.ref ?? "{name}", all) ?? name,
    ...(arn === undefined ? {} : { arn }),
  };
}

function wordsOf(
  type: string,
  name: string,
  {
    formula,
    parts: { home, properties = {} },
  }: { readonly formula: IdentityFormula; readonly parts: NameParts },
): Words {
  const uuid = uuidOf(name, [type, home.account, home.region].join(" "));
  return {
    ...properties,
    ...home,
    suffix: hostSuffix(home.partition),
    name,
    uuid,
    ...formula.words?.(properties),
  };
}

/** The id that stands in the place of one that AWS makes up: the name's own where it is or ends in one, else made from the name. */
function uuidOf(name: string, where: string): string {
  const [own] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|(?<=^mrk-)[0-9a-f]{32}$/iu.exec(name) ?? [];
  return own ?? `00000000-${hash(`${where} ${name}`)}`;
}

// FNV-1a, twice: ids only must differ. The form is that of a UUID.
function hash(text: string): string {
  const [a, b] = [fnv(text), fnv(`${text} `)].map((part) => part.toString(16).padStart(8, "0"));
  const digits = `${a ?? ""}${b ?? ""}${(a ?? "").slice(0, 8)}`;
  return `${digits.slice(0, 4)}-4${digits.slice(4, 7)}-8${digits.slice(7, 10)}-${digits.slice(10, 22)}`;
}

function fnv(text: string): number {
  let state = 0x811c9dc5;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return state;
}

function filled(text: string, words: Words): string | undefined {
  const parts = text.split(/(\{\w+\})/u).map((part) => {
    const word = /^\{(\w+)\}$/u.exec(part)?.[1];
    return word === undefined ? part : words[word];
  });
  return parts.includes(undefined) ? undefined : parts.join("");
}

// Where it lives is taken from the text itself: what exists may live elsewhere.
const READ: Readonly<Record<string, string>> = {
  name: "[^:|]*",
  uuid: "[^:/]*",
  region: "[^:/.]*",
  account: "[^:/.]*",
  partition: "[^:]*",
  suffix: "[^/]*",
  path: "/(?:.*/)?",
  bus: "(?:.*\\|)?",
  function: "[^:]*",
};

function reversed(shape: string, words: Words): RegExp {
  const seen = new Set<string>();
  const source = shape
    .split(/(\{\w+\})/u)
    .map((part) => {
      const word = /^\{(\w+)\}$/u.exec(part)?.[1];
      if (word === undefined) return escaped(part);
      const pattern = READ[word];
      if (pattern === undefined) return words[word] === undefined ? ".+" : escaped(words[word]);
      if (seen.has(word)) return `\\k<${word}>`;
      seen.add(word);
      return `(?<${word}>${pattern})`;
    })
    .join("");
  return new RegExp(`^${source}$`, "u");
}

function busPath({ bus }: Words): { readonly path?: string } {
  return bus === undefined ? {} : { path: bus.replace("|", "/") };
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/gu, "\\$&");
}
