import { describe, expect, it } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import { planRun } from "../../src/run/check.js";
import { prepareRun } from "../../src/run/prepare.js";
import type { SelectedRule } from "../../src/core/rule.js";
import { runCli } from "../support/run-cli.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";

/** Who is asked before a rule's needs are: identity and regions; the policy grants the second, and the first needs no grant. */
const beforeRules = new Set(["GetCallerIdentity", "ListRegions"]);

/** The endpoint knows S3 Control by its path alone, and takes it for an object's. */
const nameOf = (operation: string): string =>
  operation === "s3.GetObject" ? "GetPublicAccessBlock" : (operation.split(".")[1] ?? "");

/** What the recorded accounts have none of: API destinations, alarm mute rules, CloudTrail channels. */
const notRecorded = ["DescribeApiDestination", "DescribeConnection", "GetAlarmMuteRule", "GetChannel"];

/** Every rule, and those whose services the recorded accounts have. */
const [all, pack] = ["every-rule", "logging-monitoring"];
const shipped = await builtins.rules();
const rules: readonly SelectedRule[] = shipped
  .filter(({ template }) => template !== true)
  .map((rule) => ({ ...rule, with: rule.with ?? {} }));
const { actions } = await planRun({ rules });
const chosen = await prepareRun({ packs: [pack] });
if (!chosen.ok) throw new Error(`${pack} does not load`);
const { calls } = await planRun({ rules: chosen.value.rules });
const actionsOf = new Map<string, Set<string>>();
for (const call of calls) {
  const name = call.operation.split(":")[1] ?? "";
  actionsOf.set(name, new Set([...(actionsOf.get(name) ?? []), ...call.actions]));
}

async function made(account: string): Promise<readonly string[]> {
  const aws = await startSimulatedAws();
  try {
    const { stdout, stderr } = await runCli(["check", "--pack", pack, "--format", "json"], {
      env: aws.env(account),
      timeout: 60_000,
    });
    if (stdout === "") throw new Error(stderr);
    return Object.keys(aws.stats().byOperation).map(nameOf);
  } finally {
    await aws.stop();
  }
}

const seen = new Set((await Promise.all(Object.values(accounts).map(made))).flat());

describe("the policy for all rules", () => {
  it("is what `permissions` writes", async () => {
    const { stdout } = await runCli(["permissions", "--pack", all, "--format", "actions"]);
    expect(stdout.trim().split("\n").sort()).toEqual([...actions].sort());
  });

  it("allows every call that is really made: none was planned by nobody", () => {
    expect([...seen].filter((operation) => !beforeRules.has(operation) && !actionsOf.has(operation))).toEqual(
      [],
    );
  });

  it("grants nothing that changes anything, and no data", () => {
    expect(actions.filter((action) => !/:(?:Describe|Get|List|Lookup|BatchGet|GET$)/u.test(action))).toEqual(
      [],
    );
    expect(
      actions.filter((action) =>
        /GetObject$|GetJobOutput|GetSecretValue|GetLogEvents|FilterLogEvents|kms:Decrypt/u.test(action),
      ),
    ).toEqual([]);
  });

  it("holds no wildcard", () => {
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it("grants nothing that no account ever makes use of, but what the recorded accounts have no case of", () => {
    const unused = [...actionsOf]
      .filter(([operation]) => !seen.has(operation))
      .map(([operation]) => operation);
    expect(unused.sort()).toEqual(notRecorded);
  });
});
