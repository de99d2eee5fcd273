import type { Config } from "../../core/formats/config.js";
import { checkRegion } from "./check-regions.js";
import { sayPath, show } from "../diagnostics/describe.js";
import type { Fault, Path } from "../diagnostics/fault.js";

type Audit = NonNullable<Config["audit"]>;
type NamedAccount = NonNullable<Audit["accounts"]>[number];

/** What is wrong with the accounts of an audit, and with how they are entered. */
export function checkAudit({ audit }: Config): readonly Fault[] {
  if (audit === undefined) return [];
  return [
    ...(audit.accounts ?? []).flatMap((account, index) => checkAccount(account, index, audit)),
    ...checkEntrances(audit),
    ...checkRole(audit.role),
    ...checkBucket(audit),
    ...(audit.organization?.from === undefined
      ? []
      : checkRoleArn(audit.organization.from, ["audit", "organization", "from"])),
  ];
}

// Without a store here, the command line may name a bucket.
function checkBucket({ store = "s3://", ...asked }: Audit): readonly Fault[] {
  if (store.startsWith("s3://")) return [];
  return (["bucketOwner", "kmsKey"] as const)
    .filter((name) => asked[name] !== undefined)
    .map((name) =>
      fault(
        "not-allowed-here",
        ["audit", name],
        [
          `${show(store)} is a folder, of which no bucket's owner or key can be asked`,
          "name a store such as s3://bucket/prefix, or leave it away",
          "key",
        ],
      ),
    );
}

function checkAccount(
  { id, profile, role, externalId, regions = [] }: NamedAccount,
  index: number,
  { accounts = [] }: Audit,
): readonly Fault[] {
  const base = ["audit", "accounts", index];
  const earlier = accounts.findIndex((other) => other.id === id);
  const isTwice = earlier < index;
  return [
    ...(isTwice
      ? [
          fault(
            "duplicate-item",
            [...base, "id"],
            [`account ${id} is already audit.accounts[${earlier.toString()}]`],
          ),
        ]
      : []),
    ...(profile !== undefined && role !== undefined
      ? [
          fault(
            "not-allowed-here",
            [...base, "role"],
            [
              "a profile is used instead of a role",
              "name a role in the profile (role_arn), or leave the profile away",
              "key",
            ],
          ),
        ]
      : []),
    ...(profile !== undefined && externalId !== undefined
      ? [
          fault(
            "not-allowed-here",
            [...base, "externalId"],
            [
              "an external id goes with a role, not with a profile",
              "a profile has its own: external_id",
              "key",
            ],
          ),
        ]
      : []),
    ...(role === undefined ? [] : checkAccountRole(role, id, [...base, "role"])),
    ...regions.flatMap((region, at) => checkRegion(region, [...base, "regions", at]) ?? []),
  ];
}

function checkAccountRole(role: string, id: string, path: Path): readonly Fault[] {
  if (!role.startsWith("arn:")) return checkRoleName(role, path);
  const faults = checkRoleArn(role, path);
  const account = role.split(":")[4];
  return faults.length > 0 || account === id
    ? faults
    : [
        fault("bad-value", path, [
          `this role is in account ${account ?? ""}, not in ${id}`,
          "name a role of this account; roles to be assumed before it stand in audit.role.through",
        ]),
      ];
}

function checkRole(role: Audit["role"]): readonly Fault[] {
  if (role === undefined) return [];
  const { name, through = [], durationSeconds } = role;
  const isChain = through.length > 0 && durationSeconds !== undefined && durationSeconds > 3600;
  const tooLong = `${show(durationSeconds ?? 0)} seconds is more than AWS allows where one role is assumed from another`;
  return [
    ...(name.startsWith("arn:")
      ? [
          fault(
            "bad-value",
            ["audit", "role", "name"],
            [
              "this is an ARN; a name is expected, since the role is assumed in each account",
              `write ${show(name.split(":role/")[1] ?? "Watchproof")}`,
            ],
          ),
        ]
      : checkRoleName(name, ["audit", "role", "name"])),
    ...through.flatMap((arn, index) => checkRoleArn(arn, ["audit", "role", "through", index])),
    ...(isChain
      ? [
          fault(
            "bad-value",
            ["audit", "role", "durationSeconds"],
            [tooLong, "write 3600 or less; sessions are renewed when they end"],
          ),
        ]
      : []),
  ];
}

// An organization's accounts are many, and the credentials at hand are those of one.
function checkEntrances({ accounts = [], organization, role }: Audit): readonly Fault[] {
  if (role !== undefined) return [];
  const message = "how are these accounts entered? audit.role is missing";
  const hint = "add role: { name: … }, the role that is assumed in each account";
  if (organization !== undefined)
    return [fault("missing-key", ["audit", "organization"], [message, hint, "key"])];
  const without = accounts.flatMap((account, index) =>
    account.role === undefined && account.profile === undefined ? [{ ...account, index }] : [],
  );
  const [, second] = without;
  if (second === undefined) return [];
  return [
    fault(
      "missing-key",
      ["audit", "accounts", second.index],
      [
        `how is account ${second.id} entered? The credentials at hand are those of one account, and ${without[0]?.id ?? ""} has neither role nor profile, too`,
        "give each a role or a profile, or set audit.role",
      ],
    ),
  ];
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (names), reference_identifiers.html (ARNs)
function checkRoleArn(arn: string, path: Path): readonly Fault[] {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/u.test(arn)) return [];
  return [
    fault("bad-value", path, [
      `${show(arn)} is no ARN of a role`,
      "it looks like arn:aws:iam::111122223333:role/Watchproof",
    ]),
  ];
}

function checkRoleName(name: string, path: Path): readonly Fault[] {
  return /^\/?[\w+=,.@/-]+$/u.test(name) && !name.endsWith("/")
    ? []
    : [
        fault("bad-value", path, [
          `${show(name)} is no name of a role`,
          "a role's name has letters, digits and +=,.@_-, with its path before it: audit/Watchproof",
        ]),
      ];
}

function fault(
  code: Fault["code"],
  path: Path,
  [message, hint, at = "value"]: readonly [message: string, hint?: string, at?: "key" | "value"],
): Fault {
  return { path, at, code, message: `${sayPath(path)}: ${message}`, ...(hint === undefined ? {} : { hint }) };
}
