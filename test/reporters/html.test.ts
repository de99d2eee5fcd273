import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import { html } from "../../src/reporters/html.js";
import { json } from "../../src/reporters/json.js";
import { finding, refused, reportOf, schemaErrors, trailFinding } from "./reports.js";
import { markedReport, trendOf } from "./page-reports.js";

const options: RenderOptions = {
  gate: { exitCode: 1, because: "3 open failures (1 high, 2 low)" },
  color: false,
};
const render = (report: Report, part: Partial<RenderOptions> = {}): string =>
  html.render(report, { ...options, ...part });
// What of a page is made from the report; its script and style have sources of their own.
const body = (page: string): string => page.slice(page.indexOf("<body>"), page.indexOf("<script>"));
const tags = (page: string): readonly string[] =>
  [...body(page).matchAll(/<(\/?[a-z][a-z0-9]*)/gu)].map(([, name = ""]) => name);

describe("golden files", () => {
  it.each([
    {
      title: "one of everything",
      file: "everything.html",
      report: markedReport,
      part: { trend: trendOf(3) },
    },
    {
      title: "nothing found",
      file: "empty.html",
      report: reportOf([]),
      part: { gate: { exitCode: 2, because: "no rule was selected, so nothing was judged" } },
    },
  ] as const)("$title", async ({ file, report, part }) => {
    expect(schemaErrors(report)).toEqual([]);
    await expect(`${body(render(report, part))}\n`).toMatchFileSnapshot(`golden/${file}`);
  });
});

describe("a pure function of the report", () => {
  it("the same report gives the same bytes", () => {
    expect(render(structuredClone(markedReport))).toBe(render(markedReport));
  });

  it("a report that was written as JSON and read again gives the same bytes", () => {
    const read: Report = JSON.parse(json.render(markedReport, options));
    expect(render(read)).toBe(render(markedReport));
  });
});

describe("the page's policy", () => {
  const page = render(markedReport, { trend: trendOf(3) });
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(page)?.[1] ?? "";

  it.each(["script", "style"])("admits the one %s of the page by its hash, and no other", (element) => {
    const texts = [...page.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, "gu"))].map(
      ([, text = ""]) => text,
    );
    expect(texts).toHaveLength(1);
    expect(policy).toContain(
      `${element}-src 'sha256-${createHash("sha256")
        .update(texts[0] ?? "")
        .digest("base64")}';`,
    );
  });

  it("forbids everything else, and stands before anything that it governs", () => {
    expect(policy).toMatch(/^default-src 'none'; /u);
    expect(policy).not.toMatch(/unsafe|https?:|data:|blob:|\*/u);
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
  });

  it("is never needed: no element loads anything, and no attribute holds code or style", () => {
    expect(page).not.toMatch(/<(?:img|link|iframe|object|embed|base|audio|video|source|use|image)\b/u);
    expect(body(page)).not.toMatch(/ (?:on[a-z]+|style|src|srcset|action|formaction|xlink:href)=/u);
  });
});

