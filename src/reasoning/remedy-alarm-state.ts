import type { Account } from "../core/account.js";
import type { Resource } from "../core/resource.js";

/** The same account with some resources added; one of the same type and ARN is replaced. */
export function withResources(account: Account, added: readonly Resource[]): Account {
  const isAdded = (resource: Resource): boolean => added.some(({ type, arn }) => type === resource.type && arn !== undefined && arn === resource.arn);
  return {
    ...account,
    list: (type) => {
      const { resources, blind } = account.list(type);
      return { resources: [...resources.filter((resource) => !isAdded(resource)), ...added.filter((resource) => resource.type === type)], blind };
    },
    find: (type, arnOrId) => added.find((resource) => resource.type === type && (resource.arn === arnOrId || resource.id === arnOrId)) ?? account.find(type, arnOrId),
  };
}
