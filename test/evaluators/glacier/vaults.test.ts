import { describe, expect, it } from "vitest";
import { glacierVaults } from "../../../src/evaluators/glacier/vaults.js";
import { account, accountId, resource } from "../../support/build.js";

const service = (region: string, IsClosed: boolean) =>
  resource({ type: "AWS::Glacier::Service", id: "glacier", region, observed: { IsClosed } });
const vault = resource({
  type: "AWS::Glacier::Vault",
  id: "v",
  arn: `arn:aws:glacier:us-east-1:${accountId}:vaults/v`,
  properties: { NotificationConfiguration: null },
  observed: { VaultLock: null },
});
const listed = { "AWS::Glacier::Vault": { listed: ["eu-west-1", "us-east-1"], properties: {} } };
const judge = (state: Parameters<typeof account>[0], demand: "notifications" | "lock" = "notifications") =>
  glacierVaults.evaluate(account({ collected: listed, ...state }), { demand }).map(({ verdict }) => verdict);

describe("glacier-vaults", () => {
  it("a service that is closed is the reason why there is none", () => {
    expect(judge({ resources: [service("us-east-1", true), service("eu-west-1", true)] })).toMatchObject([
      {
        status: "not-applicable",
        message: expect.stringContaining("closed to it"),
        evidence: [{ value: true }, { value: true }],
      },
    ]);
  });

  it("an open one is not", () => {
    expect(judge({ resources: [service("us-east-1", false)] })).toMatchObject([
      { status: "not-applicable", message: "this account has no vault" },
    ]);
  });

  it("vaults are judged although the service is closed elsewhere", () => {
    expect(judge({ resources: [service("eu-west-1", true), vault] })).toMatchObject([{ status: "fail" }]);
  });

  it("a refused list is unknown, not a closed service", () => {
    const gap = {
      account: accountId,
      type: "AWS::Glacier::Vault",
      region: "us-east-1",
      reason: "AccessDenied",
      action: "glacier:ListVaults",
    };
    expect(judge({ gaps: [gap] }, "lock")).toMatchObject([{ status: "unknown", reason: "unreadable" }]);
  });

  it("one event alone can be demanded", () => {
    const one = resource({
      ...vault,
      properties: { NotificationConfiguration: { SNSTopic: "", Events: ["ArchiveRetrievalCompleted"] } },
    });
    expect(
      glacierVaults.evaluate(account({ resources: [one] }), {
        demand: "notifications",
        events: ["ArchiveRetrievalCompleted"],
      }),
    ).toMatchObject([{ verdict: { status: "fail", message: expect.stringContaining("name no topic") } }]);
  });
});