describe("links", () => {
  const hrefs = (reference: string): readonly string[] =>
    [
      ...body(render(reportOf([trailFinding("t", { status: "fail", references: [reference] })]))).matchAll(
        /<a href="([^"#][^"]*)"/gu,
      ),
    ].map(([, href = ""]) => href);

  it("an https address is a link that tells nobody where it was clicked", () => {
    const page = render(
      reportOf([
        trailFinding("t", { status: "fail", references: ["https://docs.aws.amazon.com/a?b=1&c=2"] }),
      ]),
    );
    expect(page).toContain('<a href="https://docs.aws.amazon.com/a?b=1&amp;c=2" rel="noreferrer noopener">');
  });

  it.each([
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,<script>",
    "http://docs.aws.amazon.com/",
    "//docs.aws.amazon.com/",
    "https://docs.aws.amazon.com@evil.example/",
    "https://user:word@docs.aws.amazon.com/",
    "vbscript:x",
    " https",
    "see the wiki",
  ])("%j stays text", (reference) => {
    expect(hrefs(reference)).toEqual([]);
  });

  it("every anchor of the page has a target, and no two elements share an id", () => {
    const page = body(
      render(
        reportOf([
          ...markedReport.findings,
          finding({ id: 'x" onclick="y' }),
          finding({ id: "" }),
          finding({ id: "f-main" }),
        ]),
      ),
    );
    const ids = [...page.matchAll(/ id="([^"]*)"/gu)].map(([, id = ""]) => id);
    const targets = [...page.matchAll(/ href="#([^"]*)"/gu)].map(([, id = ""]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });
});

describe("hostile names", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc
      .array(
        fc.constantFrom(
          "<",
          ">",
          "&",
          '"',
          "'",
          "`",
          "=",
          "/",
          "</script>",
          "</style>",
          "<!--",
          "-->",
          "]]>",
          "<img src=x onerror=alert(1)>",
          "javascript:",
          "{{x}}",
          "\u2028",
          "\u202e",
          "\ud800",
          "\u0000",
          "\n",
          " ",
          "a",
        ),
        { minLength: 1 },
      )
      .map((parts) => parts.join("")),
  );

  function everywhere(name: string): Report {
    const part: Partial<Finding> = {
      id: name,
      rule: name,
      title: name,
      account: name,
      region: name,
      message: name,
      notes: [name],
      controls: [{ framework: name, id: name }],
      references: [name],
    };
    const rest: Partial<Finding> = {
      witness: { eventName: name, [name]: { [name]: name } },
      candidates: [{ ref: name, status: "fail", brokenLink: name }],
      evidence: [{ path: name, value: { [name]: [name] }, from: name }],
    };
    const failure = trailFinding(name, {
      ...part,
      ...rest,
      status: "fail",
      remediation: { text: name, cli: name, cloudformation: name, terraform: name },
      waiver: { reason: name, [name]: name },
    });
    return reportOf([failure], {
      tool: { name: "watchproof", version: name },
      accounts: [
        {
          id: name,
          partition: name,
          regions: [name],
          excludedRegions: [{ region: name, reason: name }],
          source: name,
          takenAt: name,
        },
      ],
      gaps: [refused(name, name, { account: name, type: name, reason: name, message: name, resource: name })],
      notes: [{ kind: "waiver-unused", message: name, place: name }],
    });
  }

  // Long values are laid out in a pre element.
  const elementsFor = (name: string): readonly string[] =>
    tags(render(everywhere(name), { trend: trendOf(2, name) })).filter((tag) => !tag.endsWith("pre"));

  it("whatever a name holds, the page has the elements that it has for a harmless one", () => {
    const harmless = elementsFor("harmless");
    fc.assert(
      fc.property(hostile, (name) => {
        fc.pre(!URL.canParse(name));
        expect(elementsFor(name)).toEqual(harmless);
      }),
      { numRuns: 300, seed: 20261121 },
    );
    expect(harmless.length).toBeGreaterThan(200);
  });

  it("texts hold no markup, attributes keep to their quotes, and nothing deceives a reader's eye", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const page = body(
          render(everywhere(name), { gate: { exitCode: 1, because: name }, trend: trendOf(2, name) }),
        );
        expect(
          page.replace(/<\/?[a-z][a-z0-9]*(?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*\/?>/gu, ""),
        ).not.toMatch(/[<>]/u);
        expect(page).not.toMatch(/[^\P{C}\n\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 300, seed: 20261121 },
    );
  });
});

