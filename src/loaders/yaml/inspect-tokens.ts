import type { CST } from "yaml";

/** What the raw tokens of a YAML file tell before they are composed: faults that a parser notices late, or would not survive. */
export type TokenFindings = {
  /** Where the nesting gets deeper than the limit. */
  readonly tooDeep?: number;
  /** The quote that is never closed, or else the last such bracket or brace. */
  readonly unclosed?: { readonly kind: "quote" | "bracket"; readonly offset: number };
  /** The first `%` directive. */
  readonly directive?: number;
};

type Visit = { readonly token: CST.Token; readonly depth: number };

/** Looks through the tokens without recursion, so that no nesting can exhaust the stack. */
export function inspectTokens(tokens: readonly CST.Token[], maxDepth: number): TokenFindings {
  const waiting: Visit[] = tokens.map((token) => ({ token, depth: 0 })).reverse();
  let unclosed: TokenFindings["unclosed"];
  let directive: number | undefined;
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { token, depth } = visit;
    if (depth > maxDepth) return { tooDeep: token.offset };
    if (token.type === "directive") directive ??= token.offset;
    unclosed = findUnclosed(token) ?? unclosed;
    const deeper = childrenOf(token).reverse();
    for (const child of deeper) waiting.push({ token: child, depth: depth + 1 });
  }
  return {
    ...(unclosed === undefined ? {} : { unclosed }),
    ...(directive === undefined ? {} : { directive }),
  };
}

// A quote that is never closed swallows the rest of the file, so it comes last and wins over brackets.
function findUnclosed(token: CST.Token): TokenFindings["unclosed"] {
  if (token.type === "flow-collection" && !isClosed(token))
    return { kind: "bracket", offset: token.start.offset };
  if (token.type === "single-quoted-scalar" && token.source.slice(1).split("'").length % 2 === 1)
    return { kind: "quote", offset: token.offset };
  if (token.type === "double-quoted-scalar" && !hasClosingQuote(token.source))
    return { kind: "quote", offset: token.offset };
  return undefined;
}

function hasClosingQuote(source: string): boolean {
  for (let at = 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === '"') return true;
  }
  return false;
}

function isClosed({ end }: CST.FlowCollection): boolean {
  return end.some(({ type }) => type === "flow-map-end" || type === "flow-seq-end");
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((child) => child !== null && child !== undefined),
  );
}
