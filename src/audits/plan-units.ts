import type {
  AuditTargets,
  AuditUnit,
  Entrance,
  MemberAccount,
  Members,
  OrganizationChoice,
  RoleStep,
  SkippedAccount,
} from "../core/audit.js";
import type { Config } from "../core/config.js";
import type { AccountIdentity } from "../core/snapshot.js";
import { SourceError } from "../core/source.js";
import { byKeys } from "../shared/order.js";

/** The config's section `audit`. */
export type AuditSettings = NonNullable<Config["audit"]>;
type NamedAccount = NonNullable<AuditSettings["accounts"]>[number];

/** Asks AWS; each at most once. `caller`: whose credentials are at hand. `members`: the accounts of the organization, asked with a role where one is named. */
export type Inquiries = {
  caller(): Promise<AccountIdentity>;
  members(choice: OrganizationChoice, from: string | undefined): Promise<Members>;
};

/**
 * Finds out which accounts are judged, and how each is entered; where the config names none, the one at hand. `only`: these accounts
 * and no others.
 *
 * @throws SourceError where AWS does not say, or an account cannot be entered as the config says.
 */
export async function planUnits(
  settings: AuditSettings,
  inquiries: Inquiries,
  only?: readonly string[],
): Promise<AuditTargets> {
  const { organization } = settings;
  const named =
    settings.accounts ?? (organization === undefined ? [{ id: (await inquiries.caller()).id }] : []);
  const members =
    organization === undefined
      ? { accounts: [], skipped: [] }
      : await inquiries.members(organization, organization.from);
  const isOut = new Set(
    members.skipped.filter(({ because }) => because !== "is not in the organization").map(({ id }) => id),
  );
  const accounts = together(named, members.accounts).filter(({ id }) => !isOut.has(id));
  const wanted = only === undefined ? accounts : accounts.filter(({ id }) => only.includes(id));
  const skipped = withoutFound(members.skipped, wanted).filter(
    ({ id }) => only === undefined || only.includes(id),
  );
  mustKnow(only, [...accounts, ...skipped]);
  const units = await enterAll(wanted, settings, inquiries);
  return {
    units: [...units].sort(byId),
    skipped: [...skipped].sort(byId),
    ...(only === undefined ? {} : { partial: true }),
  };
}

const byId = byKeys<{ readonly id: string }>(({ id }) => id);

// What the config says of an account goes before what the organization says.
function together(
  named: readonly NamedAccount[],
  members: readonly MemberAccount[],
): readonly NamedAccount[] {
  const byNumber = new Map<string, NamedAccount>(
    members.map(({ id, name }) => [id, name === "" ? { id } : { id, name }]),
  );
  for (const account of named) byNumber.set(account.id, { ...byNumber.get(account.id), ...account });
  return [...byNumber.values()];
}

function withoutFound(
  skipped: readonly SkippedAccount[],
  accounts: readonly NamedAccount[],
): readonly SkippedAccount[] {
  const found = new Set(accounts.map(({ id }) => id));
  return skipped.filter(({ id }) => !found.has(id));
}

function mustKnow(only: readonly string[] | undefined, known: readonly { readonly id: string }[]): void {
  const unknown = only?.find((id) => !known.some((account) => account.id === id));
  if (unknown !== undefined)
    throw new SourceError(
      `--account ${unknown}: there is no such account in this audit; \`watchproof audit --plan\` lists them`,
    );
}

async function enterAll(
  accounts: readonly NamedAccount[],
  settings: AuditSettings,
  inquiries: Inquiries,
): Promise<readonly AuditUnit[]> {
  const isAsked = accounts.some(({ profile }) => profile === undefined);
  const own = isAsked ? await inquiries.caller() : undefined;
  if (own !== undefined) mustAllowDuration(settings, own);
  return accounts.map((account) => {
    const { id, name, regions } = account;
    const entrance = entranceOf(account, settings, own);
    return {
      id,
      ...(name === undefined ? {} : { name }),
      partition: own?.partition ?? "aws",
      entrance,
      ...(regions === undefined ? {} : { regions }),
    };
  });
}

// A role at hand that assumes another is a chain, even where the config names only one.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (DurationSeconds)
function mustAllowDuration({ role }: AuditSettings, { caller }: AccountIdentity): void {
  const isRole = /^arn:[^:]*:sts::\d{12}:assumed-role\//u.test(caller ?? "");
  if (!isRole || role?.durationSeconds === undefined || role.durationSeconds <= 3600) return;
  throw new SourceError(
    `audit.role.durationSeconds is ${role.durationSeconds.toString()}, but the credentials at hand are those of a role (${caller ?? ""}): AWS allows at most 3600 where one role is assumed from another`,
  );
}

function entranceOf(
  account: NamedAccount,
  { role: common }: AuditSettings,
  own: AccountIdentity | undefined,
): Entrance {
  const { id, profile, role: named } = account;
  if (profile !== undefined) return { kind: "profile", profile };
  // Nobody needs a role to stay at home; where the config names one for this very account, it is meant.
  if (named === undefined && own?.id === id) return { kind: "own" };
  const role = named ?? common?.name;
  if (role === undefined)
    throw new SourceError(
      `account ${id} cannot be entered: the credentials at hand are those of account ${own?.id ?? "unknown"}. Give it a role or a profile in audit.accounts, or set audit.role`,
    );
  return {
    kind: "roles",
    roles: [...stepsBefore(common), lastStep(account, role, { common, partition: own?.partition ?? "aws" })],
  };
}

function stepsBefore(common: AuditSettings["role"]): readonly RoleStep[] {
  return (common?.through ?? []).map((arn) => stepOf(arn, { sessionName: common?.sessionName }));
}

type Common = { readonly common: AuditSettings["role"] | undefined; readonly partition: string };

function lastStep({ id, externalId }: NamedAccount, role: string, { common, partition }: Common): RoleStep {
  const arn = role.startsWith("arn:") ? role : `arn:${partition}:iam::${id}:role/${role.replace(/^\//u, "")}`;
  return stepOf(arn, {
    externalId: externalId ?? common?.externalId,
    sessionName: common?.sessionName,
    durationSeconds: common?.durationSeconds,
  });
}

type StepParts = { readonly [Key in Exclude<keyof RoleStep, "arn">]?: RoleStep[Key] | undefined };

function stepOf(arn: string, { externalId, sessionName, durationSeconds }: StepParts): RoleStep {
  return {
    arn,
    ...(externalId === undefined ? {} : { externalId }),
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
  };
}
