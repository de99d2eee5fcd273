import { afterEach, describe, expect, it, vi } from "vitest";
import { isUntold, notify } from "../../src/audits/notify.js";
import type { NotificationOutcome, NotifySettings } from "../../src/audits/notify.js";
import { notifyChannels, notifyGrants } from "../../src/audits/notify-channels.js";
import type { NotifyChannel } from "../../src/audits/notify-channels.js";
import { notifyText } from "../../src/audits/notify-text.js";
import { sdkTransport } from "../../src/aws/sdk-transport.js";
import type { Report } from "../../src/core/report.js";
import { countingSleep, replyServer } from "../notifiers/support.js";
import type { Received, Reply } from "../notifiers/support.js";
import { reportOf, trailFinding } from "../reporters/reports.js";
import { environmentOf } from "../support/simulated-aws.js";

const topic = "arn:aws:sns:eu-west-1:111111111111:audits";
const channels: readonly NotifyChannel[] = [
  { kind: "webhook", variable: "HOOK" },
  { kind: "sns", topic },
  { kind: "security-hub", region: "eu-central-1" },
];
const failures = (names: readonly string[], account = "111111111111"): Report["findings"] =>
  names.map((name) =>
    trailFinding(name, { id: `${account} ${name}`, account, status: "fail", message: "off" }),
  );
const before = reportOf([trailFinding("quiet")]);
const after = reportOf([...failures(["main"]), ...failures(["main"], "222222222222"), trailFinding("quiet")]);
const change = { run: "2026-11-21T02-00-00Z", location: "audits", before, after };
const published =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

/** A server that plays webhook, SNS and Security Hub; `answer` may answer otherwise. */
function playing(answer: (request: Received, count: number) => Reply | undefined = () => undefined) {
  const counts = new Map<string, number>();
  return replyServer((request) => {
    const count = (counts.get(request.path) ?? 0) + 1;
    counts.set(request.path, count);
    const usual: Reply =
      request.path === "/"
        ? { status: 200, body: published }
        : {
            status: 200,
            body:
              request.path === "/hook"
                ? "ok"
                : JSON.stringify({ FailedCount: 0, SuccessCount: 1, FailedFindings: [] }),
            headers: { "content-type": "application/json" },
          };
    return answer(request, count) ?? usual;
  });
}

type Told = {
  readonly outcomes: readonly NotificationOutcome[];
  readonly received: readonly Received[];
  readonly slept: readonly number[];
};

async function tell(
  answer?: Parameters<typeof playing>[0],
  settings: Partial<NotifySettings> = {},
  told = change,
): Promise<Told> {
  const server = await playing(answer);
  for (const [name, value] of Object.entries(environmentOf(server.url, "111111111111")))
    vi.stubEnv(name, value);
  vi.stubEnv("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true");
  const { slept, sleep } = countingSleep();
  try {
    const outcomes = await notify(told, {
      channels,
      now: new Date("2026-11-21T02:00:00Z"),
      environment: { HOOK: `${server.url}/hook` },
      sleep,
      ...settings,
    });
    return { outcomes, received: server.received, slept };
  } finally {
    await server.stop();
  }
}

const json = (code: string, status: number, message = ""): Reply => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": code },
  body: JSON.stringify({ Code: code, Message: message }),
});
const keyOf = ({ headers }: Received): string =>
  /Credential=([^/]+)\/\d+\/([^/]+)/u.exec(String(headers["authorization"]))?.slice(1).join(" ") ?? "";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("telling", () => {
  it("reaches every channel: the webhook, the topic in its region, and each account's Security Hub", async () => {
    const { outcomes, received } = await tell();
    expect(
      outcomes.map(
        (outcome) => outcome.kind === "done" && outcome.sent.map(({ about, arrived }) => [about, arrived]),
      ),
    ).toEqual([
      [["2 new failures", true]],
      [["2 new failures", true]],
      [
        ["1 open finding, 0 archived", true],
        ["1 open finding, 0 archived", true],
      ],
    ]);
    expect(outcomes.some(isUntold)).toBe(false);
    const [publish] = received.filter(({ path }) => path === "/");
    expect(keyOf(publish!)).toBe("AKIA111111111111TEST eu-west-1");
    expect(Object.fromEntries(new URLSearchParams(publish?.body))).toMatchObject({
      Action: "Publish",
      TopicArn: topic,
      Subject: "Watchproof: 2 new failures",
    });
    expect(
      received
        .filter(({ path }) => path === "/findings/import")
        .map((request) => [
          keyOf(request).split(" ")[1],
          (JSON.parse(request.body) as { Findings: readonly unknown[] }).Findings.length,
        ]),
    ).toEqual([
      ["eu-central-1", 1],
      ["eu-central-1", 1],
    ]);
  });

  it("uses each account's own way to AWS, where it is given one", async () => {
    const asked: string[] = [];
    await tell(undefined, {
      channels: [{ kind: "security-hub", region: "eu-central-1" }],
      transportFor: (account) => {
        asked.push(account);
        return sdkTransport();
      },
    });
    expect(asked.sort()).toEqual(["111111111111", "222222222222"]);
  });

  it("sends nothing in a dry run, and shows exactly what would be sent", async () => {
    const dry = await tell(undefined, { dryRun: true });
    expect(dry.received).toEqual([]);
    const wet = await tell();
    const shown = dry.outcomes.flatMap((outcome) =>
      outcome.kind === "dry-run" ? outcome.messages.map(({ body }) => body) : [],
    );
    const sent = (path: string): readonly unknown[] =>
      wet.received.filter((request) => request.path === path).map(({ body }): unknown => JSON.parse(body));
    expect(shown).toHaveLength(4);
    expect(shown[0]).toEqual(sent("/hook")[0]);
    expect(sent("/findings/import")).toEqual(expect.arrayContaining(shown.slice(2)));
    expect(new URLSearchParams(wet.received.find(({ path }) => path === "/")?.body).get("Message")).toBe(
      (shown[1] as { Message: string }).Message,
    );
  });

  it("sends nothing where nothing changed, but what is open to Security Hub", async () => {
    const { outcomes, received } = await tell(undefined, {}, { ...change, before: after });
    expect(outcomes.map(({ kind }) => kind)).toEqual(["nothing-new", "nothing-new", "done"]);
    expect(received.map(({ path }) => path)).toEqual(["/findings/import", "/findings/import"]);
  });

  it("sums up a first run", async () => {
    const { outcomes } = await tell(undefined, { dryRun: true, channels: channels.slice(0, 2) }, {
      run: "1",
      location: "audits",
      after,
    } as typeof change);
    expect(outcomes.map((outcome) => outcome.kind === "dry-run" && outcome.messages[0]?.about)).toEqual([
      "first run, 2 open failures in 2 accounts",
      "first run, 2 open failures in 2 accounts",
    ]);
  });
});

