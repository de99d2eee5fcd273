import { describe, expect, it } from "vitest";
import type { ApiCall } from "../../src/aws/transport.js";
import type { Message } from "../../src/core/notifier.js";
import type { Finding, Report } from "../../src/core/report.js";
import type { Answer } from "../../src/notifiers/call-aws.js";
import { securityHubNotifier } from "../../src/notifiers/security-hub.js";
import type { AsffFinding } from "../../src/shared/asff/asff.js";
import { asffErrors } from "../reporters/asff.support.js";
import { reportOf, trailFinding } from "../reporters/reports.js";
import { changeOf } from "./support.js";

const unused = (): Promise<Answer> => Promise.reject(new Error("nothing is to be sent"));
const messagesOf = (after: Report, before?: Report, region = "eu-central-1"): readonly Message[] =>
  securityHubNotifier(region, unused).messages(changeOf(after, before));
const findingsOf = (messages: readonly Message[]): readonly AsffFinding[] =>
  messages.flatMap(({ body }) => (body as { readonly Findings: readonly AsffFinding[] }).Findings);
const row = (part: Partial<Finding> | undefined): readonly Finding[] =>
  part === undefined ? [] : [trailFinding("main", part)];
// It shows that the rule looked.
const other = trailFinding("other");
const imported = (old: Partial<Finding> | undefined, now: Partial<Finding> | undefined): readonly string[] =>
  findingsOf(messagesOf(reportOf([...row(now), other]), reportOf([...row(old), other]))).map(
    ({ RecordState, Compliance }) => `${RecordState} ${Compliance.Status}`,
  );

const failing: Partial<Finding> = { status: "fail" };
const blind: Partial<Finding> = { status: "unknown", reason: "unreadable" };

describe("what Security Hub is given", () => {
  it.each<[string, Partial<Finding> | undefined, Partial<Finding> | undefined, readonly string[]]>([
    ["a new failure", {}, failing, ["ACTIVE FAILED"]],
    [
      "a failure that stays, since Security Hub forgets it after 90 days",
      failing,
      failing,
      ["ACTIVE FAILED"],
    ],
    ["an accepted failure", failing, { ...failing, waiver: { reason: "x" } }, ["ACTIVE WARNING"]],
    ["a failure that nobody can judge now: it stays open", failing, blind, ["ACTIVE NOT_AVAILABLE"]],
    ["what nobody can judge", blind, blind, ["ACTIVE NOT_AVAILABLE"]],
    ["a failure that was mended", failing, {}, ["ARCHIVED PASSED"]],
    [
      "a failure that does not apply any more",
      failing,
      { status: "not-applicable" },
      ["ARCHIVED NOT_AVAILABLE"],
    ],
    ["a failure whose subject is gone", failing, undefined, ["ARCHIVED NOT_AVAILABLE"]],
    ["what could not be judged, and passes", blind, {}, ["ARCHIVED PASSED"]],
    ["what could not be judged, and is gone", blind, undefined, ["ARCHIVED NOT_AVAILABLE"]],
    ["a pass that stays", {}, {}, []],
    ["a pass that is gone", {}, undefined, []],
  ])("of %s", (_, old, now, states) => {
    expect(imported(old, now)).toEqual(states);
  });

  it.each([
    ["failure", failing],
    ["unknown", blind],
  ])("of a %s of an account that was not judged this time, is nothing: it stays as it was", (_, part) => {
    const before = reportOf([trailFinding("main", { ...part, account: "222222222222" }), other]);
    expect(messagesOf(reportOf([other]), before)).toEqual([]);
  });

  it("of an account that could not be entered, is nothing: its own credentials are what was refused", () => {
    const report = reportOf([trailFinding("main", blind)]);
    const refused = { ...report, accounts: report.accounts.map((one) => ({ ...one, regions: [] })) };
    expect(messagesOf(refused)).toEqual([]);
    expect(messagesOf(refused, reportOf([trailFinding("main", failing)]))).toEqual([]);
  });

  it("is all that is open on a first run", () => {
    const states = findingsOf(
      messagesOf(reportOf([trailFinding("a", failing), trailFinding("b", blind), trailFinding("c")])),
    ).map(({ Id }) => Id);
    expect(states).toEqual(["watchproof-f-a", "watchproof-f-b"]);
  });

  it("stands in one region for all, under each account's own product, and fits the documented shape", () => {
    const rows = ["111111111111", "222222222222"].map((account) =>
      trailFinding("main", { ...failing, account, id: account }),
    );
    const messages = messagesOf(reportOf(rows));
    expect(messages.map(({ account, to, about }) => [account, to, about])).toEqual(
      ["111111111111", "222222222222"].map((id) => [
        id,
        `Security Hub of account ${id} in eu-central-1`,
        "1 open finding, 0 archived",
      ]),
    );
    expect(findingsOf(messages).map(({ ProductArn }) => ProductArn)).toEqual(
      ["111111111111", "222222222222"].map(
        (id) => `arn:aws:securityhub:eu-central-1:${id}:product/${id}/default`,
      ),
    );
    expect(findingsOf(messages)[0]?.Resources[0].Region).toBe("us-east-1");
    expect(asffErrors(messages.map(({ body }) => body))).toEqual([]);
  });

  it("is updated at the time of telling, so that it is later with each run, and created when the account was read", () => {
    expect(findingsOf(messagesOf(reportOf(row(failing))))[0]).toMatchObject({
      CreatedAt: "2026-11-20T10:00:00.000Z",
      UpdatedAt: "2026-11-21T02:00:00.000Z",
    });
  });

  it("is no older than what it shows, where this machine's clock is behind", () => {
    const report = reportOf(row(failing));
    const later = {
      ...report,
      accounts: report.accounts.map((account) => ({ ...account, takenAt: "2026-11-22T00:00:00.000Z" })),
    };
    expect(findingsOf(messagesOf(later))[0]?.UpdatedAt).toBe("2026-11-22T00:00:00.000Z");
  });

  it("goes out in batches of 100", () => {
    const many = reportOf(Array.from({ length: 250 }, (_, at) => trailFinding(`t${at.toString()}`, failing)));
    expect(messagesOf(many).map((message) => findingsOf([message]).length)).toEqual([100, 100, 50]);
  });

  it("leaves out accounts of another partition, which has no such region", () => {
    expect(messagesOf(reportOf(row(failing)), undefined, "cn-north-1")).toEqual([]);
  });
});

