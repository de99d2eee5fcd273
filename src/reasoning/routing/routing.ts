import type { Account, Blind } from "../../core/account.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import type { MessageBody } from "../../languages/filter-policy/filter-policy.js";
import { smallest } from "../../languages/partial-record/partial-record.js";
import type { PartialRecord, PartialValue } from "../../languages/partial-record/partial-record.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { here, waysOf } from "../detection/chain-build.js";
import { hiddenRuleLink, RULE, ruleLink, targetLink } from "../detection/chain-rules.js";
import type { TargetOptions } from "../detection/chain-rules.js";
import { chainOf } from "../detection/chain.js";
import type { Chain } from "../detection/chain.js";
import type { EventDemand, Part } from "../detection/detection.js";

/** What counts as somebody. */
type RouteOptions = Pick<TargetOptions, "indirect">;

/** The rules of the demanded regions by which events that services send themselves may come to somebody. */
export function serviceParts(
  account: Account,
  demand: readonly EventDemand[],
  options: RouteOptions,
): readonly Part[] {
  const { resources, blind } = account.list(RULE);
  const hidden = [...blind, ...account.list("AWS::Events::EventBus").blind];
  return demand.map((one) => {
    const events = one.events(one.regions);
    const target: TargetOptions = {
      ...options,
      message: "kind" in events ? messageOf(events) : { kind: "unknown" },
    };
    const chains = resources
      .filter(({ region }) => one.regions.includes(region))
      .map((rule) =>
        chainOf(
          [ruleLink(account, rule, "service-events"), targetLink(account, rule, target)],
          here(rule.region),
        ),
      );
    return {
      demand: one,
      chains: [...chains, ...one.regions.flatMap((region) => hiddenChains(hidden, region))],
    };
  });
}

/** The rules by which API calls that trails record may come to somebody; alarms do not count. */
export function callParts(
  account: Account,
  demand: readonly EventDemand[],
  options: RouteOptions,
): readonly Part[] {
  const chains = waysOf(account, options).chains.filter(({ links }) =>
    links.some(({ name }) => name === "rule"),
  );
  return demand.map((one) => ({
    demand: one,
    chains: chains.filter((chain) => one.regions.some((region) => chain.covers(region).is !== "no")),
  }));
}

function hiddenChains(hidden: readonly Blind[], region: string): readonly Chain[] {
  return hidden
    .filter((blind) => blind.region === region || blind.region === "global")
    .map((blind) => chainOf([hiddenRuleLink(region, explainBlind(blind), blind.kind)], here(region)));
}

/** What the events of a set say alike, and what only the moment tells, for filters on a message's body. */
function messageOf(events: PartialRecord): MessageBody {
  const free: string[] = [];
  const value = fixedIn(events, "", free);
  return { kind: "json", value, free };
}

function fixedIn({ fields, others }: PartialRecord, prefix: string, free: string[]): JsonObject {
  const members = Object.entries(fields).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const value = field.kind === "object" ? fixedIn(field, `${path}.`, free) : fixedValue(field);
    if (value === undefined && field.kind !== "absent") free.push(path);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (others === "anything") free.push(`${prefix}*`);
  return Object.fromEntries(members);
}

function fixedValue(field: PartialValue): JsonValue | undefined {
  if (field.kind === "exactly") return field.value;
  if (field.kind === "either" && field.options.length === 1) return smallest(field);
  return field.kind === "list" && field.items.every(({ kind }) => kind === "exactly")
    ? smallest(field)
    : undefined;
}
