import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { prepareCondition } from "./condition.js";
import type { Condition, ConditionOption } from "./condition.js";
import type { Probe } from "./probe.js";
import { treeProbes } from "./tree-probes.js";

/** A condition whose sides are counted. `among`: it is only asked of resources that meet this one. */
export type CoveredCondition = {
  readonly name: string;
  readonly condition: ConditionOption;
  readonly among?: ConditionOption;
};

/** Resources that a condition was asked of, in one account, with the rule's own values. */
export type Asked = {
  readonly account: Account;
  readonly resources: readonly Resource[];
  readonly params: JsonObject;
};

/** One side of a part of a condition, and whether any resource took it. */
export type Side = Probe & { readonly name: string; readonly taken: boolean };

/** Both sides of every part of a condition. A side that was never reached is not taken, one that could not be read neither. */
export async function coverCondition(
  { name, condition, among }: CoveredCondition,
  asked: readonly Asked[],
): Promise<readonly Side[]> {
  const gate = among === undefined ? undefined : await prepareCondition(among);
  const admitted = asked.map((one) => ({
    ...one,
    resources: one.resources.filter((resource) => gate === undefined || isMet(gate, resource, one)),
  }));
  const probes =
    typeof condition === "string"
      ? (await import("./expression-probes.js")).expressionProbes(condition)
      : treeProbes(condition);
  return Promise.all(
    probes.map(async (probe) => ({ ...probe, name, taken: await isTaken(probe, admitted) })),
  );
}

async function isTaken({ condition }: Probe, asked: readonly Asked[]): Promise<boolean> {
  const prepared = await prepareCondition(condition);
  return asked.some((one) => one.resources.some((resource) => isMet(prepared, resource, one)));
}

function isMet(condition: Condition, resource: Resource, { account, params }: Asked): boolean {
  return condition.decide(resource, { account, params }).kind === "yes";
}