describe("importing", () => {
  const sendWith = async (answer: Answer): Promise<unknown> => {
    const notifier = securityHubNotifier("eu-central-1", () => Promise.resolve(answer));
    return notifier.send(notifier.messages(changeOf(reportOf(row(failing))))[0]!);
  };

  it("goes to the region with the account's own credentials", async () => {
    const calls: (readonly [ApiCall, string | undefined])[] = [];
    const notifier = securityHubNotifier("eu-central-1", (call, account) => {
      calls.push([call, account]);
      return Promise.resolve({ ok: true, value: { FailedCount: 0, SuccessCount: 1, FailedFindings: [] } });
    });
    const [message] = notifier.messages(changeOf(reportOf(row(failing))));
    expect(await notifier.send(message!)).toEqual({ kind: "sent", troubles: [] });
    expect(calls).toEqual([
      [
        {
          service: "securityhub",
          region: "eu-central-1",
          operation: "BatchImportFindings",
          input: message?.body,
        },
        "111111111111",
      ],
    ]);
  });

  it("tells one by one which findings were not taken, though the call succeeded", async () => {
    const FailedFindings = [
      { Id: "watchproof-f-main", ErrorCode: "InvalidInput", ErrorMessage: "line\nbreak" },
    ];
    expect(await sendWith({ ok: true, value: { FailedCount: 3, SuccessCount: 0, FailedFindings } })).toEqual({
      kind: "sent",
      troubles: [
        "watchproof-f-main: InvalidInput: line\\nbreak",
        "2 more findings not taken, without a reason",
      ],
    });
  });

  it("asks whether Security Hub is enabled where it does not let the account in", async () => {
    expect(
      await sendWith({
        ok: false,
        reason: "InvalidAccessException",
        message: "Account 111111111111 is not subscribed to AWS Security Hub",
      }),
    ).toEqual({
      kind: "failed",
      because:
        "InvalidAccessException: Account 111111111111 is not subscribed to AWS Security Hub. Is Security Hub enabled in this account and in eu-central-1, and are these the account's own credentials?",
    });
  });

  it("says what to grant where it is refused", async () => {
    expect(await sendWith({ ok: false, reason: "AccessDenied", message: "" })).toEqual({
      kind: "failed",
      because:
        "securityhub:BatchImportFindings in eu-central-1: AccessDenied; grant securityhub:BatchImportFindings in eu-central-1",
    });
  });
});
