import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import { sarif } from "../../src/reporters/sarif.js";
import type { SarifLog } from "../../src/shared/sarif/log.js";
import { readSarif, refusals } from "./code-scanning.js";
import { finding, reportOf, trailFinding } from "./reports.js";
import { sampleReport } from "./sample-report.js";

const options: RenderOptions = {
  gate: { exitCode: 1, because: "1 open failure" },
  color: false,
  places: {
    "cloudtrail.log-file-validation": { file: "rules/log files/validation.yaml", line: 2, column: 5 },
  },
};
const logOf = (report: Report): SarifLog => readSarif(sarif.render(report, options));
const failure = (name: string, part: Partial<Finding> = {}): Finding =>
  trailFinding(name, { status: "fail", message: "log file validation is off", ...part });
const runOf = (findings: readonly Finding[], part: Partial<Report> = {}) =>
  logOf(reportOf(findings, part)).runs[0]!;

describe("sarif", () => {
  it.each([
    ["one of everything", sampleReport],
    ["nothing", reportOf([])],
    ["what passes alone", reportOf([finding()])],
    ["no account", reportOf([], { accounts: [] })],
    [
      "empty texts",
      reportOf([
        failure("t", {
          title: "",
          message: "",
          references: [""],
          remediation: { text: " ", cli: "" },
          subject: { kind: "resource", type: "T", id: "" },
        }),
      ]),
    ],
    [
      "long texts",
      reportOf([
        failure("t", {
          title: "🙂".repeat(2_000),
          references: ["https://a.example/x y", "ftp://b.example", "https://c.example/%zz"],
        }),
      ]),
    ],
  ] satisfies readonly (readonly [string, Report])[])("of %s is valid, and GitHub takes it", (_, report) => {
    expect(refusals(logOf(report))).toEqual([]);
  });

  it("has a run for each account, of a category of its own", () => {
    const { runs } = logOf(reportOf([failure("a"), failure("b", { account: "222222222222" })]));
    expect(runs.map(({ automationDetails, results }) => [automationDetails.id, results.length])).toEqual([
      ["watchproof/111111111111/", 1],
      ["watchproof/222222222222/", 1],
    ]);
  });

  it("has open failures as results, the gravest first, and nothing else", () => {
    const { results } = runOf([
      failure("low", { severity: "low" }),
      failure("critical", { severity: "critical" }),
      failure("waived", { waiver: { reason: "x" } }),
      trailFinding("pass"),
      trailFinding("blind", { status: "unknown", reason: "unreadable" }),
    ]);
    expect(results.map(({ level, properties }) => [level, properties])).toMatchObject([
      ["error", { severity: "critical" }],
      ["note", { severity: "low" }],
    ]);
  });

  it("points at the rule, and names the resource", () => {
    const [result] = runOf([failure("main")]).results;
    expect(result).toMatchObject({
      ruleId: "cloudtrail.log-file-validation",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "rules/log%20files/validation.yaml" },
            region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 6 },
          },
          logicalLocations: [
            { name: "main", fullyQualifiedName: "arn:aws:cloudtrail:us-east-1:111111111111:trail/main" },
          ],
        },
      ],
    });
  });

  it("points at the config where a rule's place is not known, whatever the rule is called", () => {
    const [result] = runOf([failure("t", { rule: "constructor" })]).results;
    expect(result?.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: "watchproof.yaml" },
      region: { startLine: 1 },
    });
  });

  it("keeps fingerprints when messages, severities and places change", () => {
    const marks = (log: SarifLog) =>
      log.runs.flatMap(({ results }) => results.map(({ partialFingerprints }) => partialFingerprints));
    const before = logOf(reportOf([failure("a"), failure("b")]));
    const after = readSarif(
      sarif.render(
        reportOf([failure("a", { message: "other words" }), failure("b", { severity: "critical" })]),
        { ...options, places: {} },
      ),
    );
    expect(marks(after).toSorted(byHash)).toEqual(marks(before).toSorted(byHash));
    expect(marks(before)[0]).toEqual({ primaryLocationLineHash: "f-a:1", "watchproof/v1": "f-a" });
  });

  it("tells new failures from known ones where there is a baseline", () => {
    const { results } = runOf([
      failure("a", { baseline: "known" }),
      failure("b", { baseline: "new" }),
      failure("c"),
    ]);
    expect(results.map(({ baselineState }) => baselineState)).toEqual(["unchanged", "new", undefined]);
  });

  it("keeps waived failures visible, as notifications", () => {
    const [invocation] = runOf([
      failure("sandbox", { waiver: { reason: "sandbox", owner: "platform", expires: "2027-01-31" } }),
    ]).invocations;
    expect(invocation).toMatchObject({
      executionSuccessful: true,
      toolConfigurationNotifications: [
        {
          descriptor: { id: "waived" },
          level: "note",
          associatedRule: { id: "cloudtrail.log-file-validation" },
        },
      ],
    });
    expect(invocation?.toolConfigurationNotifications[0]?.message.text).toBe(
      "waived (expires: 2027-01-31, owner: platform, reason: sandbox): AWS::CloudTrail::Trail sandbox in us-east-1: log file validation is off",
    );
  });

  it.each([
    [
      "unknown",
      { status: "unknown", reason: "unreadable" },
      { descriptor: { id: "unreadable" }, level: "warning" },
    ],
    ["error", { status: "error" }, { descriptor: { id: "error" }, level: "error" }],
  ] as const)("says what is %s, and that not everything was looked at", (_, part, expected) => {
    const run = runOf([trailFinding("org", { ...part, message: "could not be read" })]);
    expect(run.results).toEqual([]);
    expect(run.invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 1,
        exitCodeDescription: "1 open failure",
        toolExecutionNotifications: [expected],
      },
    ]);
  });

  it("says which gaps there are, and what is to be mended in waivers", () => {
    const notes = [
      { kind: "waiver-expired", message: "the waiver has expired", place: "waivers.yaml:4:5" },
    ] as const;
    const [invocation] = logOf({ ...sampleReport, notes }).runs[0]!.invocations;
    expect(invocation?.toolExecutionNotifications.map(({ message }) => message.text)).toContain(
      "cloudtrail:GetTrailStatus was refused in us-east-1",
    );
    expect(invocation?.toolConfigurationNotifications.at(-1)?.message.text).toBe(
      "waivers.yaml:4:5: the waiver has expired",
    );
  });

  it("describes a rule with its help, alike in every run", () => {
    const remedy = { text: "Turn it *on*.", cli: "aws cloudtrail update-trail\n```" };
    const { runs } = logOf(
      reportOf([
        failure("a", { remediation: remedy, severity: "low" }),
        failure("b", {
          account: "222222222222",
          remediation: remedy,
          severity: "critical",
          references: ["https://docs.example/a_b"],
        }),
      ]),
    );
    expect(runs[1]?.tool.driver.rules).toEqual(runs[0]?.tool.driver.rules);
    const [rule] = runs[0]!.tool.driver.rules;
    expect(rule).toMatchObject({
      defaultConfiguration: { level: "error" },
      properties: { "security-severity": "9.5", "problem.severity": "error" },
    });
    expect(rule?.help.text).toContain("Turn it *on*.\n\nCommand line:\n\naws cloudtrail update-trail\n```");
    expect(rule?.help.markdown).toContain(
      "Turn it &#42;on&#42;.\n\nCommand line:\n\n````\naws cloudtrail update-trail\n```\n````",
    );
  });

  it("says with each finding how to mend it, where that depends on the finding", () => {
    const { results, tool } = runOf([
      failure("a", { remediation: { text: "Mend a,\nat once." } }),
      failure("b", { remediation: { text: "Mend b." } }),
    ]);
    expect(results[0]?.message.text).toBe(
      "AWS::CloudTrail::Trail a in us-east-1: log file validation is off · Mend a, at once.",
    );
    expect(tool.driver.rules[0]?.help.text).toContain("depends on the resource");
  });
});

