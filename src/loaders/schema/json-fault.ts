/**
 * The offset of the first character at which a text stops being JSON, or undefined where it is JSON. For use after `JSON.parse` has refused
 * a text: it tells the place only in words of its own. Keeps its own stack, so that no nesting can exhaust the program's.
 */
export function findJsonFault(text: string): number | undefined {
  const open: ("]" | "}")[] = [];
  let expected: Expected = "value";
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const step = take(text, at, { expected, inside: open.at(-1) });
    if (step === undefined) return at;
    if (step.length === Infinity) return text.length;
    if (step.opens !== undefined) open.push(step.opens);
    if (step.closes === true) open.pop();
    expected = step.next;
    at = skipSpace(text, at + step.length);
  }
  return expected === "more" && open.length === 0 ? undefined : text.length;
}

/** "first": a value or the end of a list, a key or the end of an object; "more": a comma or an end. */
type Expected = "value" | "first-value" | "key" | "first-key" | "colon" | "more";
type Where = { readonly expected: Expected; readonly inside: "]" | "}" | undefined };
type Step = {
  readonly length: number;
  readonly next: Expected;
  readonly opens?: "]" | "}";
  readonly closes?: true;
};

const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy;
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/uy;

function take(text: string, at: number, { expected, inside }: Where): Step | undefined {
  const character = text[at] ?? "";
  if (character === inside && closable[expected].includes(character))
    return { length: 1, next: "more", closes: true };
  if (expected === "more") return takeComma(character, inside);
  if (expected === "colon") return character === ":" ? { length: 1, next: "value" } : undefined;
  if (expected === "key" || expected === "first-key") return lengthStep(stringLength(text, at), "colon");
  return takeValue(text, at, character);
}

function takeComma(character: string, inside: Where["inside"]): Step | undefined {
  return character === "," && inside !== undefined
    ? { length: 1, next: inside === "]" ? "value" : "key" }
    : undefined;
}

/** The brackets that may close where something is expected. */
const closable = {
  value: "",
  "first-value": "]",
  key: "",
  "first-key": "}",
  colon: "",
  more: "]}",
} satisfies Record<Expected, string>;

function takeValue(text: string, at: number, character: string): Step | undefined {
  if (character === "[") return { length: 1, next: "first-value", opens: "]" };
  if (character === "{") return { length: 1, next: "first-key", opens: "}" };
  return lengthStep(character === '"' ? stringLength(text, at) : match(scalar, text, at), "more");
}

function lengthStep(length: number, next: Expected): Step | undefined {
  return length === 0 ? undefined : { length, next };
}

/** 0 where no string begins, or it holds what it may not; Infinity where the text ends within it. */
function stringLength(text: string, from: number): number {
  if (text[from] !== '"') return 0;
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    const length = text[at] === "\\" ? match(escape, text, at) : Number((text[at] ?? "") >= " ");
    if (length === 0) return 0;
    at += length;
  }
  return at < text.length ? at + 1 - from : Infinity;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at] ?? "")) at++;
  return at;
}
