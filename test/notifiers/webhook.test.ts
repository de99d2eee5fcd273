import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../src/core/notifier.js";
import { webhookNotifier } from "../../src/notifiers/webhook.js";
import type { WebhookWays } from "../../src/notifiers/webhook.js";
import { finding, reportOf, trailFinding } from "../reporters/reports.js";
import { deadEndpoint } from "../support/simulated-aws.js";
import { changeOf, countingSleep, replyServer } from "./support.js";
import type { Reply } from "./support.js";

const failed = trailFinding("main", { status: "fail", message: "log file validation is off" });
const change = changeOf(reportOf([failed]), reportOf([trailFinding("main")]));
const secret = "/services/T000/B000/verySecret";
const ways = (part: Partial<WebhookWays> = {}): WebhookWays => ({
  environment: {},
  fetch,
  sleep: () => Promise.resolve(),
  now: () => 0,
  ...part,
});
const textOf = (name: string): string => {
  const body = webhookNotifier("HOOK", ways()).messages(
    changeOf(reportOf([trailFinding(name, { status: "fail", message: name })]), reportOf([finding()])),
  )[0]?.body;
  return (body as { readonly text: string }).text;
};

/** Sends one message to a server with these answers. */
async function sendTo(
  replies: readonly (Reply | undefined)[],
  part: Partial<WebhookWays> = {},
): Promise<{
  readonly delivery: Delivery;
  readonly requests: readonly string[];
  readonly slept: readonly number[];
}> {
  const server = await replyServer(replies);
  const { slept, sleep } = countingSleep();
  try {
    const notifier = webhookNotifier(
      "HOOK",
      ways({ environment: { HOOK: `${server.url}${secret}` }, sleep, ...part }),
    );
    const [message] = notifier.messages(change);
    return {
      delivery: await notifier.send(message!),
      requests: server.received.map(({ body }) => body),
      slept,
    };
  } finally {
    await server.stop();
  }
}

