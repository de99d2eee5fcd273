import type { Operation } from "../core/collector.js";
import type { JsonObject } from "../core/json.js";
import { SourceError } from "../core/source.js";
import type {
  AccountChoice,
  MemberAccount,
  Members,
  OrganizationChoice,
  SkippedAccount,
} from "../core/audit.js";
import { sortedUnique } from "../shared/order.js";
import type { Asking } from "./ask-account.js";
import { explain } from "./failure.js";
import type { Failure } from "./failure.js";
import { askPages } from "./pages.js";

/**
 * The accounts of the organization that the asking account manages, or is a delegated administrator of.
 *
 * @throws SourceError where AWS does not list them all: nobody would miss an account that was never listed.
 */
export async function listOrganization(
  asking: Pick<Asking, "ask" | "region">,
  { include, exclude }: OrganizationChoice,
): Promise<Members> {
  const listed = (await pagesOf(asking, "ListAccounts", {})).flatMap(accountsIn);
  const units = new Map<string, ReadonlySet<string>>();
  for (const ou of sortedUnique([...(include?.ous ?? []), ...(exclude?.ous ?? [])]))
    units.set(ou, await accountsBelow(asking, ou));
  const tags = new Map<string, Promise<Tags>>();
  const tagsOf = (id: string): Promise<Tags> => {
    const asked = tags.get(id) ?? tagsOfAccount(asking, id);
    tags.set(id, asked);
    return asked;
  };
  const chosen = await Promise.all(
    listed.map(
      async (account) =>
        (await isChosen(account, include ?? everything, { units, tagsOf })) &&
        !(exclude !== undefined && (await isChosen(account, exclude, { units, tagsOf }))),
    ),
  );
  const members = listed.filter((_, index) => chosen[index]);
  return {
    accounts: members.filter(({ state }) => state === "ACTIVE").map(({ id, name }) => ({ id, name })),
    skipped: [
      ...members
        .filter(({ state }) => state !== "ACTIVE")
        .map(({ id, name, state }) => ({
          id,
          name,
          because: stateWords[state] ?? `is in the state ${state}`,
        })),
      ...missing(include, listed),
    ],
  };
}

type Listed = MemberAccount & { readonly state: string };
type Tags = ReadonlyMap<string, string>;
type Known = {
  readonly units: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tagsOf: (id: string) => Promise<Tags>;
};

const everything = undefined;
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
const stateWords: Readonly<Record<string, string>> = {
  SUSPENDED: "is suspended",
  CLOSED: "is closed",
  PENDING_CLOSURE: "is being closed",
  PENDING_ACTIVATION: "is not yet active",
};

// Tags are asked last, since each account is a call of its own, at a low rate. A suspended account is not asked: it is chosen, and skipped.
async function isChosen(
  { id, state }: Listed,
  choice: AccountChoice | undefined,
  { units, tagsOf }: Known,
): Promise<boolean> {
  if (choice === everything) return true;
  if (choice.accounts?.includes(id) === true || choice.ous?.some((ou) => units.get(ou)?.has(id)) === true)
    return true;
  if (choice.tags === undefined || state !== "ACTIVE") return false;
  const tags = await tagsOf(id);
  return Object.entries(choice.tags).some(([key, value]) => tags.get(key) === value);
}

function missing(include: AccountChoice | undefined, listed: readonly Listed[]): readonly SkippedAccount[] {
  const known = new Set(listed.map(({ id }) => id));
  return (include?.accounts ?? [])
    .filter((id) => !known.has(id))
    .map((id) => ({ id, because: "is not in the organization" }));
}

async function accountsBelow(
  asking: Pick<Asking, "ask" | "region">,
  parent: string,
): Promise<ReadonlySet<string>> {
  const own = (await pagesOf(asking, "ListAccountsForParent", { ParentId: parent }))
    .flatMap(accountsIn)
    .map(({ id }) => id);
  const children = (await pagesOf(asking, "ListOrganizationalUnitsForParent", { ParentId: parent }))
    .flatMap((page) => records(page, "OrganizationalUnits"))
    .map(({ Id }) => textOf(Id));
  const below = await Promise.all(children.map((child) => accountsBelow(asking, child)));
  return new Set([...own, ...below.flatMap((ids) => [...ids])]);
}

async function tagsOfAccount(asking: Pick<Asking, "ask" | "region">, id: string): Promise<Tags> {
  const pages = await pagesOf(asking, "ListTagsForResource", { ResourceId: id });
  return new Map(
    pages.flatMap((page) => records(page, "Tags")).map(({ Key, Value }) => [textOf(Key), textOf(Value)]),
  );
}

const listsOf = {
  ListAccounts: "Accounts",
  ListAccountsForParent: "Accounts",
  ListOrganizationalUnitsForParent: "OrganizationalUnits",
  ListTagsForResource: "Tags",
} as const;

async function pagesOf(
  { ask, region }: Pick<Asking, "ask" | "region">,
  name: keyof typeof listsOf,
  input: JsonObject,
): Promise<readonly unknown[]> {
  const operation: Operation = { service: "organizations", name, proof: { members: [listsOf[name]] } };
  const { pages, failure } = await askPages(ask, operation, {
    region,
    input,
    pages: { ask: "NextToken", answer: "NextToken" },
  });
  if (failure !== undefined)
    throw new SourceError(explainListing(failure, name, input), explain(failure, operation, region));
  return pages;
}

function explainListing(failure: Failure, name: string, { ParentId, ResourceId }: JsonObject): string {
  const about = [ParentId, ResourceId]
    .flatMap((id) => (typeof id === "string" ? [` of ${id}`] : []))
    .join("");
  const what = `The organization's accounts cannot be listed: organizations:${name}${about}`;
  if (failure.name === "AWSOrganizationsNotInUseException")
    return "The organization's accounts cannot be listed: the account of these credentials is in no organization. Name the accounts in audit.accounts, or set audit.organization.from to a role in the management account.";
  if (failure.kind === "refused")
    return `${what} is refused. AWS lets only the management account and delegated administrators list: set audit.organization.from to a role there that is allowed organizations:List*.`;
  if (failure.name === "ParentNotFoundException")
    return `${what} failed: there is no such organizational unit. Correct audit.organization.include.ous or exclude.ous.`;
  return `${what} failed (${failure.reason}: ${failure.message}).`;
}

function accountsIn(page: unknown): readonly Listed[] {
  // AWS replaces Status by State in 2026; whichever is there.
  return records(page, "Accounts").map(({ Id, Name, State, Status }) => ({
    id: textOf(Id),
    name: textOf(Name),
    state: textOf(State) || textOf(Status),
  }));
}

type Fields = Readonly<Record<string, unknown>>;

function records(page: unknown, member: string): readonly Fields[] {
  const list = { ...(page as Fields | undefined) }[member];
  return Array.isArray(list)
    ? list.filter((entry): entry is Fields => typeof entry === "object" && entry !== null)
    : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
