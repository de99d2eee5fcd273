import type { Config } from "../core/config.js";
import { allow, policyOf } from "../shared/aws/iam-policy-document.js";
import type { PolicyDocument, PolicyStatement } from "../shared/aws/iam-policy-document.js";
import { sortedUnique } from "../shared/order.js";
import { partitionOf } from "../shared/aws/partitions.js";
import { notifyChannels, notifyGrants } from "./notify-channels.js";

type Audit = NonNullable<Config["audit"]>;

/** What lists the accounts of an organization; tags are asked for only where the config chooses by them. */
const listing = [
  "organizations:ListAccounts",
  "organizations:ListAccountsForParent",
  "organizations:ListOrganizationalUnitsForParent",
  "organizations:ListTagsForResource",
];

/**
 * The policy of whoever runs `watchproof audit` with this config: to enter the accounts, to list them, to keep the
 * reports, to tell people. What is read in each account is the matter of the role there.
 */
export function auditPolicy({ audit = {}, regions }: Pick<Config, "audit" | "regions">): PolicyDocument {
  const partition = partitionOf(regions?.include?.[0] ?? "us-east-1");
  return policyOf([
    ...enters(audit, partition),
    ...lists(audit),
    ...keeps(audit, partition),
    ...tells({ audit }, "sns:Publish"),
  ]);
}

/** What is sent from within each account, by the role there. */
export function memberStatements(config: Pick<Config, "audit">): readonly PolicyStatement[] {
  return tells(config, "securityhub:BatchImportFindings");
}

// Of a chain of roles, the credentials at hand assume the first; each further one is the matter of the role before it.
function enters(audit: Audit, partition: string): readonly PolicyStatement[] {
  const { accounts = [], organization, role } = audit;
  const first = role?.through?.[0];
  const entered =
    first === undefined
      ? [
          ...membersRoles(audit, partition),
          ...accounts.flatMap(({ id, role: own }) =>
            own === undefined ? [] : [arnOf(own, { id, partition })],
          ),
        ]
      : [first];
  const roles = [...entered, ...(organization?.from === undefined ? [] : [organization.from])];
  return roles.length === 0
    ? []
    : [allow("WatchproofEntersAccounts", ["sts:AssumeRole"], sortedUnique(roles))];
}

function membersRoles({ accounts = [], organization, role }: Audit, partition: string): readonly string[] {
  if (role === undefined) return [];
  if (organization !== undefined) return [arnOf(role.name, { id: "*", partition })];
  return accounts.flatMap(({ id, profile, role: own }) =>
    profile === undefined && own === undefined ? [arnOf(role.name, { id, partition })] : [],
  );
}

function arnOf(role: string, { id, partition }: { readonly id: string; readonly partition: string }): string {
  return role.startsWith("arn:") ? role : `arn:${partition}:iam::${id}:role/${role.replace(/^\//u, "")}`;
}

function lists({ organization }: Audit): readonly PolicyStatement[] {
  if (organization === undefined || organization.from !== undefined) return [];
  const byOu = [organization.include, organization.exclude].some((choice) => choice?.ous !== undefined);
  const byTag = [organization.include, organization.exclude].some((choice) => choice?.tags !== undefined);
  const needed = listing.filter(
    (action) => (byOu || !/ForParent$/u.test(action)) && (byTag || !action.endsWith("ForResource")),
  );
  return [allow("WatchproofListsAccounts", needed, "*")];
}

function keeps({ store = "", kmsKey }: Audit, partition: string): readonly PolicyStatement[] {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/u.exec(store) ?? [];
  if (bucket === undefined) return [];
  const inside = prefix.replace(/\/+$/u, "");
  return [
    allow(
      "WatchproofKeepsReports",
      ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      `arn:${partition}:s3:::${bucket}/${inside === "" ? "" : `${inside}/`}*`,
    ),
    allow("WatchproofListsReports", ["s3:ListBucket"], `arn:${partition}:s3:::${bucket}`),
    // What is encrypted is decrypted again when it is read. An id without an account could be anybody's.
    ...(kmsKey?.startsWith("arn:") === true
      ? [allow("WatchproofEncryptsReports", ["kms:Decrypt", "kms:GenerateDataKey"], kmsKey)]
      : []),
  ];
}

function tells(config: Pick<Config, "audit">, action: string): readonly PolicyStatement[] {
  const grants = notifyGrants(notifyChannels(config)).filter((grant) => grant.action === action);
  return grants.length === 0
    ? []
    : [allow("WatchproofTells", [action], sortedUnique(grants.map(({ resource }) => resource)))];
}
