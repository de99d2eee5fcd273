import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument, visit } from "yaml";
import { auditPolicy } from "../../src/audits/audit-policy.js";
import { builtins } from "../../src/run/builtins.js";
import { readingOf } from "../../src/cases/types.js";
import { check, planNeeds } from "../../src/run/check.js";
import type { JsonObject } from "../../src/core/json.js";
import type { Report } from "../../src/core/report.js";
import { buildSnapshot } from "../../src/cases/snapshot.js";
import { recordedSource } from "../../src/sources/recorded.js";
import { deployTemplate } from "../support/template.js";
import type { TemplateResource } from "../support/template.js";

const account = "111122223333";
const stack = {
  name: "audit",
  account,
  region: "us-east-1",
  parameters: {
    CodeBucket: "code",
    OrganizationId: "o-abcdefghij",
    MemberRoleName: "Watchproof",
    AlarmEmail: "team@example.com",
  },
};
const small = deployTemplate("deploy/audit.yaml", stack);
const large = deployTemplate("deploy/audit-large.yaml", {
  ...stack,
  name: "large",
  parameters: { AuditStack: "audit" },
  imports: small.exports,
});

describe("the stack that audits", () => {
  it.each([
    ["alarm.has-alarm-action", {}],
    ["alarm.actions-enabled", {}],
    ["alarm.description", {}],
    ["alarm.action-target-live", {}],
    ["alarm.reaches-someone", {}],
    ["sns.confirmed-subscription", {}],
    ["sns.topic-encrypted", {}],
    ["sns.topic-not-public", {}],
    ["kms.rotation", {}],
    ["loggroup.retention", { groups: ["audit-*", "/aws/vendedlogs/states/large"] }],
    ["loggroup.kms", { groups: ["audit-*", "/aws/vendedlogs/states/large"] }],
  ])("satisfies %s", async (id, options) => {
    const { findings, summary } = await judge(id, options);
    expect(
      findings
        .filter(({ status }) => status !== "pass")
        .map(({ subject, message }) => `${subject.id}: ${message}`),
    ).toEqual([]);
    expect(summary.pass).toBeGreaterThan(0);
  });

  // What receives access logs logs no more: its own logs would make further ones for ever.
  it.each([
    ["s3.access-logging", "fail"],
    ["s3.access-logging-target", "not-applicable"],
  ])("satisfies %s, but for the bucket of the logs", async (id, ofLogs) => {
    const { findings } = await judge(id, { buckets: "all" });
    expect(findings.map(({ subject, status }) => [subject.id, status])).toEqual([
      ["audit-accesslogs", ofLogs],
      ["audit-reports", "pass"],
    ]);
  });

  it("would be found wanting without its topic's policy: the rules look at it", async () => {
    const { findings } = await judge(
      "alarm.reaches-someone",
      {},
      ({ logicalId }) => logicalId !== "AlertsPolicy",
    );
    expect(findings.map(({ status }) => status)).toContain("fail");
  });
});

describe("the function's role", () => {
  const role = only(small.resources, "FunctionRole");
  const statements = (
    role.properties["Policies"] as [
      { PolicyDocument: { Statement: { Sid: string; Action: string | string[]; Resource: unknown }[] } },
    ]
  )[0].PolicyDocument.Statement;
  const choice = { ous: ["ou-abcd-12345678"], tags: { watched: "yes" } };
  const policy = auditPolicy({
    audit: { organization: { include: choice }, role: { name: "Watchproof" }, store: "s3://audit-reports" },
  });

  it("may do what `permissions --for organization` says, and beside it use its key and write its log", () => {
    const own = new Set(["kms:Decrypt", "kms:GenerateDataKey", "logs:CreateLogStream", "logs:PutLogEvents"]);
    const granted = statements.flatMap(({ Action }) => Action).filter((action) => !own.has(action));
    expect(granted.sort()).toEqual(policy.Statement.flatMap(({ Action }) => Action).sort());
  });

  it("may do it to no more than that says", () => {
    const where = (
      action: string,
      all: readonly { readonly Action: string | readonly string[]; readonly Resource: unknown }[],
    ): unknown => [all.find(({ Action }) => [Action].flat().includes(action))?.Resource].flat();
    for (const action of ["sts:AssumeRole", "s3:PutObject", "s3:ListBucket"])
      expect(where(action, statements)).toEqual(where(action, policy.Statement));
  });
});

describe("the two stacks", () => {
  it("join by what the first exports", () => {
    const { DefinitionSubstitutions } = only(large.resources, "Machine").properties as {
      DefinitionSubstitutions: Record<string, unknown>;
    };
    expect(DefinitionSubstitutions["FunctionArn"]).toBe(only(small.resources, "Function").arn);
  });
});

