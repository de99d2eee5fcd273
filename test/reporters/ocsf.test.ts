import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import { ocsf } from "../../src/reporters/ocsf.js";
import { readOcsf } from "./ocsf-events.js";
import type { OcsfEvent } from "./ocsf-events.js";
import { finding, reportOf, trailFinding } from "./reports.js";
import { sampleReport } from "./sample-report.js";

const options: RenderOptions = { gate: { exitCode: 1, because: "1 open failure" }, color: false };
const eventsOf = (report: Report): readonly OcsfEvent[] => readOcsf(ocsf.render(report, options));
const eventOf = (item: Finding): OcsfEvent => eventsOf(reportOf([item]))[0]!;

describe("ocsf", () => {
  it("holds an event for every finding, each valid, in its own line", () => {
    expect(eventsOf(sampleReport)).toHaveLength(sampleReport.findings.length);
    const lines = ocsf.render(sampleReport, options).trimEnd().split("\n").slice(1, -1);
    expect(lines.map((line) => readOcsf(`[${line.replace(/,$/u, "")}]`)[0]?.["class_uid"])).toEqual(
      sampleReport.findings.map(() => 2003),
    );
  });

  it("is an empty array where nothing was found", () => {
    expect(ocsf.render(reportOf([]), options)).toBe("[]\n");
  });

  it.each([
    ["pass", {}, { status_id: 4, compliance: { status_id: 1, status: "Pass" } }],
    [
      "fail",
      { status: "fail" },
      { status_id: 1, activity_id: 1, type_uid: 200301, compliance: { status_id: 3, status: "Fail" } },
    ],
    [
      "fail, known",
      { status: "fail", baseline: "known" },
      { status_id: 2, activity_id: 2, type_uid: 200302, compliance: { status_id: 3 } },
    ],
    [
      "fail, waived",
      { status: "fail", waiver: { reason: "sandbox", owner: "platform" } },
      {
        status_id: 3,
        status: "Suppressed",
        comment: "waived: owner: platform, reason: sandbox",
        compliance: { status_id: 3 },
        unmapped: { waiver: { reason: "sandbox" } },
      },
    ],
    [
      "fail, waived and known",
      { status: "fail", waiver: { reason: "x" }, baseline: "known" },
      { status_id: 3 },
    ],
    [
      "unknown",
      { status: "unknown", reason: "unreadable" },
      { status_id: 1, compliance: { status_id: 2, status: "Warning", status_code: "unreadable" } },
    ],
    ["error", { status: "error" }, { status_id: 1, status_code: "error", compliance: { status_id: 2 } }],
    [
      "not-applicable",
      { status: "not-applicable" },
      { status_id: 99, status: "Not Applicable", compliance: { status_id: 99, status: "Not Applicable" } },
    ],
  ] satisfies readonly (readonly [string, Partial<Finding>, object])[])(
    "says what is %s in OCSF's words",
    (_, part, expected) => {
      expect(eventOf(trailFinding("main", part))).toMatchObject(expected);
    },
  );

  it.each([
    ["critical", 5],
    ["high", 4],
    ["medium", 3],
    ["low", 2],
    ["info", 1],
  ] as const)("severity %s is %i", (severity, severity_id) => {
    expect(eventOf(finding({ severity }))["severity_id"]).toBe(severity_id);
  });

  it("counts time in milliseconds, from when the account was read", () => {
    const { time, finding_info, metadata } = eventOf(finding()) as {
      readonly time: number;
      readonly finding_info: { readonly last_seen_time: number };
      readonly metadata: { readonly uid: string };
    };
    expect([new Date(time).toISOString(), finding_info.last_seen_time]).toEqual([
      "2026-11-20T10:00:00.000Z",
      time,
    ]);
    expect(metadata.uid).toBe(`f-0001-${time}`);
  });

  it("names account, region, resource and rule", () => {
    expect(eventOf(trailFinding("main"))).toMatchObject({
      cloud: { provider: "AWS", region: "us-east-1", account: { uid: "111111111111", type_id: 10 } },
      resources: [
        {
          uid: "arn:aws:cloudtrail:us-east-1:111111111111:trail/main",
          name: "main",
          type: "AWS::CloudTrail::Trail",
          region: "us-east-1",
        },
      ],
      finding_info: { uid: "f-main", analytic: { uid: "cloudtrail.log-file-validation", type_id: 1 } },
    });
    expect(eventOf(finding())["cloud"]).not.toHaveProperty("region");
  });

  it("carries controls, remediation, witness and evidence", () => {
    expect(eventsOf(sampleReport)[0]).toMatchObject({
      compliance: { standards: ["nist-800-53-r5"], requirements: ["nist-800-53-r5 AU-12"] },
      remediation: {
        desc: expect.stringContaining("Create a multi-region trail"),
        references: [expect.stringContaining("https://")],
      },
      evidences: [
        { name: "witness", data: { eventName: "CreateVault" } },
        { name: "candidates" },
        { name: expect.stringContaining("IsMultiRegionTrail"), data: { value: false } },
      ],
    });
  });

  it("any text at all gives valid events that hold it unchanged, and steers no terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const report = reportOf([
          trailFinding("t", {
            status: "fail",
            title: text,
            message: text,
            notes: [text],
            witness: { [`x${text}`]: text },
            remediation: { text },
            waiver: { reason: text },
            subject: { kind: "resource", type: "T", id: text, arn: text },
          }),
        ]);
        expect(eventsOf(report)).toMatchObject([
          { status_detail: text, resources: [{ uid: text, name: text }] },
        ]);
        expect(ocsf.render(report, options)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u,
        );
        expect(ocsf.render(report, options).split("\n")).toHaveLength(4);
      }),
      { numRuns: 200 },
    );
  });
});

it("holds an object in every evidence, as the schema asks", () => {
  const report = reportOf([
    trailFinding("many", {
      status: "fail",
      witness: { a: 1 },
      candidates: [{ ref: "x", status: "fail", brokenLink: "y" }],
      evidence: [
        { path: "List", value: [1, 2] },
        { path: "Text", value: "plain" },
        { path: "Nothing", value: null },
      ],
    }),
    trailFinding("bare", { status: "fail" }),
  ]);
  const events = JSON.parse(ocsf.render(report, options)) as readonly {
    readonly evidences?: readonly { readonly data: unknown }[];
  }[];
  const data = events.flatMap(({ evidences = [] }) => evidences.map((evidence) => evidence.data));
  expect(data).toHaveLength(5);
  for (const one of data) expect(Object.prototype.toString.call(one)).toBe("[object Object]");
});
