import { Hole } from "../../core/declared.js";
import type { DeclarationTarget } from "../../core/declared.js";
import type { Home } from "../../mappings/identify.js";
import { isAccountId } from "../../shared/aws/account-id.js";
import { parseArn } from "../../shared/aws/arn.js";
import { leaderRegion, partitionOf } from "../../shared/aws/partitions.js";
import { resourceOf } from "./configuration.js";
import type { Configuration } from "./configuration.js";
import { isPlanObject, listAt, memberAt, objectAt, textAt } from "./document.js";
import type { Plan, PlanChange, PlanObject } from "./document.js";
import { ofAfter, textBefore } from "./values.js";

/** Where a resource lives: as far as the plan says, and as its names are made, with words of no account where it does not. */
export type PlanHome = {
  readonly account: string | Hole;
  readonly region: string | Hole;
  readonly home: Home;
};

type Known = { readonly account?: string | undefined; readonly region?: string | undefined };
type Where = { readonly plan: Plan; readonly configuration: Configuration };

/** Answers where each resource of a plan lives; `target` stands in where the plan does not say. */
export function findHomes(
  where: Where,
  target: DeclarationTarget | undefined,
): (change: PlanChange) => PlanHome {
  const told = toldByResources(where);
  const read = toldByData(where);
  const providers = new Map<string, Known>();
  const known = (key: string): Known => {
    const found = providers.get(key) ?? {
      account: told.get(key)?.account ?? read.get(key)?.account ?? configuredAccount(where, key),
      region: configuredRegion(where, key) ?? read.get(key)?.region ?? told.get(key)?.region,
    };
    providers.set(key, found);
    return found;
  };
  return (change) => {
    const own = ownHome(change);
    const provider = known(providerKey(where.configuration, change));
    const account = own.account ?? provider.account ?? target?.account.id;
    const region = own.region ?? provider.region ?? target?.region;
    return homeOf({ account, region }, target);
  };
}

function homeOf({ account, region }: Known, target: DeclarationTarget | undefined): PlanHome {
  const partition = region === undefined ? (target?.account.partition ?? "aws") : partitionOf(region);
  return {
    account: account ?? new Hole("the account, which the plan does not say"),
    region: region ?? new Hole("the region, which the plan does not say"),
    home: { account: account ?? "000000000000", region: region ?? leaderRegion(partition), partition },
  };
}

/** What a resource itself says of where it lives. */
function ownHome(change: PlanChange): Known {
  const arn = arnOf(change);
  const after = ofAfter(change, "region");
  const region = regionIn(typeof after === "string" ? after : undefined);
  return {
    account: arn?.account,
    region: region ?? regionIn(textBefore(change, "region")) ?? arn?.region,
  };
}

function arnOf(change: PlanChange): Known | undefined {
  const arn = parseArn(textBefore(change, "arn") ?? "") ?? parseArn(textBefore(change, "id") ?? "");
  if (arn === undefined) return undefined;
  return { account: isAccountId(arn.account) ? arn.account : undefined, region: regionIn(arn.region) };
}

function regionIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z]{2,4}(?:-[a-z]+)+-\d$/u.test(text) ? text : undefined;
}

/** The provider's configuration that a resource uses, as the plan calls it. */
function providerKey(configuration: Configuration, change: PlanChange): string {
  const resource = resourceOf(configuration, change);
  const key = resource === undefined ? undefined : textAt(resource, "provider_config_key");
  if (key !== undefined) return key;
  // What is written nowhere any more was of the one provider of its name, where there is but one.
  const name = change.provider.split("/").at(-1) ?? "";
  const all = Object.keys(configuration.providers).filter(
    (one) => one === name || one.startsWith(`${name}.`),
  );
  return all.length === 1 ? (all[0] ?? "") : "";
}

