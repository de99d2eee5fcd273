import { describe, expect, it } from "vitest";
import { SourceError } from "../../src/core/source.js";
import { awsError, denied, fakeAws, hangs, networkError } from "./support/fake-aws.js";
import type { FakeOptions, Respond } from "./support/fake-aws.js";
import { readFake } from "./support/things.js";
import { virtualClock } from "./support/virtual-clock.js";

const thing = [{ type: "Test::Thing", properties: ["IsOn"] }];
const ListThings: Respond = () => ({ Things: [{ Name: "a" }] });
const regions = ["us-east-1"];
const everyAnswer = (answer: Respond): FakeOptions["answers"] =>
  Object.fromEntries(
    ["GetCallerIdentity", "ListRegions", "ListThings", "GetThingStatus"].map((name) => [name, answer]),
  );

describe("who asks, and where", () => {
  it("is asked at the same time, in one call each", async () => {
    const snapshot = await readFake(fakeAws({ answers: { ListThings: () => ({ Things: [] }) } }), thing, {
      exclude: ["eu-west-1"],
    });
    expect(snapshot).toMatchObject({
      account: { id: "111111111111", partition: "aws", caller: "arn:aws:iam::111111111111:user/auditor" },
      regions: ["us-east-1"],
      takenAt: "2026-11-20T12:00:00.000Z",
    });
    expect(snapshot.calls).toEqual({
      "account:ListRegions": 1,
      "cloudtrail:ListThings": 1,
      "sts:GetCallerIdentity": 1,
    });
  });

  it("the enabled regions are read to the last page, and asked for those that are enabled", async () => {
    const aws = fakeAws({
      answers: {
        ListThings,
        ListRegions: ({ input }) =>
          input["NextToken"] === undefined
            ? { Regions: [{ RegionName: "us-east-1" }], NextToken: "2" }
            : { Regions: [{ RegionName: "af-south-1" }] },
      },
    });
    const snapshot = await readFake(aws, []);
    expect(snapshot.regions).toEqual(["af-south-1", "us-east-1"]);
    expect(aws.calls.find(({ operation }) => operation === "ListRegions")?.input).toEqual({
      RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"],
    });
  });

  it("a refused list of regions is a gap, and the default regions are swept", async () => {
    const snapshot = await readFake(
      fakeAws({ answers: { ListThings, ListRegions: () => denied("account:ListRegions") } }),
      [],
    );
    expect(snapshot.regions).toHaveLength(17);
    expect(snapshot.gaps).toMatchObject([
      {
        type: "Watchproof::Account::Regions",
        region: "us-east-1",
        reason: "AccessDenied",
        action: "account:ListRegions",
      },
    ]);
  });

  it.each([
    ["expired", awsError("ExpiredToken"), /expired.*aws sso login/u],
    [
      "of an unknown key",
      awsError("InvalidClientTokenId", { status: 403 }),
      /does not accept.*InvalidClientTokenId/u,
    ],
    [
      "with a wrong secret",
      awsError("SignatureDoesNotMatch", {
        status: 403,
        message: "The Canonical String for this request should have been\nx-amz-security-token:SECRETSECRET",
      }),
      /does not accept/u,
    ],
  ])("credentials %s end the run with a way out, and without secrets", async (_title, error, message) => {
    const reading = readFake(fakeAws({ answers: { GetCallerIdentity: () => error } }), thing);
    await expect(reading).rejects.toThrow(SourceError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.not.toThrow(/SECRET/u);
  });

  it.each([
    [
      "missing",
      Object.assign(new Error("Could not load credentials from any providers"), {
        name: "CredentialsProviderError",
      }),
      {},
      /No usable AWS credentials were found \(Could not load.*--profile/u,
    ],
    [
      "of an unknown profile",
      Object.assign(new Error("Profile x not found."), { name: "CredentialsProviderError" }),
      { profile: "x" },
      /of profile x.*aws sso login --profile x/u,
    ],
    [
      "from a failing helper",
      Object.assign(new Error("Command failed: helper --secret hunter2"), {
        name: "CredentialsProviderError",
      }),
      {},
      /^(?!.*hunter2)No usable AWS credentials/u,
    ],
    [
      "of a role that refuses",
      awsError("AccessDenied", { status: 403 }),
      { roleArn: "arn:aws:iam::222222222222:role/Audit" },
      /role arn:aws:iam::222222222222:role\/Audit cannot be assumed.*trust policy/u,
    ],
  ])("credentials %s end the run with a way out", async (_title, error, whose, message) => {
    const aws = fakeAws({ answers: {}, authenticate: () => Promise.reject(error) });
    await expect(readFake(aws, thing, whose)).rejects.toThrow(message);
    expect(aws.count("GetCallerIdentity")).toBe(0);
  });

  it("a busy STS is asked again for credentials, until it says whether a role opens", async () => {
    const answers = [
      awsError("Throttling"),
      awsError("Throttling"),
      awsError("AccessDenied", { status: 403 }),
    ];
    const aws = fakeAws({
      answers: {},
      authenticate: () => Promise.reject(answers.shift() ?? new Error("asked too often")),
    });
    await expect(readFake(aws, thing, { roleArn: "arn:aws:iam::222222222222:role/Audit" })).rejects.toThrow(
      /cannot be assumed/u,
    );
  });

  it.each([
    ["a refusal", () => denied("sts:GetCallerIdentity"), "AccessDenied"],
    ["a broken network", () => networkError("ENOTFOUND"), "Unreachable"],
    ["an answer without an account", () => ({}), "Malformed"],
  ])(
    "%s at the identity call is a gap, and the rest is still read",
    async (_title, GetCallerIdentity, reason) => {
      const snapshot = await readFake(
        fakeAws({ answers: { GetCallerIdentity, ListThings, GetThingStatus: () => ({ IsOn: true }) } }),
        thing,
        { regions, roleArn: "arn:aws-cn:iam::222222222222:role/Audit" },
      );
      expect(snapshot.account).toEqual({ id: "222222222222", partition: "aws-cn" });
      expect(snapshot.gaps).toMatchObject([
        { type: "Watchproof::Account::Identity", reason, action: "sts:GetCallerIdentity" },
      ]);
      expect(snapshot.resources).toHaveLength(1);
    },
  );

  it("without a role, the account is the credentials' own, else unknown", async () => {
    const answers = { GetCallerIdentity: (): Error => denied("sts:GetCallerIdentity") };
    const known = await readFake(
      fakeAws({ answers, authenticate: () => Promise.resolve({ accountId: "333333333333" }) }),
      [],
      { regions },
    );
    const unknown = await readFake(fakeAws({ answers }), [], { regions });
    expect([known.account.id, unknown.account.id]).toEqual(["333333333333", "unknown"]);
  });

  it("credentials that one region does not accept are a gap there", async () => {
    const snapshot = await readFake(
      fakeAws({
        answers: { ListThings: () => awsError("UnrecognizedClientException"), GetThingStatus: () => ({}) },
      }),
      thing,
      { regions },
    );
    expect(snapshot.gaps).toMatchObject([
      {
        type: "Test::Thing",
        reason: "CredentialsRejected",
        action: "cloudtrail:ListThings",
        message: "the credentials are not accepted",
      },
    ]);
  });
});

describe("throttling", () => {
  // A bucket that holds one request and refills at two a second, as AWS has it for some operations.
  const throttle = (clock: ReturnType<typeof virtualClock>, answer: object): Respond => {
    let freeAt = 0;
    return () => {
      if (clock.now() < freeAt) return awsError("ThrottlingException");
      freeAt = clock.now() + 500;
      return answer;
    };
  };
  const eight = { Things: Array.from({ length: 8 }, (_, at) => ({ Name: `t${at}` })) };

  it.each([0, 0.3, 0.999])("loses none of a burst of eight at two a second (chance %d)", async (chance) => {
    const clock = virtualClock(() => chance);
    const aws = fakeAws({
      answers: { ListThings: () => eight, GetThingStatus: throttle(clock, { IsOn: true }) },
    });
    const snapshot = await readFake(aws, thing, { regions, clock });
    expect(snapshot.resources.map(({ observed, unreadable }) => [observed?.["IsOn"], unreadable])).toEqual(
      Array.from({ length: 8 }, () => [true, undefined]),
    );
    expect(clock.now()).toBeLessThan(20_000);
    // Slowing down is what keeps the number of refused requests small.
    expect(aws.count("GetThingStatus")).toBeLessThan(24);
  });

  it("that never ends is given up after 30 seconds, and is no other verdict than unreadable", async () => {
    const clock = virtualClock();
    const snapshot = await readFake(
      fakeAws({
        answers: {
          ListThings: () => eight,
          GetThingStatus: () => awsError("TooManyRequestsException", { status: 429 }),
        },
      }),
      thing,
      { regions, clock },
    );
    expect(snapshot.resources.map(({ unreadable }) => unreadable?.["IsOn"]?.reason)).toEqual(
      Array.from({ length: 8 }, () => "Throttled"),
    );
    expect(clock.now()).toBeGreaterThan(29_000);
    expect(clock.now()).toBeLessThan(31_000);
  });

  it("is avoided: requests leave at the documented rate", async () => {
    const clock = virtualClock();
    const sent: number[] = [];
    const many = { Things: Array.from({ length: 40 }, (_, at) => ({ Name: `t${at}` })) };
    await readFake(
      fakeAws({
        answers: {
          ListThings: () => many,
          GetThingStatus: () => {
            sent.push(clock.now());
            return { IsOn: true };
          },
        },
      }),
      thing,
      { regions, clock },
    );
    expect(sent.filter((time) => time === 0)).toHaveLength(10);
    expect(Math.max(...sent)).toBe(3000);
  });
});

describe("a network that does not work", () => {
  it.each(["ECONNREFUSED", "ENOTFOUND", "DEPTH_ZERO_SELF_SIGNED_CERT"])(
    "asks a host twice that answers %s, and never again",
    async (code) => {
      const aws = fakeAws({ answers: everyAnswer(() => networkError(code)), host: () => "one host" });
      const snapshot = await readFake(aws, thing);
      expect(aws.calls).toHaveLength(2);
      expect(new Set(snapshot.gaps.map(({ reason }) => reason))).toEqual(new Set(["Unreachable"]));
      expect(snapshot.gaps).toHaveLength(19);
    },
  );

  it("ends within 40 seconds when the one endpoint hangs", async () => {
    const clock = virtualClock();
    const aws = fakeAws({ answers: everyAnswer(hangs), host: () => "one host" });
    const snapshot = await readFake(aws, thing, { clock });
    expect(clock.now()).toBeLessThan(20_000);
    expect(aws.count("ListThings")).toBe(0);
    expect(new Set(snapshot.gaps.map(({ reason }) => reason))).toEqual(new Set(["TimedOut"]));
  });

  it.each([
    ["everything", {}],
    ["everything but who and where", { GetCallerIdentity: undefined, ListRegions: undefined }],
    [
      "everything that is read of single resources",
      {
        GetCallerIdentity: undefined,
        ListRegions: undefined,
        ListThings: (() => ({
          Things: Array.from({ length: 30 }, (_, at) => ({ Name: `t${at}` })),
        })) satisfies Respond,
      },
    ],
  ])(
    "ends within 40 seconds when %s hangs, and each request has a host of its own",
    async (_title, changes) => {
      const clock = virtualClock();
      const answers = Object.fromEntries(
        Object.entries({
          ...everyAnswer(hangs),
          ListParts: hangs,
          GetThingParts: hangs,
          GetThingBoxes: hangs,
          ListBadges: hangs,
          ...changes,
        }).flatMap(([name, answer]) => (answer === undefined ? [] : [[name, answer as Respond] as const])),
      );
      const aws = fakeAws({
        answers,
        host: ({ operation, region, input }) => `${operation} ${region} ${JSON.stringify(input)}`,
      });
      const needs = [
        { type: "Test::Thing", properties: ["IsOn", "Parts", "Boxes"] },
        { type: "Test::Part", properties: ["Of"] },
        { type: "Test::Badge", properties: ["Text"] },
      ];
      const snapshot = await readFake(aws, needs, {
        clock,
        regions: [
          "us-east-1",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "eu-north-1",
          "ap-south-1",
          "ca-central-1",
          "sa-east-1",
        ],
      });
      expect(clock.now()).toBeLessThan(40_000);
      expect(
        snapshot.gaps.length + snapshot.resources.filter(({ unreadable }) => unreadable !== undefined).length,
      ).toBeGreaterThan(0);
    },
  );

  it.each([
    ["a server in trouble", awsError("InternalFailure", { status: 500 })],
    [
      "a page of HTML with status 500",
      Object.assign(new SyntaxError("Unexpected token '<'"), { $metadata: { httpStatusCode: 500 } }),
    ],
    ["a broken connection", Object.assign(networkError("ECONNRESET"), { name: "TimeoutError" })],
  ])("asks %s three times", async (_title, error) => {
    const aws = fakeAws({ answers: { ListThings: () => error } });
    const snapshot = await readFake(aws, thing, { regions });
    expect([aws.count("ListThings"), snapshot.calls["cloudtrail:ListThings"], snapshot.gaps.length]).toEqual([
      3, 3, 1,
    ]);
  });

  it.each([
    ["a refusal", denied("cloudtrail:ListThings")],
    ["AWS's own no", awsError("ValidationException")],
    [
      "a page of HTML with status 404",
      Object.assign(new SyntaxError("Unexpected token '<'"), { $metadata: { httpStatusCode: 404 } }),
    ],
  ])("asks once where the answer is %s", async (_title, error) => {
    const aws = fakeAws({ answers: { ListThings: () => error } });
    await readFake(aws, thing, { regions });
    expect(aws.count("ListThings")).toBe(1);
  });

  it("takes a second attempt's answer for what it is", async () => {
    let attempts = 0;
    const snapshot = await readFake(
      fakeAws({
        answers: {
          ListThings: () =>
            ++attempts < 3 ? awsError("ServiceUnavailable", { status: 503 }) : { Things: [] },
        },
      }),
      thing,
      { regions },
    );
    expect([attempts, snapshot.gaps]).toEqual([3, []]);
  });
});

describe("a run that is aborted", () => {
  it("rejects with the reason, and asks nothing more", async () => {
    const abort = new AbortController();
    const aws = fakeAws({
      answers: {
        ListThings: () => {
          abort.abort(new Error("enough"));
          return hangs();
        },
      },
    });
    await expect(
      readFake(aws, thing, { regions: ["us-east-1", "eu-west-1"], signal: abort.signal }),
    ).rejects.toThrow("enough");
    expect(aws.count("GetThingStatus")).toBe(0);
    await expect(
      readFake(aws, thing, { signal: AbortSignal.abort(new Error("before it began")) }),
    ).rejects.toThrow("before it began");
  });

  it("tells of each answered call", async () => {
    const events: string[] = [];
    await readFake(fakeAws({ answers: { ListThings, GetThingStatus: () => ({ IsOn: true }) } }), thing, {
      regions,
      progress: ({ done, total, operation, region }) => {
        events.push(`${done}/${total} ${operation} ${region}`);
      },
    });
    expect(events).toEqual([
      "1/1 sts:GetCallerIdentity us-east-1",
      "2/2 cloudtrail:ListThings us-east-1",
      "3/3 cloudtrail:GetThingStatus us-east-1",
    ]);
  });
});
