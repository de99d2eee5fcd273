import { readFileSync } from "node:fs";
import { AccountClient, ListRegionsCommand } from "@aws-sdk/client-account";
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  LookupEventsCommand,
} from "@aws-sdk/client-cloudtrail";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import {
  accounts,
  deadEndpoint,
  defaultAccount,
  simulatedAccount,
  startSimulatedAws,
  withAws,
} from "./simulated-aws.js";
import { holds, readFacts } from "./facts.js";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const client = (url: string, account: string, { region = "us-east-1", maxAttempts = 1 } = {}) => {
  const options = {
    endpoint: url,
    region,
    maxAttempts,
    retryMode: "standard",
    credentials: { accessKeyId: `AKIA${account}TEST`, secretAccessKey: "x" },
  } as const;
  return {
    trail: new CloudTrailClient(options),
    account: new AccountClient(options),
    sts: new STSClient(options),
  };
};
const nameOf = (error: unknown) => (error as Error).name;

describe("the recorded accounts hold what expected/*.json says", () => {
  const ask = (url: string, account: string, region: string | undefined) => {
    const { trail, account: regions } = client(url, account, region === undefined ? {} : { region });
    const sends: Record<string, (params: object) => Promise<object>> = {
      "cloudtrail.DescribeTrails": (params) => trail.send(new DescribeTrailsCommand(params)),
      "cloudtrail.GetTrailStatus": (params) =>
        trail.send(new GetTrailStatusCommand(params as { Name: string })),
      "cloudtrail.GetEventSelectors": (params) =>
        trail.send(new GetEventSelectorsCommand(params as { TrailName: string })),
      "cloudtrail.ListEventDataStores": (params) => trail.send(new ListEventDataStoresCommand(params)),
      "account.ListRegions": (params) => regions.send(new ListRegionsCommand(params)),
    };
    return sends;
  };
  const names = Object.keys(ask("http://127.0.0.1:1", accounts.tricky, undefined));
  const facts = readFacts().filter(({ fact }) => names.includes(fact.call));

  it("for every call that the collectors make", async () => {
    await withAws(startSimulatedAws(), async (aws) => {
      const wrong: string[] = [];
      for (const { id, account, fact } of facts) {
        const answer = await ask(aws.url, account, fact.region)[fact.call]!(fact.params).then(
          (output) => ({ output }),
          (error: unknown) => ({ error: nameOf(error) }),
        );
        if (!holds(fact, answer))
          wrong.push(`${id} ${JSON.stringify(fact)}: ${JSON.stringify(answer).slice(0, 200)}`);
      }
      expect(wrong).toEqual([]);
      expect(facts.length).toBeGreaterThan(20);
    });
  });
});

