import type { Operation, Pages } from "../core/collector.js";
import { memberAt } from "../shared/member-at.js";
import type { Ask, Question } from "./caller.js";
import { failed } from "./failure.js";
import type { Failure } from "./failure.js";

/** All pages that were read, in order, and why there are no more of them, where that was not the end. */
export type PagedAnswer = { readonly pages: readonly unknown[]; readonly failure?: Failure };

const mostPages = 10_000;

/** Asks for every page of an answer. A continuation that comes back a second time would never end; it is a failure. */
export async function askPages(
  ask: Ask,
  operation: Operation,
  { pages, ...question }: Question & { readonly pages?: Pages | undefined },
): Promise<PagedAnswer> {
  const read: unknown[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const input =
      pages === undefined || token === undefined ? question.input : { ...question.input, [pages.ask]: token };
    const answer = await ask(operation, { ...question, input });
    if (!answer.ok) return { pages: read, failure: answer.failure };
    read.push(answer.output);
    token = tokenIn(answer.output, pages);
    if (token !== undefined && (seen.has(token) || read.length >= mostPages))
      return { pages: read, failure: endless };
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return { pages: read };
}

const endless = failed("permanent", "Malformed", "AWS continues the same page again and again");

function tokenIn(output: unknown, pages: Pages | undefined): string | undefined {
  if (pages === undefined || typeof output !== "object" || output === null) return undefined;
  const token = memberAt(output, pages.answer);
  return typeof token === "string" && token !== "" ? token : undefined;
}
