import { describe, expect, it } from "vitest";
import { planUnits } from "../../src/audits/plan-units.js";
import type { AuditSettings, Inquiries } from "../../src/audits/plan-units.js";
import type { AuditUnit } from "../../src/core/audit.js";
import { SourceError } from "../../src/core/source.js";

const own = "111111111111";
const user = `arn:aws:iam::${own}:user/auditor`;

function inquiries(caller = user, partition = "aws"): Inquiries & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    caller: () => {
      asked.push("caller");
      return Promise.resolve({ id: own, partition, caller });
    },
    members: (_, from) => {
      asked.push(`members from ${from ?? "here"}`);
      return Promise.resolve({
        accounts: [
          { id: "333333333333", name: "three" },
          { id: own, name: "one" },
        ],
        skipped: [{ id: "444444444444", name: "four", because: "is suspended" }],
      });
    },
  };
}

const entered = ({ id, entrance }: AuditUnit): readonly string[] => [
  id,
  entrance.kind === "roles"
    ? entrance.roles.map(({ arn }) => arn).join(" > ")
    : entrance.kind === "profile"
      ? entrance.profile
      : "own",
];
const plan = async (settings: AuditSettings, asking = inquiries()): Promise<readonly (readonly string[])[]> =>
  (await planUnits(settings, asking)).units.map(entered);
const role = { name: "audit/Watchproof" };

describe("the accounts of an audit", () => {
  it("are the one at hand where the config names none", async () => {
    expect(await plan({})).toEqual([[own, "own"]]);
  });

  it("are those of the organization, sorted, each with the role, the one at hand without", async () => {
    const { units, skipped } = await planUnits({ organization: {}, role }, inquiries());
    expect(units.map(entered)).toEqual([
      [own, "own"],
      ["333333333333", "arn:aws:iam::333333333333:role/audit/Watchproof"],
    ]);
    expect(units.map(({ name }) => name)).toEqual(["one", "three"]);
    expect(skipped).toEqual([{ id: "444444444444", name: "four", because: "is suspended" }]);
  });

  it("are asked of the organization with the role that the config names for it", async () => {
    const asking = inquiries();
    await planUnits({ organization: { from: "arn:aws:iam::999999999999:role/List" }, role }, asking);
    expect(asking.asked[0]).toBe("members from arn:aws:iam::999999999999:role/List");
  });

  it("are entered as the config says of each", async () => {
    const accounts = [
      { id: "222222222222" },
      { id: "333333333333", profile: "three" },
      { id: "555555555555", role: "Other" },
      { id: "666666666666", role: "arn:aws:iam::666666666666:role/x/Y" },
      { id: own, role: "Home" },
    ];
    expect(await plan({ accounts, organization: {}, role })).toEqual([
      [own, `arn:aws:iam::${own}:role/Home`],
      ["222222222222", "arn:aws:iam::222222222222:role/audit/Watchproof"],
      ["333333333333", "three"],
      ["555555555555", "arn:aws:iam::555555555555:role/Other"],
      ["666666666666", "arn:aws:iam::666666666666:role/x/Y"],
    ]);
  });

  it("are entered through other roles, with external id, session name and duration on the last", async () => {
    const through = ["arn:aws:iam::999999999999:role/Hub"];
    const { units } = await planUnits(
      {
        accounts: [{ id: "222222222222" }, { id: "333333333333", externalId: "own-id" }],
        role: { ...role, through, externalId: "an-id", sessionName: "nightly", durationSeconds: 900 },
      },
      inquiries(),
    );
    const last = { sessionName: "nightly", durationSeconds: 900 };
    expect(units.map(({ entrance }) => entrance)).toEqual([
      {
        kind: "roles",
        roles: [
          { arn: through[0], sessionName: "nightly" },
          { arn: "arn:aws:iam::222222222222:role/audit/Watchproof", externalId: "an-id", ...last },
        ],
      },
      {
        kind: "roles",
        roles: [
          { arn: through[0], sessionName: "nightly" },
          { arn: "arn:aws:iam::333333333333:role/audit/Watchproof", externalId: "own-id", ...last },
        ],
      },
    ]);
  });

  it("have roles in the partition of the credentials at hand", async () => {
    expect(await plan({ accounts: [{ id: "222222222222" }], role }, inquiries(user, "aws-cn"))).toEqual([
      ["222222222222", "arn:aws-cn:iam::222222222222:role/audit/Watchproof"],
    ]);
  });

  it("with profiles alone need no credentials at hand", async () => {
    const asking = inquiries();
    await planUnits({ accounts: [{ id: own, profile: "one" }] }, asking);
    expect(asking.asked).toEqual([]);
  });

  it("that are suspended are skipped, also where the config names them", async () => {
    const { units, skipped } = await planUnits(
      { accounts: [{ id: "444444444444" }], organization: {}, role },
      inquiries(),
    );
    expect([units.map(({ id }) => id), skipped.map(({ id }) => id)]).toEqual([
      [own, "333333333333"],
      ["444444444444"],
    ]);
  });

  it("can be narrowed to some", async () => {
    const { units, skipped, partial } = await planUnits({ organization: {}, role }, inquiries(), [
      "333333333333",
    ]);
    expect([units.map(({ id }) => id), skipped, partial]).toEqual([["333333333333"], [], true]);
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      "an account that nobody knows",
      () => planUnits({ organization: {}, role }, inquiries(), ["777777777777"]),
      /--account 777777777777: there is no such account/u,
    ],
    [
      "an account without a way in",
      () => planUnits({ accounts: [{ id: "222222222222" }] }, inquiries()),
      /account 222222222222 cannot be entered: the credentials at hand are those of account 111111111111/u,
    ],
    [
      "a long session from a role",
      () =>
        planUnits(
          { accounts: [{ id: "222222222222" }], role: { ...role, durationSeconds: 7200 } },
          inquiries(`arn:aws:sts::${own}:assumed-role/Lambda/x`),
        ),
      /at most 3600/u,
    ],
  ])("do not include %s", async (_, begin, message) => {
    const planning = begin();
    await expect(planning).rejects.toBeInstanceOf(SourceError);
    await expect(planning).rejects.toThrow(message);
  });
});
