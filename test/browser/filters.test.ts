import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import { markedReport } from "../reporters/page-reports.js";
import { reportOf, trailFinding } from "../reporters/reports.js";
import { startPages } from "./chromium.js";
import type { Pages } from "./chromium.js";
import { fullPage, pageOf } from "./reports.js";

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

const total = markedReport.findings.length;
const count = (test: (finding: Finding) => boolean): number => markedReport.findings.filter(test).length;
const shown = (page: Page, words: string): Promise<void> =>
  page.locator("#shown", { hasText: new RegExp(`^${words}$`, "u") }).waitFor({ timeout: 5_000 });
const items = (page: Page): Promise<number> => page.locator("li.finding:not([hidden])").count();

async function choose(page: Page, [kind, name, value]: readonly [string, string, string]): Promise<void> {
  if (kind === "check") await page.check(`input[name=${name}][value=${value}]`);
  else if (kind === "select") await page.selectOption(`select[name=${name}]`, { label: value });
  else await page.fill("#search", value);
}

describe("each filter shows what it says, and how much that is", () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await pages.open(fullPage));
  });

  it.each([
    [["check", "severity", "critical"], ({ severity }: Finding) => severity === "critical"],
    [["check", "status", "unknown"], ({ status }: Finding) => status === "unknown"],
    [["check", "status", "not-applicable"], ({ status }: Finding) => status === "not-applicable"],
    [["select", "acceptance", "waived"], ({ waiver }: Finding) => waiver !== undefined],
    [["select", "acceptance", "known before"], ({ baseline }: Finding) => baseline === "known"],
    [["select", "acceptance", "new since the baseline"], ({ baseline }: Finding) => baseline === "new"],
    [["select", "account", "222222222222"], ({ account }: Finding) => account === "222222222222"],
    [["select", "region", "eu-west-1"], ({ region }: Finding) => region === "eu-west-1"],
    [["select", "rule", "cloudtrail: all"], ({ rule }: Finding) => rule.startsWith("cloudtrail.")],
    [["select", "rule", "kms.rotation"], ({ rule }: Finding) => rule === "kms.rotation"],
    [
      ["select", "frameworks", "nist-800-53-r5"],
      ({ controls = [] }: Finding) => controls.some(({ framework }) => framework === "nist-800-53-r5"),
    ],
    [["search", "", "sandbox"], (finding: Finding) => JSON.stringify(finding).includes("sandbox")],
    [
      ["search", "", "CloudTrail:GetTrailStatus"],
      (finding: Finding) => JSON.stringify(finding).includes("cloudtrail:GetTrailStatus"),
    ],
    [["search", "", "organ   VALIDATION"], () => false],
    [
      ["search", "", "validation  log OFF"],
      ({ message }: Finding) => message === "log file validation is off",
    ],
  ] as const)("%j", async (choice, test) => {
    await page.click("button[type=reset]");
    await shown(page, `${total.toString()} findings`);
    await choose(page, choice);
    await shown(page, `${count(test).toString()} of ${total.toString()} findings shown`);
    expect(await items(page)).toBe(count(test));
    expect(await page.locator("#nothing").isVisible()).toBe(count(test) === 0);
  });
});

describe("several at once", () => {
  it("two values of one filter widen it, two filters narrow each other, and reset takes all back", async () => {
    const { page, trouble } = await pages.open(fullPage);
    await page.check("input[name=severity][value=high]");
    await page.check("input[name=severity][value=low]");
    await shown(
      page,
      `${count(({ severity }) => severity === "high" || severity === "low").toString()} of ${total.toString()} findings shown`,
    );
    await page.check("input[name=status][value=fail]");
    await page.fill("#search", "validation");
    await shown(page, `3 of ${total.toString()} findings shown`);
    await page.click("button[type=reset]");
    await shown(page, `${total.toString()} findings`);
    expect(await items(page)).toBe(total);
    expect(trouble).toEqual([]);
  });

  it("counts beside headings follow, and what is empty goes", async () => {
    const { page } = await pages.open(fullPage);
    await page.selectOption("select[name=acceptance]", { label: "waived" });
    await shown(page, `1 of ${total.toString()} findings shown`);
    expect(await page.locator("div.part:not([hidden]) > h3").allInnerTexts()).toEqual([
      "✘Waived or known before 1",
    ]);
    // As text, since what is not laid out yet has none that is seen.
    const counts = page.locator("details.group:not([hidden]) > summary > .count");
    expect(await counts.allTextContents()).toEqual(["1"]);
  });
});

describe("opening and closing", () => {
  it("a search opens the rules that it finds something in", async () => {
    const { page } = await pages.open(fullPage);
    const group = page.locator("details.group", { hasText: "cloudtrail.any-trail-logging" });
    expect(await group.getAttribute("open")).toBeNull();
    await page.fill("#search", "trail third records");
    await shown(page, `1 of ${total.toString()} findings shown`);
    expect(await group.getByText("trail third records").isVisible()).toBe(true);
  });

  it("everything that is shown can be opened and closed at once", async () => {
    const { page } = await pages.open(fullPage);
    await page.check("input[name=status][value=pass]");
    await page.click("button[data-expand=true]");
    expect(await page.locator("li.finding:not([hidden]) > details:not([open])").count()).toBe(0);
    await page.click("button[data-expand=false]");
    expect(await page.locator("details.group:not([hidden])[open]").count()).toBe(0);
  });

  it("a link to a finding opens it and all that it stands in", async () => {
    const { page } = await pages.open(
      pageOf(
        reportOf(
          Array.from({ length: 40 }, (_, at) =>
            trailFinding(`t${at.toString()}`, {
              evidence: [{ path: `evidence-${at.toString()}`, value: true }],
            }),
          ),
        ),
      ),
      { at: "#finding-f-t33" },
    );
    expect(await page.getByText("evidence-33").isVisible()).toBe(true);
    expect(await page.locator("li.finding > details[open]").count()).toBe(1);
  });
});

it("a command is copied as it is written", async () => {
  const cli = "aws cloudtrail create-trail --name all \\\n  --query 'a < b && \"c\"'";
  const { page, trouble } = await pages.open(
    pageOf(reportOf([trailFinding("t", { status: "fail", remediation: { cli } })])),
    { permissions: ["clipboard-read", "clipboard-write"] },
  );
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(cli);
  expect(trouble).toEqual([]);
});

it("7,500 findings open, and can be searched and filtered", async () => {
  const many = reportOf(
    Array.from({ length: 7_500 }, (_, at) =>
      trailFinding(`t${at.toString()}`, {
        status: at % 10 === 0 ? "fail" : "pass",
        rule: `service${(at % 30).toString()}.rule`,
        evidence: Array.from({ length: 4 }, (__, part) => ({
          path: `t${at.toString()}/Property${part.toString()}`,
          value: { part },
          from: "cloudtrail:DescribeTrails us-east-1",
        })),
      }),
    ),
  );
  const { page, trouble } = await pages.open(pageOf(many));
  await page.check("input[name=status][value=fail]");
  await page.locator("#shown", { hasText: "750 of 7500 findings shown" }).waitFor();
  await page.fill("#search", "t7490/property3");
  await page.locator("#shown", { hasText: "1 of 7500 findings shown" }).waitFor();
  expect(trouble).toEqual([]);
});