describe("the endpoint", () => {
  it("takes the account from the access key", async () => {
    await withAws(startSimulatedAws(), async (aws) => {
      const { Account } = await client(aws.url, accounts.tricky).sts.send(new GetCallerIdentityCommand({}));
      expect(Account).toBe(accounts.tricky);
    });
  });

  it("answers a twin as its original, in its own name", async () => {
    const twin = "400000000001";
    await withAws(startSimulatedAws({ twins: { [twin]: accounts.compliant } }), async (aws) => {
      const { sts, trail } = client(aws.url, twin);
      expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(twin);
      const { trailList = [] } = await trail.send(new DescribeTrailsCommand({}));
      const own = trailList.find(
        ({ TrailARN }) => TrailARN === `arn:aws:cloudtrail:us-east-1:${twin}:trail/c-audit`,
      );
      expect(own).toBeDefined();
      expect(await trail.send(new GetTrailStatusCommand({ Name: own!.TrailARN }))).toMatchObject({
        IsLogging: true,
      });
      expect(aws.stats()).toMatchObject({ missed: 0, byAccount: { [twin]: 3 } });
    });
  });

  it("counts calls, and says which were asked twice", async () => {
    await withAws(startSimulatedAws(), async (aws) => {
      const { trail } = client(aws.url, accounts.broken);
      await trail.send(new DescribeTrailsCommand({}));
      await trail.send(new DescribeTrailsCommand({}));
      expect(aws.stats()).toMatchObject({
        total: 2,
        repeated: 1,
        byOperation: { "cloudtrail.DescribeTrails": 2 },
        byAccount: { [accounts.broken]: 2 },
      });
    });
  });

  it("makes patched times relative to now", async () => {
    await withAws(startSimulatedAws(), async (aws) => {
      const { LatestDeliveryTime } = await client(aws.url, accounts.compliant).trail.send(
        new GetTrailStatusCommand({
          Name: `arn:aws:cloudtrail:us-east-1:${accounts.compliant}:trail/c-audit`,
        }),
      );
      const minutes = (Date.now() - Number(LatestDeliveryTime)) / 60_000;
      expect(minutes).toBeGreaterThan(4);
      expect(minutes).toBeLessThan(10);
    });
  });

  it("keeps an answer back for as long as the latency says", async () => {
    await withAws(startSimulatedAws({ latency: 3_600_000 }), async (late) => {
      await withAws(startSimulatedAws(), async (prompt) => {
        const giveUp = new AbortController();
        const kept = client(late.url, accounts.broken)
          .trail.send(new DescribeTrailsCommand({}), { abortSignal: giveUp.signal })
          .then(
            () => "answered",
            () => "given up",
          );
        await client(prompt.url, accounts.broken).trail.send(new DescribeTrailsCommand({}));
        const first = await Promise.race([kept, Promise.resolve("kept back")]);
        giveUp.abort();
        expect([first, await kept]).toEqual(["kept back", "given up"]);
      });
    });
  });

  it("refuses denied calls, in one region only where asked", async () => {
    await withAws(startSimulatedAws({ deny: "cloudtrail.DescribeTrails@eu-west-1" }), async (aws) => {
      const refused = client(aws.url, accounts.broken, { region: "eu-west-1" }).trail.send(
        new DescribeTrailsCommand({}),
      );
      await expect(refused).rejects.toMatchObject({ name: "AccessDeniedException" });
      await expect(
        client(aws.url, accounts.broken).trail.send(new DescribeTrailsCommand({})),
      ).resolves.toBeDefined();
    });
  });

  it("throttles beyond the rate", async () => {
    await withAws(startSimulatedAws({ throttle: "cloudtrail.*=0.01:2" }), async (aws) => {
      const { trail } = client(aws.url, accounts.broken);
      const answers = await Promise.allSettled(
        [1, 2, 3].map(() => trail.send(new DescribeTrailsCommand({}))),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
      expect(aws.stats().throttled).toBe(1);
    });
  });

  it("answers another question with a miss, and withAws reports it", async () => {
    const run = withAws(startSimulatedAws(), async (aws) => {
      await client(aws.url, accounts.broken)
        .trail.send(new DescribeTrailsCommand({ trailNameList: ["nobody"] }))
        .catch(() => undefined);
    });
    await expect(run).rejects.toThrow(/nothing answers these calls:.*cloudtrail\.DescribeTrails.*nobody/s);
  });

  it("puts a test's answers before the recorded ones", async () => {
    const answers = [
      {
        service: "sts",
        operation: "GetCallerIdentity",
        error: {
          code: "ExpiredToken",
          message: "The security token included in the request is expired",
          status: 403,
        },
      },
    ];
    await withAws(startSimulatedAws({ answers }), async (aws) => {
      await expect(
        client(aws.url, accounts.broken).sts.send(new GetCallerIdentityCommand({})),
      ).rejects.toMatchObject({ name: "ExpiredToken" });
    });
  });

  it.each([
    ["html", "SyntaxError"],
    ["garbage", "SyntaxError"],
    ["reset", "TimeoutError"],
  ] as const)("can be broken: %s", async (how, name) => {
    await withAws(startSimulatedAws({ faults: [{ how }] }), async (aws) => {
      const error = await client(aws.url, accounts.broken)
        .trail.send(new DescribeTrailsCommand({}))
        .then(() => "no error", nameOf);
      expect(error).toBe(name);
    });
  });

  it("is flaky so that one retry mends it", async () => {
    await withAws(startSimulatedAws({ faults: [{ how: "flaky" }] }), async (aws) => {
      const { trail } = client(aws.url, accounts.broken, { maxAttempts: 2 });
      const { trailList } = await trail.send(new DescribeTrailsCommand({}));
      expect(trailList).toHaveLength(2);
      expect(aws.stats()).toMatchObject({ total: 2, faults: 1 });
    });
  });

  it("can hang, and still stops", async () => {
    const aws = await startSimulatedAws({ faults: [{ how: "hang" }] });
    const call = client(aws.url, accounts.broken)
      .trail.send(new DescribeTrailsCommand({}))
      .then(() => "answered", nameOf);
    while (aws.calls().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await aws.stop();
    expect(await call).not.toBe("answered");
  });

  it("can be dead", async () => {
    const error = await client(await deadEndpoint(), accounts.broken)
      .trail.send(new DescribeTrailsCommand({}))
      .then(
        () => "no error",
        (reason: unknown) => (reason as { code?: string }).code,
      );
    expect(error).toBe("ECONNREFUSED");
  });
});

describe("an account that a test describes", () => {
  it("shows a multi-region trail everywhere, with its selectors at home only", async () => {
    const described = simulatedAccount({
      trails: [
        { name: "audit", home: "eu-west-1", selectors: { EventSelectors: [{ ReadWriteType: "ReadOnly" }] } },
      ],
    });
    await withAws(described, async (aws) => {
      const { trail } = client(aws.url, defaultAccount);
      const { trailList } = await trail.send(new DescribeTrailsCommand({}));
      expect(trailList).toMatchObject([{ Name: "audit", HomeRegion: "eu-west-1" }]);
      const TrailName = trailList![0]!.TrailARN!;
      const { EventSelectors } = await client(aws.url, defaultAccount, { region: "eu-west-1" }).trail.send(
        new GetEventSelectorsCommand({ TrailName }),
      );
      expect(EventSelectors).toEqual([{ ReadWriteType: "ReadOnly" }]);
      const { IsLogging, LatestDeliveryTime } = await trail.send(
        new GetTrailStatusCommand({ Name: TrailName }),
      );
      expect([IsLogging, LatestDeliveryTime instanceof Date]).toEqual([true, true]);
    });
  });

  it("shows a single-region trail at home only", async () => {
    await withAws(
      simulatedAccount({ trails: [{ name: "local", trail: { IsMultiRegionTrail: false } }] }),
      async (aws) => {
        const count = async (region: string) =>
          (await client(aws.url, defaultAccount, { region }).trail.send(new DescribeTrailsCommand({})))
            .trailList!.length;
        expect([await count("us-east-1"), await count("eu-west-1")]).toEqual([1, 0]);
      },
    );
  });

  it("has the regions it was given, and nothing else", async () => {
    await withAws(simulatedAccount({ regions: ["us-west-2"] }), async (aws) => {
      const { account, trail } = client(aws.url, defaultAccount);
      const { Regions } = await account.send(
        new ListRegionsCommand({
          RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"],
          MaxResults: 50,
        }),
      );
      expect(Regions).toEqual([{ RegionName: "us-west-2", RegionOptStatus: "ENABLED_BY_DEFAULT" }]);
      expect((await trail.send(new LookupEventsCommand({}))).Events).toEqual([]);
    });
  });
});

it("every expectation names a control that controls.json explains", () => {
  const { controls } = JSON.parse(
    readFileSync(new URL("aws/expected/controls.json", import.meta.url), "utf8"),
  ) as { controls: object };
  expect(
    readFacts()
      .map(({ control }) => control)
      .filter((control) => !(control in controls)),
  ).toEqual([]);
});