// A provider's configuration leads to one account, and before version 6 to one region.
function toldByResources({ plan, configuration }: Where): ReadonlyMap<string, Known> {
  const told = new Map<string, { accounts: Set<string>; regions: Set<string> }>();
  for (const change of plan.changes) {
    const arn = arnOf(change);
    if (arn === undefined) continue;
    const key = providerKey(configuration, change);
    const entry = told.get(key) ?? { accounts: new Set(), regions: new Set() };
    if (arn.account !== undefined) entry.accounts.add(arn.account);
    if (arn.region !== undefined && textBefore(change, "region") === undefined) entry.regions.add(arn.region);
    told.set(key, entry);
  }
  return new Map(
    [...told].map(([key, { accounts, regions }]) => [
      key,
      { account: only(accounts), region: only(regions) },
    ]),
  );
}

function only(values: ReadonlySet<string>): string | undefined {
  return values.size === 1 ? [...values][0] : undefined;
}

function toldByData({ plan, configuration }: Where): ReadonlyMap<string, Known> {
  const told = new Map<string, Known>();
  for (const { module, resource } of priorData(
    objectAt(objectAt(plan.priorState, "values"), "root_module"),
  )) {
    const [type, name] = [textAt(resource, "type") ?? "", textAt(resource, "name") ?? ""];
    const written = resourceOf(configuration, { module, mode: "data", type, name });
    const key = written === undefined ? undefined : textAt(written, "provider_config_key");
    if (key !== undefined) told.set(key, { ...told.get(key), ...toldBy(type, objectAt(resource, "values")) });
  }
  return told;
}

function toldBy(type: string, values: PlanObject): Known {
  if (type === "aws_caller_identity") return { account: textAt(values, "account_id") };
  if (type === "aws_region") return { region: textAt(values, "region") ?? textAt(values, "name") };
  return {};
}

type Data = { readonly module: string; readonly resource: PlanObject };

const DEEPEST = 64;

/** The data sources that were read while planning, of all modules. */
export function priorData(module: PlanObject, depth = 0): readonly Data[] {
  if (depth > DEEPEST) return [];
  const address = textAt(module, "address") ?? "";
  const own = listAt(module, "resources")
    .filter(isPlanObject)
    .filter((resource) => resource["mode"] === "data")
    .map((resource) => ({ module: address, resource }));
  const below = listAt(module, "child_modules").filter(isPlanObject);
  return [...own, ...below.flatMap((child) => priorData(child, depth + 1))];
}

function providerExpressions({ configuration }: Where, key: string): PlanObject {
  return objectAt(objectAt(configuration.providers, key), "expressions");
}

function configuredAccount(where: Where, key: string): string | undefined {
  const expressions = providerExpressions(where, key);
  const roles = listAt(expressions, "assume_role").filter(isPlanObject);
  const role = roles.at(-1);
  const arn = role === undefined ? undefined : constantText(where, memberAt(role, "role_arn"));
  const account = parseArn(arn ?? "")?.account;
  if (account !== undefined && isAccountId(account)) return account;
  const allowed = listAt(objectAt(expressions, "allowed_account_ids"), "constant_value");
  return allowed.length === 1 && typeof allowed[0] === "string" ? allowed[0] : undefined;
}

function configuredRegion(where: Where, key: string): string | undefined {
  const region = constantText(where, memberAt(providerExpressions(where, key), "region"));
  return regionIn(region);
}

/** A text that an expression of the root is: written there, or the value of the one variable that it names. */
function constantText({ plan, configuration }: Where, expression: unknown): string | undefined {
  if (!isPlanObject(expression)) return undefined;
  const constant = textAt(expression, "constant_value");
  if (constant !== undefined) return constant;
  const references = listAt(expression, "references");
  const [reference] = references;
  if (references.length !== 1 || typeof reference !== "string" || !reference.startsWith("var."))
    return undefined;
  const name = reference.slice("var.".length);
  const declared = objectAt(configuration.moduleAt("")?.variables ?? {}, name);
  if (memberAt(declared, "sensitive") === true) return undefined;
  return textAt(objectAt(plan.variables, name), "value");
}
