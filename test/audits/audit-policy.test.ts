import { describe, expect, it } from "vitest";
import { auditPolicy, memberStatements } from "../../src/audits/audit-policy.js";
import type { Config } from "../../src/core/config.js";

type Audit = NonNullable<Config["audit"]>;
const granted = (audit: Audit, more: Partial<Config> = {}): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    auditPolicy({ audit, ...more }).Statement.flatMap(({ Action, Resource }) =>
      Action.map((action) => [action, Resource] as const),
    ),
  );
const listing = [
  "organizations:ListAccounts",
  "organizations:ListAccountsForParent",
  "organizations:ListOrganizationalUnitsForParent",
  "organizations:ListTagsForResource",
];
const listed = (audit: Audit): readonly string[] =>
  Object.keys(granted(audit))
    .filter((action) => action.startsWith("organizations:"))
    .sort();
const ous = ["ou-abcd-12345678"];

describe("entering accounts", () => {
  it("names the role in any account of an organization, with its path", () => {
    expect(granted({ organization: {}, role: { name: "audit/Watchproof" } })["sts:AssumeRole"]).toEqual([
      "arn:aws:iam::*:role/audit/Watchproof",
    ]);
  });

  it("names single accounts where they are listed, and their own roles", () => {
    const accounts = [
      { id: "111111111111" },
      { id: "222222222222", role: "Own" },
      { id: "333333333333", role: "arn:aws:iam::333333333333:role/x/Y" },
      { id: "444444444444", profile: "p" },
    ];
    expect(granted({ accounts, role: { name: "W" } })["sts:AssumeRole"]).toEqual([
      "arn:aws:iam::111111111111:role/W",
      "arn:aws:iam::222222222222:role/Own",
      "arn:aws:iam::333333333333:role/x/Y",
    ]);
  });

  it("names of a chain the first role alone: the others are entered from it", () => {
    const through = ["arn:aws:iam::999999999999:role/hub", "arn:aws:iam::999999999999:role/spoke"];
    expect(
      granted({
        organization: { from: "arn:aws:iam::888888888888:role/lister" },
        role: { name: "W", through },
      })["sts:AssumeRole"],
    ).toEqual(["arn:aws:iam::888888888888:role/lister", "arn:aws:iam::999999999999:role/hub"]);
  });

  it("is in the partition of the config's regions", () => {
    expect(
      granted({ organization: {}, role: { name: "W" } }, { regions: { include: ["us-gov-west-1"] } })[
        "sts:AssumeRole"
      ],
    ).toEqual(["arn:aws-us-gov:iam::*:role/W"]);
  });
});

describe("listing accounts", () => {
  it.each<[string, Audit, readonly string[]]>([
    ["without an organization: nothing", { accounts: [{ id: "111111111111" }] }, []],
    ["all of it: one list", { organization: {} }, listing.slice(0, 1)],
    ["by units: the tree, too", { organization: { include: { ous } } }, listing.slice(0, 3)],
    ["by units left out: the tree, too", { organization: { exclude: { ous } } }, listing.slice(0, 3)],
    [
      "by tags: the accounts' tags, too",
      { organization: { exclude: { tags: { a: "b" } } } },
      ["organizations:ListAccounts", "organizations:ListTagsForResource"],
    ],
    [
      "from another role: that is its matter",
      { organization: { from: "arn:aws:iam::888888888888:role/lister" } },
      [],
    ],
  ])("%s", (_title, audit, actions) => {
    expect(listed(audit)).toEqual(actions);
  });
});

describe("keeping and telling", () => {
  it("is narrowed to the prefix of the bucket", () => {
    expect(granted({ store: "s3://reports/audits/" })).toMatchObject({
      "s3:PutObject": "arn:aws:s3:::reports/audits/*",
      "s3:GetObject": "arn:aws:s3:::reports/audits/*",
      "s3:DeleteObject": "arn:aws:s3:::reports/audits/*",
      "s3:ListBucket": "arn:aws:s3:::reports",
    });
  });

  it.each([undefined, "audits", "./s3"])("needs nothing for a folder: %s", (store) => {
    expect(auditPolicy({ audit: store === undefined ? {} : { store } }).Statement).toEqual([]);
  });

  it("is to the topics by who runs the audit, to Security Hub by the role in each account", () => {
    const notify = [
      { webhook: "HOOK" },
      { sns: "arn:aws:sns:us-east-1:111111111111:b" },
      { sns: "arn:aws:sns:us-east-1:111111111111:a" },
      { securityHub: "eu-west-1" },
    ];
    expect(granted({ notify })).toEqual({
      "sns:Publish": ["arn:aws:sns:us-east-1:111111111111:a", "arn:aws:sns:us-east-1:111111111111:b"],
    });
    expect(memberStatements({ audit: { notify } })).toEqual([
      {
        Sid: "WatchproofTells",
        Effect: "Allow",
        Action: ["securityhub:BatchImportFindings"],
        Resource: ["arn:aws:securityhub:eu-west-1:*:product/*/default"],
      },
    ]);
    expect(memberStatements({})).toEqual([]);
  });
});
