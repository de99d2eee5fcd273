import { describe, expect, it } from "vitest";
import { defineCollector, listCall } from "../../src/core/collector.js";
import type { Collector, Proof } from "../../src/core/collector.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { liveSource } from "../../src/sources/live.js";
import { everyCollector } from "../collectors/support/every-collector.js";
import { denied, fakeAws } from "./support/fake-aws.js";
import type { Respond } from "./support/fake-aws.js";
import { virtualClock } from "./support/virtual-clock.js";

const collectorWith = (proof: Proof): Collector =>
  defineCollector({
    type: "Test::Thing",
    summary: "things",
    list: listCall<{ readonly Things?: readonly string[] }>({
      operation: { service: "cloudtrail", name: "ListThings", proof },
      at: "leader",
      properties: [],
      found: ({ Things = [] }) => Things.map((id) => ({ id, properties: {} })),
    }),
    reads: [],
    observed: [],
  });

function read(collector: Collector, answers: Readonly<Record<string, Respond>>): Promise<Snapshot> {
  return liveSource({
    collectors: { [collector.type]: () => Promise.resolve(collector) },
    transport: fakeAws({ answers }).transport,
    clock: virtualClock(),
  }).read({ needs: [{ type: collector.type, properties: [] }], regions: ["us-east-1"] });
}

describe("what proves that AWS answered", () => {
  it.each([undefined, {}, { members: [] }, { roots: ["Things"] }, { roots: [], source: "x" }])(
    "%j proves nothing, and the contract refuses it",
    (proof) => {
      expect(() => collectorWith(proof as unknown as Proof)).toThrow(/ListThings does not state/u);
    },
  );

  it.each([[{}], [null], [[]], [{ Things: null }], [{ Others: [] }], ["Things"]])(
    "%j, where a member must be, is a gap",
    async (answer) => {
      const { gaps, resources } = await read(collectorWith({ members: ["Things"] }), {
        ListThings: () => answer ?? {},
      });
      expect(gaps).toMatchObject([
        { type: "Test::Thing", reason: "Malformed", action: "cloudtrail:ListThings" },
      ]);
      expect(resources).toEqual([]);
    },
  );

  it("an empty list proves itself, and a path must lead to something", async () => {
    const empty = { ListThings: () => ({ Things: [], Owner: { Id: "" } }) };
    expect((await read(collectorWith({ members: ["Things", "Owner.Id"] }), empty)).gaps).toEqual([]);
    expect((await read(collectorWith({ members: ["Things", "Owner.Name"] }), empty)).gaps).toHaveLength(1);
  });

  it("every collector states it, and the same of the same operation", async () => {
    const stated = new Map<string, Set<string>>();
    for (const { list, locate, reads } of (await everyCollector()).values())
      for (const call of [list, locate, ...reads]) {
        if (call === undefined) continue;
        const { service, name, proof } = call.operation;
        const known = stated.get(`${service}:${name}`) ?? new Set();
        stated.set(`${service}:${name}`, known.add(JSON.stringify(proof)));
      }
    expect(stated.size).toBeGreaterThan(50);
    expect([...stated].filter(([, proofs]) => proofs.size > 1)).toEqual([]);
  });
});

describe("an account that does not say who it is", () => {
  const listed = (...arns: readonly (readonly [string, string | undefined])[]): Collector =>
    defineCollector({
      ...collectorWith({ members: ["Things"] }),
      list: listCall<object>({
        operation: { service: "cloudtrail", name: "ListThings", proof: { members: ["Things"] } },
        at: "each-region",
        properties: ["IsOrganizationTrail"],
        found: () =>
          arns.map(([owner, account], at) => ({
            id: String(at),
            arn: `arn:aws:test:us-east-1:${owner}:thing/${at}`,
            ...(account === undefined ? {} : { account }),
            properties: { IsOrganizationTrail: account !== owner },
          })),
      }),
    });
  const silent = {
    GetCallerIdentity: () => denied("sts:GetCallerIdentity"),
    ListThings: () => ({ Things: [] }),
  };

  it("is known by the ARNs of its own resources, and the gap says so", async () => {
    const { account, gaps, resources, calls } = await read(listed(["222222222222", undefined]), silent);
    expect(account).toMatchObject({ id: "222222222222" });
    expect(gaps).toMatchObject([
      {
        account: "222222222222",
        type: "Watchproof::Account::Identity",
        message: expect.stringContaining("ARNs") as string,
      },
    ]);
    expect(resources).toMatchObject([{ account: "222222222222" }]);
    expect(calls["cloudtrail:ListThings"]).toBe(1);
  });

  it.each([
    ["its ARNs do not agree", listed(["222222222222", undefined], ["333333333333", undefined])],
    ["only another account's are listed", listed(["333333333333", "111111111111"])],
    ["it lists nothing", listed()],
  ])("stays unknown where %s", async (_title, collector) => {
    expect((await read(collector, silent)).account.id).toBe("unknown");
  });

  it("is not guessed where AWS says it", async () => {
    const { account } = await read(listed(["222222222222", undefined]), { ListThings: silent.ListThings });
    expect(account.id).toBe("111111111111");
  });
});