describe("trouble", () => {
  it("of one channel stops no other", async () => {
    const { outcomes } = await tell(({ path }) =>
      path === "/hook" ? { status: 404, body: "no_service" } : undefined,
    );
    expect(outcomes.map(isUntold)).toEqual([true, false, false]);
    expect(notifyText(outcomes)).toContain(
      "could not tell the webhook in $HOOK: it answered 404 (no_service)\n",
    );
  });

  it("of one account's Security Hub stops no other account", async () => {
    const { outcomes } = await tell(
      ({ path, body }) =>
        path === "/findings/import" && body.includes('"AwsAccountId":"111111111111"')
          ? json("InvalidAccessException", 401, "Account 111111111111 is not subscribed to AWS Security Hub")
          : undefined,
      { channels: channels.slice(2) },
    );
    expect(outcomes).toMatchObject([
      {
        sent: [
          { arrived: false, troubles: [expect.stringMatching(/not subscribed.*Is Security Hub enabled/u)] },
          { arrived: true, troubles: [] },
        ],
      },
    ]);
    expect(outcomes.some(isUntold)).toBe(true);
  });

  it("with single findings is told, though the call succeeded", async () => {
    const refused = {
      FailedCount: 1,
      SuccessCount: 0,
      FailedFindings: [{ Id: "watchproof-x", ErrorCode: "InvalidInput", ErrorMessage: "too old" }],
    };
    const { outcomes } = await tell(
      ({ path }) =>
        path === "/findings/import"
          ? { status: 200, body: JSON.stringify(refused), headers: { "content-type": "application/json" } }
          : undefined,
      { channels: channels.slice(2) },
    );
    expect(outcomes.some(isUntold)).toBe(true);
    expect(notifyText(outcomes)).toContain("not taken: 1\n  watchproof-x: InvalidInput: too old\n");
  });

  it.each([
    ["throttling", json("ThrottlingException", 429)],
    ["Security Hub's own name for it", json("LimitExceededException", 429)],
    ["a server in trouble", json("InternalException", 500)],
  ])("that passes is waited for: %s", async (_, reply) => {
    const { outcomes, slept } = await tell(
      ({ path }, count) => (path === "/findings/import" && count < 3 ? reply : undefined),
      { channels: channels.slice(2) },
      { ...change, after: before, before: reportOf([trailFinding("quiet", { status: "fail" })]) },
    );
    expect(outcomes).toMatchObject([{ sent: [{ arrived: true, about: "0 open findings, 1 archived" }] }]);
    expect(slept).toEqual([500, 1_000]);
  });

  it("that does not pass is given up after four attempts", async () => {
    const { outcomes, received } = await tell(
      ({ path }) => (path === "/" ? { status: 503, body: "" } : undefined),
      { channels: [channels[1]!] },
    );
    expect(received).toHaveLength(4);
    expect(outcomes.some(isUntold)).toBe(true);
  });

  it("with many batches is spread: a pause between the calls of one account", async () => {
    const many = reportOf(failures(Array.from({ length: 250 }, (_, at) => `t${at.toString()}`)));
    const { received, slept } = await tell(
      undefined,
      { channels: channels.slice(2) },
      { ...change, after: many },
    );
    expect(received).toHaveLength(3);
    expect(slept).toEqual([100, 100]);
  });
});

describe("a config's channels", () => {
  it("are read in their order, and say what they need of IAM", () => {
    const read = notifyChannels({
      audit: { notify: [{ webhook: "HOOK" }, { sns: topic }, { securityHub: "cn-north-1" }] },
    });
    expect(read).toEqual([channels[0], channels[1], { kind: "security-hub", region: "cn-north-1" }]);
    expect(notifyGrants(read)).toEqual([
      { action: "sns:Publish", resource: topic },
      {
        action: "securityhub:BatchImportFindings",
        resource: "arn:aws-cn:securityhub:cn-north-1:*:product/*/default",
      },
    ]);
  });

  it("are none where the config names none", () => {
    expect([notifyChannels({}), notifyChannels({ audit: {} })]).toEqual([[], []]);
  });
});

it("outcomes in words keep hostile names to their line", () => {
  const text = notifyText([
    { channel: "sns x\u001b[31m", kind: "nothing-new" },
    { channel: "a", kind: "done", sent: [{ to: "b\nc", about: "d", arrived: true, troubles: ["e\nf"] }] },
  ]);
  expect(text.split("\n")).toHaveLength(4);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});