it("the check of GitHub's demands sees what is wrong", () => {
  const [run] = logOf(reportOf([failure("a"), failure("b")])).runs;
  const [result] = run!.results;
  const broken = {
    ...run!,
    automationDetails: { id: "" },
    results: [result!, { ...result!, ruleIndex: 7, suppressions: [] }],
  };
  const why = refusals({ $schema: "", version: "2.1.0", runs: [broken, broken] }).join("; ");
  for (const part of [
    "$schema",
    "of one category",
    ": empty",
    "one alert",
    "ruleIndex",
    "no open failure",
    "no category",
  ])
    expect(why).toContain(part);
});

describe("GitHub's limits", () => {
  it("keep the gravest of too many results, and it is said", () => {
    const many = Array.from({ length: 25_003 }, (_, at) =>
      failure(`t${at.toString()}`, { severity: at === 25_002 ? "critical" : "low" }),
    );
    const text = sarif.render(reportOf(many), options);
    const log: SarifLog = JSON.parse(text);
    expect(refusals(log)).toEqual([]);
    expect(log.runs[0]?.results).toHaveLength(25_000);
    expect(log.runs[0]?.results[0]?.level).toBe("error");
    expect(
      log.runs[0]?.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text),
    ).toEqual(["3 open failures left out, because GitHub takes 25000 results"]);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
  });

  it("keep the accounts with the gravest failures, in order, and it is said", () => {
    const accounts = Array.from({ length: 23 }, (_, at) => (100_000_000_000 + at).toString());
    const log = logOf(
      reportOf(
        [
          failure("x", { account: accounts[22]!, severity: "critical" }),
          failure("y", { account: accounts[21]!, severity: "low" }),
        ],
        { accounts: accounts.map((id) => ({ ...sampleReport.accounts[0]!, id })) },
      ),
    );
    expect(refusals(log)).toEqual([]);
    expect(log.runs.map(({ automationDetails }) => automationDetails.id.split("/")[1])).toEqual([
      ...accounts.slice(0, 18),
      ...accounts.slice(21),
    ]);
    expect(log.runs[0]?.invocations[0]?.toolConfigurationNotifications[0]?.message.text).toContain(
      `3 accounts left out, because GitHub takes 20 runs: ${accounts[18]!}`,
    );
  });

  it("cut tags, but not the list of controls", () => {
    const controls = Array.from({ length: 40 }, (_, at) => ({
      framework: "f",
      id: at.toString().padStart(2, "0"),
    }));
    const log = logOf(reportOf([failure("t", { controls })]));
    expect(refusals(log)).toEqual([]);
    expect(log.runs[0]?.tool.driver.rules[0]?.help.text).toContain("f 39");
  });
});

