import { describe, expect, it } from "vitest";
import type { ApiCall } from "../../src/aws/transport.js";
import { snsNotifier } from "../../src/notifiers/sns.js";
import type { Answer } from "../../src/notifiers/call-aws.js";
import { finding, reportOf, trailFinding } from "../reporters/reports.js";
import { changeOf } from "./support.js";

const topic = "arn:aws:sns:eu-west-1:111111111111:audits";
const unused = (): Promise<Answer> => Promise.reject(new Error("nothing is to be sent"));
const failed = trailFinding("main", { status: "fail", message: "log file validation is off" });
const change = changeOf(reportOf([failed]), reportOf([trailFinding("main")]));

describe("what is sent to a topic", () => {
  it("is plain text with a subject", () => {
    expect(snsNotifier(topic, unused).messages(change)).toEqual([
      {
        to: `the topic ${topic}`,
        about: "1 new failure",
        body: {
          TopicArn: topic,
          Subject: "Watchproof: 1 new failure",
          Message:
            "Watchproof: 1 new failure\n\n1 new failure:\n  high  cloudtrail.log-file-validation: AWS::CloudTrail::Trail main in us-east-1 (111111111111): log file validation is off\n\nrun 2026-11-21T02-00-00Z in s3://audits",
        },
      },
    ]);
  });

  it("is nothing where nothing changed", () => {
    expect(snsNotifier(topic, unused).messages(changeOf(reportOf([failed]), reportOf([failed])))).toEqual([]);
  });

  it("is within 256 KiB of UTF-8, and says how much is left out", () => {
    const many = reportOf(
      Array.from({ length: 3_000 }, (_, at) =>
        trailFinding(`t${at.toString()}`, { status: "fail", message: "ä".repeat(200) }),
      ),
    );
    const { Message, Subject } = snsNotifier(topic, unused).messages(changeOf(many, reportOf([finding()])))[0]
      ?.body as { readonly Message: string; readonly Subject: string };
    expect(Buffer.byteLength(Message)).toBeLessThanOrEqual(262_144);
    expect(Message).toMatch(/\n… and \d+ more lines, which do not fit in a message\.\nrun /u);
    expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
  });

  it("has a subject of plain ASCII that is short enough, whatever has changed", () => {
    const old = ["a", "b", "c", "d"].map((name) => trailFinding(name, { status: "fail" }));
    const now = [
      trailFinding("a"),
      trailFinding("b", { status: "unknown", reason: "unreadable" }),
      trailFinding("c", { status: "fail", waiver: { reason: "é" } }),
      trailFinding("d", { status: "fail", severity: "low" }),
      trailFinding("e", { status: "fail" }),
    ];
    const [message] = snsNotifier(topic, unused).messages(changeOf(reportOf(now), reportOf(old)));
    expect(message?.about).toBe(
      "1 new failure, 1 no longer judged, 1 with another severity, 1 accepted by a waiver and 1 fixed",
    );
    expect((message?.body as { readonly Subject: string }).Subject).toMatch(
      /^Watchproof: 1 new failure, [\x20-\x7e]{1,75}$/u,
    );
  });
});

describe("publishing", () => {
  it("goes to the topic's own region with the credentials at hand", async () => {
    const calls: (readonly [ApiCall, string | undefined])[] = [];
    const notifier = snsNotifier(topic, (call, account) => {
      calls.push([call, account]);
      return Promise.resolve({ ok: true, value: { MessageId: "1" } });
    });
    const [message] = notifier.messages(change);
    expect(await notifier.send(message!)).toEqual({ kind: "sent", troubles: [] });
    expect(calls).toEqual([
      [{ service: "sns", region: "eu-west-1", operation: "Publish", input: message?.body }, undefined],
    ]);
  });

  it("says what to grant where it is refused", async () => {
    const notifier = snsNotifier(topic, () =>
      Promise.resolve({ ok: false, reason: "AccessDenied", message: "no" }),
    );
    expect(await notifier.send(notifier.messages(change)[0]!)).toEqual({
      kind: "failed",
      because: `sns:Publish in eu-west-1: AccessDenied; grant sns:Publish on ${topic}`,
    });
  });
});
