import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import type { AlarmWorld } from "../reach/alarm-world.js";

/** The same account with some resources added; one of the same type and ARN is replaced. */
export function withResources(account: Account, added: readonly Resource[]): Account {
  const isAdded = (resource: Resource): boolean =>
    added.some(({ type, arn }) => type === resource.type && arn !== undefined && arn === resource.arn);
  return {
    ...account,
    list: (type) => {
      const { resources, blind } = account.list(type);
      return {
        resources: [
          ...resources.filter((resource) => !isAdded(resource)),
          ...added.filter((resource) => resource.type === type),
        ],
        blind,
      };
    },
    find: (type, arnOrId) =>
      added.find(
        (resource) => resource.type === type && (resource.arn === arnOrId || resource.id === arnOrId),
      ) ?? account.find(type, arnOrId),
  };
}

/** A world with metric alarms of new names added. What is there already is not sorted again: hundreds of resources may each want a remedy. */
export function withAlarms(world: AlarmWorld, account: Account, added: readonly Resource[]): AlarmWorld {
  return {
    ...world,
    account,
    in: (region, kind) =>
      kind === "metric"
        ? [...world.in(region, kind), ...added.filter((alarm) => alarm.region === region)]
        : world.in(region, kind),
    find: (region, name) =>
      added.find((alarm) => alarm.region === region && alarm.id === name) ?? world.find(region, name),
  };
}