describe("the map over accounts", () => {
  const { Definition } = only(large.resources, "Machine").properties as {
    Definition: {
      States: {
        Judge: { ResultPath: string; ItemProcessor: { States: { Account: { OutputPath: string } } } };
      };
    };
  };

  it("gets a number back from each, so that the answers of all fit into a state", () => {
    expect(Definition.States.Judge.ItemProcessor.States.Account.OutputPath).toBe("$.StatusCode");
  });

  it("keeps beside the answers the input, which the merge needs", () => {
    expect(Definition.States.Judge.ResultPath).toMatch(/^\$\.\w+$/u);
  });
});

describe.each(["audit", "audit-large", "member-role"])("the template %s", (name) => {
  it("holds no null, which CloudFormation refuses and cfn-lint lets pass", () => {
    const nulls: string[] = [];
    visit(parseDocument(readFileSync(`deploy/${name}.yaml`, "utf8"), { logLevel: "silent" }), {
      Scalar: (_, node) => {
        if (node.value === null) nulls.push(`byte ${(node.range?.[0] ?? 0).toString()}`);
      },
    });
    expect(nulls).toEqual([]);
  });
});

async function judge(
  id: string,
  options: JsonObject,
  keep: (resource: TemplateResource) => boolean = () => true,
): Promise<Report> {
  const rule = (await builtins.rules()).find((one) => one.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  const rules = [{ ...rule, with: { ...rule.with, ...options } }];
  const { types, read } = await readingOf(await planNeeds({ rules }), ["us-east-1"], builtins.collectors);
  const resources = [...small.resources, ...large.resources].filter(keep);
  return check({
    rules,
    source: recordedSource(
      buildSnapshot({ account, resources: resources.flatMap((one) => live(one, resources)) }, types, read),
    ),
  });
}

type Shown = Readonly<Record<string, JsonObject>>;

/** What of a template's resource a live account would show, as the state of a rule's case. */
function live(
  { type, id, arn = "", properties }: TemplateResource,
  all: readonly TemplateResource[],
): readonly Shown[] {
  const given = properties as JsonObject;
  const shown: Readonly<Record<string, () => readonly Shown[]>> = {
    "AWS::CloudWatch::Alarm": () => [{ [type]: { id, ActionsEnabled: true, ...given } }],
    "AWS::KMS::Key": () => [
      {
        [type]: {
          id: arn,
          arn,
          KeyArn: arn,
          KeyManager: "CUSTOMER",
          KeyState: "Enabled",
          Enabled: true,
          EnableKeyRotation: given["EnableKeyRotation"] ?? false,
          KeyPolicy: JSON.stringify(given["KeyPolicy"]),
        },
      },
    ],
    "AWS::Logs::LogGroup": () => [
      {
        [type]: {
          id: typeof given["LogGroupName"] === "string" ? given["LogGroupName"] : id,
          ...given,
          RetentionInDays: Number(given["RetentionInDays"]),
        },
      },
    ],
    "AWS::S3::Bucket": () => [
      {
        [type]: {
          id,
          OwnedByAccount: true,
          ...given,
          Policy: policyAbout(all, ({ Bucket }) => Bucket === id),
        },
      },
    ],
    "AWS::SNS::Topic": () =>
      confirmed({
        id,
        arn,
        given,
        Policy: policyAbout(all, ({ Topics }) => Array.isArray(Topics) && Topics.includes(arn)),
      }),
  };
  return shown[type]?.() ?? [];
}

// A person has followed the link in the mail.
function confirmed({
  id,
  arn,
  given,
  Policy,
}: {
  readonly id: string;
  readonly arn: string;
  readonly given: JsonObject;
  readonly Policy: string | null;
}): readonly Shown[] {
  const { Subscription, ...others } = given;
  const [{ Protocol, Endpoint }] = Subscription as [{ Protocol: string; Endpoint: string }];
  const subscription = `${arn}:1`;
  return [
    {
      "AWS::SNS::Topic": {
        id,
        arn,
        ...others,
        Policy,
        Subscriptions: [{ SubscriptionArn: subscription, Protocol, Endpoint, Owner: account }],
      },
    },
    { "AWS::SNS::Subscription": { id: subscription, TopicArn: arn, Protocol, Endpoint } },
  ];
}

function policyAbout(
  all: readonly TemplateResource[],
  isAbout: (properties: TemplateResource["properties"]) => boolean,
): string | null {
  const policy = all.find(({ type, properties }) => type.endsWith("Policy") && isAbout(properties));
  return policy === undefined ? null : JSON.stringify(policy.properties["PolicyDocument"]);
}

function only(resources: readonly TemplateResource[], logicalId: string): TemplateResource {
  const found = resources.find((one) => one.logicalId === logicalId);
  if (found === undefined) throw new Error(`there is no ${logicalId}`);
  return found;
}
