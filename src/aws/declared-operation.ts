import type { Operation, Proof } from "../core/collector.js";
import type { JsonObject } from "../core/json.js";

/** A call as data. */
export type DeclaredCall = {
  /** "eks:DescribeCluster": a key of `services.ts`, and the operation. */
  readonly call: string;
  /** The IAM actions, where they are not just the service's prefix and the operation. */
  readonly actions?: readonly string[];
  /** What is asked, with names in braces: "{id}", "{arn}", "{region}", "{parent}", "{parent.arn}", and properties of the parent or in `after`. */
  readonly input?: JsonObject;
  /** The input's member that takes what the output's holds. */
  readonly pages?: readonly [ask: string, answer: string];
  /** What proves that AWS answered; default: the list, or what stands at `from`. */
  readonly proof?: Proof;
};

/** What of the answer is used: `sure` is in every answer, `paths` are read. */
export type Used = {
  readonly sure: readonly string[];
  readonly paths: readonly string[];
};

/** The operation of a call, with the members that it uses. */
export function declaredOperation(
  { call, actions, pages, proof }: DeclaredCall,
  { sure, paths }: Used,
): Operation {
  const [service = "", name = ""] = call.split(":");
  const proven = proof ?? { members: sure };
  const members = "members" in proven ? proven.members.flatMap((either) => either.split("|")) : [];
  return {
    service,
    name,
    ...(actions === undefined ? {} : { actions }),
    proof: proven,
    members: [
      ...paths,
      ...members.filter((path) => !path.startsWith("$") && !path.includes("*") && !isCovered(path, paths)),
      ...(pages === undefined ? [] : [pages[1]]),
    ],
  };
}

// A whole structure would be read for the sake of one of its members.
function isCovered(path: string, paths: readonly string[]): boolean {
  return paths.some((other) => other === path || other.startsWith(`${path}.`));
}
