import type { ApiCall } from "./transport.js";

/** What is used of an answer on the wire. */
type Response = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body?: AsyncIterable<Uint8Array> | Uint8Array;
};
type Result = { readonly response: unknown };
type Next = (args: object) => Promise<Result>;

/** A command of the SDK, by what is used of it: steps can be put around its sending. */
export type Checkable = {
  readonly middlewareStack: {
    add(
      step: (next: Next) => Next,
      at: { readonly step: "deserialize"; readonly priority: "low"; readonly name: string },
    ): void;
  };
};

/**
 * Looks at what came over the wire before the SDK reads it, and reads no more of it than 32 MiB. The SDK takes an empty body for an answer that leaves out everything,
 * a 404 without a body for the error "NotFound", and an error's document with status 200 for that error or for nothing at all.
 */
export function checkAnswers(command: Checkable, call: ApiCall): void {
  // With a low priority the step is next to the wire, below all that the SDK does with an answer.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      // The SDK's handlers answer in this shape.
      const response = result.response as Response;
      const body = await bytesOf(response);
      const problem = problemOf(response, { text: beginningOf(body), call });
      if (problem !== undefined) throw unanswered(problem, response.statusCode);
      response.body = body;
      return result;
    },
    { step: "deserialize", priority: "low", name: "watchproofCheckAnswers" },
  );
}

/** Bytes. The largest page that AWS's limits allow has some megabytes; an answer is held in memory, and more than once. */
export const LARGEST_ANSWER = 32 * 2 ** 20;

async function bytesOf({ body, statusCode }: Response): Promise<Uint8Array> {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LARGEST_ANSWER)
      throw unanswered(`it is larger than ${(LARGEST_ANSWER / 2 ** 20).toString()} MiB`, statusCode);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// Roots and errors stand at the beginning; an answer can be large.
function beginningOf(body: Uint8Array): string {
  return new TextDecoder().decode(body.subarray(0, 65_536));
}

function problemOf(
  { statusCode, headers }: Response,
  { text, call }: { readonly text: string; readonly call: ApiCall },
): string | undefined {
  const root = rootOf(text);
  if (statusCode >= 300)
    return namesError(headers, text, root) ? undefined : `HTTP ${statusCode} that names no error`;
  if (root !== undefined && errorRoots.has(root)) return `an error's document, with HTTP ${statusCode}`;
  if (call.roots === undefined || isExpected(root, call)) return undefined;
  return root === undefined ? "it is no XML document" : `its document is <${root.slice(0, 100)}>`;
}

const errorRoots = new Set(["Error", "ErrorResponse", "Errors", "Response"]);

// AWS names an error in a header or in the body, after each of its protocols. https://smithy.io/2.0/aws/protocols/index.html
function namesError(headers: Response["headers"], text: string, root: string | undefined): boolean {
  if (headers["x-amzn-errortype"] !== undefined || headers["x-amzn-query-error"] !== undefined) return true;
  return root === undefined
    ? /^\s*\{[^]*"(?:__type|[cC]ode)"\s*:\s*"/u.test(text)
    : errorRoots.has(root) && /<Code>\s*[^<\s]/u.test(text);
}

// Servers that are generated from S3's model name a root that the model leaves open by the operation.
function isExpected(root: string | undefined, { operation, roots = [] }: ApiCall): boolean {
  if (root === undefined) return false;
  return roots.includes(root) || ["Result", "Response", "Output"].some((end) => root === operation + end);
}

function rootOf(text: string): string | undefined {
  const start = text.replace(/^\uFEFF?\s*(?:<\?[^]*?\?>\s*|<!--[^]*?-->\s*)*/u, "");
  return /^<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]/u.exec(start)?.[1];
}

function unanswered(problem: string, status: number): Error {
  return Object.assign(new Error(problem), { name: "Unknown", $metadata: { httpStatusCode: status } });
}
