import type { Account } from "../../core/account.js";
import { readBoolean, readText } from "../../shared/read-property.js";

/** The organization of whoever owns what a service acts for: its id, null outside of any; absent where it was not read. */
export type OfOrganization = { readonly organization?: string | null };

const ORGANIZATION = "AWS::Organizations::Organization";

/** The organization of an owner, where it is the account that was read. */
export function organizationOf(account: Account, owner: string): OfOrganization {
  const read = owner === account.id ? account.find(ORGANIZATION, account.id) : undefined;
  if (read === undefined) return {};
  const id = readText(read, "OrganizationId");
  if (id.kind === "set") return { organization: id.value };
  const isIn = readBoolean(read, "InOrganization");
  return isIn.kind === "set" && !isIn.value ? { organization: null } : {};
}

/** What a request says of it: `aws:SourceOrgID`, which comes where the owner is in an organization alone. */
export function organizationContext({ organization }: OfOrganization): {
  readonly "aws:SourceOrgID"?: readonly string[] | null;
} {
  if (organization === undefined) return {};
  return { "aws:SourceOrgID": organization === null ? null : [organization] };
}