describe("what a reader sees", () => {
  it.each([
    [0, "Passed"],
    [1, "Failed"],
    [2, "Nothing judged"],
    [3, "Could not look everywhere"],
  ] as const)("exit code %i is headed %s, and the reason follows", (exitCode, word) => {
    const page = render(reportOf([finding()]), { gate: { exitCode, because: "the reason" } });
    expect(page).toContain(`>${word}</h1>\n<p class="because"><bdi>the reason</bdi>`);
    expect(page).toContain(`<title>${word}: Watchproof report</title>`);
  });

  it("a chain is drawn up to its broken link", () => {
    const evidence = [
      "trail: arn:t/IsLogging",
      "trail: arn:t/EventSelectors",
      "log group: arn:t/CloudWatchLogsLogGroupArn",
      "filter: f/FilterPattern",
    ].map((path) => ({ path, value: null }));
    const page = render(
      reportOf([finding({ status: "fail", evidence, witness: { brokenLink: "filter f: does not match" } })]),
    );
    const chain = /<ol class="chain">([^]*?)<\/ol>/u.exec(page)?.[1] ?? "";
    expect([...chain.matchAll(/<li class="([a-z]+)"/gu)].map(([, status]) => status)).toEqual([
      "pass",
      "pass",
      "fail",
      "break",
    ]);
    expect(chain).toContain("filter f: does not match");
  });

  it("evidence of several chains at once is drawn as no chain", () => {
    const evidence = [
      "trail: a/IsLogging",
      "filter: f/FilterPattern",
      "trail: b/IsLogging",
      "filter: g/FilterPattern",
    ].map((path) => ({ path, value: null }));
    expect(render(reportOf([finding({ evidence })]))).not.toContain('class="chain"');
  });

  it("a remedy that all subjects of a rule share stands once, one that differs with each", () => {
    const failures = (names: readonly string[]): Report =>
      reportOf(
        names.map((name, at) =>
          trailFinding(`t${at.toString()}`, { status: "fail", remediation: { cli: `aws ${name}` } }),
        ),
      );
    expect(render(failures(["x", "x"])).match(/>aws x</gu)).toHaveLength(1);
    expect(render(failures(["x", "y"])).match(/>aws [xy]</gu)).toHaveLength(2);
  });

  it("a passed finding offers nothing to mend", () => {
    expect(render(reportOf([finding({ remediation: { text: "mend me", cli: "aws mend" } })]))).not.toContain(
      "mend",
    );
  });

  it("null in evidence reads as not set, and long values are laid out", () => {
    const page = render(
      reportOf([
        finding({
          evidence: [
            { path: "a", value: null },
            {
              path: "b",
              value: { Statement: Array.from({ length: 9 }, (_, at) => ({ Sid: at.toString() })) },
            },
          ],
        }),
      ]),
    );
    expect(page).toContain("<i>not set</i>");
    expect(page).toContain("<pre>{\n  &quot;Statement&quot;: [\n    {&quot;Sid&quot;:&quot;0&quot;},\n");
  });
});

it("a policy, which is a text that holds JSON, is laid out; a text that only begins so is not", () => {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "World",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::logs/*",
      },
    ],
  });
  const page = render(
    reportOf([
      trailFinding("t", {
        evidence: [
          { path: "p", value: policy },
          { path: "q", value: policy.slice(0, -1) },
        ],
      }),
    ]),
  );
  expect(page).toContain(
    "<td><pre>{\n  &quot;Version&quot;: &quot;2012-10-17&quot;,\n  &quot;Statement&quot;: [",
  );
  expect(page).toContain("<td>&quot;{\\&quot;Version\\&quot;");
  for (const depth of [400, 100_000])
    expect(
      render(
        reportOf([
          trailFinding("t", { evidence: [{ path: "p", value: "[".repeat(depth) + "]".repeat(depth) }] }),
        ]),
      ).length,
    ).toBeLessThan(400_000);
});

describe("trend", () => {
  it.each([0, 1])("%i audits make no trend", (count) => {
    expect(render(markedReport, { trend: trendOf(count) })).not.toContain('id="trend"');
  });

  it("every audit has a column in both charts and a row in the table", () => {
    const page = body(render(markedReport, { trend: trendOf(30) }));
    expect(page.match(/<g><title>/gu)).toHaveLength(60);
    expect(page.match(/<tr><th scope="row">2026-/gu)).toHaveLength(30);
  });

  it("columns stay inside the drawing, whatever was counted", () => {
    const count = fc.nat({ max: 1_000_000 });
    const point = fc.record({
      run: fc.constant("r"),
      at: fc.constant("2026-11-20T10:00:00.000Z"),
      open: fc.record({ info: count, low: count, medium: count, high: count, critical: count }),
      pass: count,
      unknown: count,
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 400 }), (trend) => {
        const page = render(reportOf([finding()]), { trend });
        for (const [, x = "", y = "", width = "", height = ""] of page.matchAll(
          /<rect class="[a-z]+" x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/gu,
        )) {
          const [left, top, right, floor] = [
            Number(x),
            Number(y),
            Number(x) + Number(width),
            Number(y) + Number(height),
          ];
          expect(left >= 40 && top >= 7.98 && right <= 480.02 && floor <= 120.02).toBe(true);
        }
      }),
      { numRuns: 50, seed: 20261121 },
    );
  });
});

it("5,000 findings are all there", () => {
  const many = reportOf(
    Array.from({ length: 5_000 }, (_, at) =>
      trailFinding(`t${at.toString()}`, { status: at % 2 === 0 ? "fail" : "pass" }),
    ),
  );
  expect(render(many).match(/<li class="finding"/gu)).toHaveLength(5_000);
});