it("any text at all gives a valid log in which nothing is a link or steers a terminal", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("[x](http://evil)", "]]>", "::error::x", "a\u001b[31m", "```", "\n", "{0}", "\u202e"),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      const written = sarif.render(
        reportOf([
          failure("t", {
            title: a,
            message: b,
            witness: { [a]: b },
            remediation: { text: a, cli: b },
            references: [a],
            subject: { kind: "resource", type: "T", id: a, arn: b },
          }),
          trailFinding("u", { status: "unknown", reason: "unreadable", message: a }),
        ]),
        options,
      );
      const log = readSarif(written);
      expect(refusals(log).filter((why) => !/^log\.runs\.0\.results\.0\.properties\./u.test(why))).toEqual(
        [],
      );
      expect(log.runs[0]?.results[0]?.message.text).not.toContain("](");
      expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    }),
    { numRuns: 200 },
  );
});

function byHash(a: { readonly "watchproof/v1": string }, b: { readonly "watchproof/v1": string }): number {
  return a["watchproof/v1"] < b["watchproof/v1"] ? -1 : 1;
}

it("every descriptor, of a rule and of a notification, says all that GitHub asks of one", () => {
  const described = (rule: string): object => ({
    ...trailFinding("t", { status: "fail" }),
    id: rule,
    rule,
    references: [],
  });
  const report = reportOf(
    ["own.one", "s3.access-logging", "x"].map((rule) => described(rule) as ReturnType<typeof trailFinding>),
  );
  const log = JSON.parse(sarif.render(report, options)) as {
    readonly runs: readonly {
      readonly tool: {
        readonly driver: Readonly<
          Record<"rules" | "notifications", readonly Readonly<Record<string, { readonly text: string }>>[]>
        >;
      };
    }[];
  };
  const driver = log.runs[0]!.tool.driver;
  const descriptors = [...driver.rules, ...driver.notifications];
  expect(descriptors.length).toBeGreaterThan(8);
  for (const { id, name, shortDescription, fullDescription, help } of descriptors) {
    expect(name).toMatch(/^\p{Lu}[\p{L}\p{N}]*$/u);
    expect(name).not.toBe(id);
    for (const text of [shortDescription?.text, fullDescription?.text, help?.text])
      expect(text).toMatch(/\S/u);
  }
  expect(driver.rules.map(({ name }) => name)).toEqual(["OwnOne", "S3AccessLogging", "X"]);
});