describe("what is sent", () => {
  it("is a headline, the news in a code block, and where the report is", () => {
    expect(webhookNotifier("HOOK", ways()).messages(change)).toEqual([
      {
        to: "the webhook in $HOOK",
        about: "1 new failure",
        body: {
          text: "*Watchproof: 1 new failure*\n```\n1 new failure:\n  high  cloudtrail.log-file-validation: AWS::CloudTrail::Trail main in us-east-1 (111111111111): log file validation is off\n```\n`run 2026-11-21T02-00-00Z in s3://audits`",
          link_names: false,
          unfurl_links: false,
          unfurl_media: false,
        },
      },
    ]);
  });

  it("is nothing where nothing changed, and one summary on the first run", () => {
    const notifier = webhookNotifier("HOOK", ways());
    expect(notifier.messages(changeOf(reportOf([failed]), reportOf([failed])))).toEqual([]);
    expect(
      notifier
        .messages(
          changeOf(
            reportOf(Array.from({ length: 500 }, (_, at) => trailFinding(at.toString(), { status: "fail" }))),
          ),
        )
        .map(({ about }) => about),
    ).toEqual(["first run, 500 open failures in 1 account"]);
  });

  it("keeps to what Slack shows, and says how much is left out", () => {
    const many = reportOf(
      Array.from({ length: 1_000 }, (_, at) =>
        trailFinding(`t${at.toString()}`, { status: "fail", message: "x".repeat(1_000) }),
      ),
    );
    const [message] = webhookNotifier("HOOK", ways()).messages(changeOf(many, reportOf([finding()])));
    const { text } = message?.body as { readonly text: string };
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toMatch(/\n\.\.\. and \d{3} more lines\n```\n/u);
  });

  it.each([
    "<!here>",
    "<!channel|x>",
    "<@U123>",
    "<http://evil|click>",
    "@channel",
    "@here @everyone",
    "```\n<!here>",
    "a`b",
    "&lt;!here&gt;",
    "*bold* _it_",
    "![x](http://evil)",
    "\u202eevil",
  ])("%j is no mention, link or end of the block", (name) => {
    const text = textOf(name);
    const inside = text.slice(text.indexOf("```") + 3, text.lastIndexOf("```"));
    expect(text.split("```")).toHaveLength(3);
    expect(text).not.toMatch(/[<>]|@\w|&(?!amp;|lt;|gt;)/u);
    expect(inside).not.toContain("`");
  });

  it("holds no control sequence, whatever a name is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (name) => {
        const text = textOf(name);
        expect(text).not.toMatch(/[<>]|@\w/u);
        expect(text.split("```")).toHaveLength(3);
        expect(text.length).toBeLessThanOrEqual(4_000);
        expect(text).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});

describe("sending", () => {
  it("posts the message as it was shown", async () => {
    const { delivery, requests } = await sendTo([{ status: 200, body: "ok" }]);
    expect(delivery).toEqual({ kind: "sent", troubles: [] });
    expect(requests.map((body): unknown => JSON.parse(body))).toEqual(
      webhookNotifier("HOOK", ways())
        .messages(change)
        .map(({ body }) => body),
    );
  });

  it.each<[string, readonly Reply[], readonly number[]]>([
    ["429, which says when", [{ status: 429, headers: { "retry-after": "7" } }, { status: 200 }], [7_000]],
    [
      "429, which gives a date",
      [{ status: 429, headers: { "retry-after": new Date(9_000).toUTCString() } }, { status: 200 }],
      [9_000],
    ],
    ["429, which says nothing", [{ status: 429 }, { status: 200 }], [1_000]],
    ["500 and 503", [{ status: 500 }, { status: 503 }, { status: 200 }], [1_000, 2_000]],
  ])("waits and tries again after %s", async (_, replies, pauses) => {
    const { delivery, slept, requests } = await sendTo(replies);
    expect([delivery.kind, slept, requests.length]).toEqual(["sent", pauses, replies.length]);
  });

  it.each<[string, readonly Reply[], number, RegExp]>([
    ["500 for good", [{ status: 500 }], 3, /^it answered 500, in 3 attempts$/u],
    [
      "429 that asks for an hour",
      [{ status: 429, headers: { "retry-after": "3600" } }],
      1,
      /pause of 3600 s/u,
    ],
    ["404, with Slack's word", [{ status: 404, body: "no_service" }], 1, /^it answered 404 \(no_service\)$/u],
    [
      "400, with a text that could hold anything",
      [{ status: 400, body: `no ${secret}` }],
      1,
      /^it answered 400$/u,
    ],
    [
      "a redirection, which is not followed",
      [{ status: 302, headers: { location: "/elsewhere" } }],
      1,
      /not followed$/u,
    ],
  ])("gives up after %s, without the URL", async (_, replies, count, because) => {
    const { delivery, requests } = await sendTo(replies);
    expect(delivery).toMatchObject({ kind: "failed", because: expect.stringMatching(because) as string });
    expect(requests).toHaveLength(count);
    expect(JSON.stringify(delivery)).not.toMatch(/verySecret|127\.0\.0\.1/u);
  });

  it("gives up on a server that does not answer", async () => {
    expect((await sendTo([undefined], { timeout: 50 })).delivery).toEqual({
      kind: "failed",
      because: "it did not answer within 0.05 s, in 3 attempts",
    });
  });

  it("tells that nobody listens, without the URL", async () => {
    const url = await deadEndpoint();
    const notifier = webhookNotifier("HOOK", ways({ environment: { HOOK: `${url}${secret}` } }));
    expect(await notifier.send(notifier.messages(change)[0]!)).toEqual({
      kind: "failed",
      because: "it could not be reached (ECONNREFUSED), in 3 attempts",
    });
  });

  it.each([
    [{}, "is not set"],
    [{ HOOK: "  " }, "is not set"],
    [{ HOOK: "hooks.slack.com/verySecret" }, "is no URL"],
    [{ HOOK: "http://hooks.slack.com/verySecret" }, "does not begin with https:"],
    [{ HOOK: "file:///etc/verySecret" }, "does not begin with https:"],
    [{ HOOK: "http://127.0.0.1.evil.example/verySecret" }, "does not begin with https:"],
  ])("calls nobody with %j", async (environment, because) => {
    const called: unknown[] = [];
    const spy: typeof fetch = (...words) => {
      called.push(words);
      return Promise.reject(new Error("called"));
    };
    const notifier = webhookNotifier("HOOK", ways({ environment, fetch: spy }));
    const delivery = await notifier.send(notifier.messages(change)[0]!);
    expect(delivery).toMatchObject({ kind: "failed", because: expect.stringContaining(because) as string });
    expect(JSON.stringify(delivery)).not.toContain("verySecret");
    expect(called).toEqual([]);
  });
});
