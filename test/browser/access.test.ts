import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markedReport } from "../reporters/page-reports.js";
import { startPages } from "./chromium.js";
import type { Pages } from "./chromium.js";
import { fullPage } from "./reports.js";

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

// Contrast of at least 4.5 : 1 is one of axe's rules for WCAG AA.
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found: readonly string[] = await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 200) + " " + failureSummary)))`,
  );
  return found;
}

describe("nothing that axe knows stands in a reader's way", () => {
  it.each([
    { title: "light", options: { colorScheme: "light" } },
    { title: "dark", options: { colorScheme: "dark" } },
    { title: "narrow", options: { viewport: { width: 360, height: 800 } } },
    { title: "narrow and dark", options: { viewport: { width: 360, height: 800 }, colorScheme: "dark" } },
  ] as const)("$title, everything open", async ({ options }) => {
    const { page } = await pages.open(fullPage, { ...options, bypassCSP: true });
    // What is off the screen is drawn only when it comes near, and axe measures what is drawn.
    await page.evaluate(
      "for (const details of document.querySelectorAll('details')) details.open = true; for (const element of document.querySelectorAll('.group, .finding')) element.style.contentVisibility = 'visible'",
    );
    expect(await violations(page)).toEqual([]);
  });

  it("the page is as wide as a narrow screen, and no wider", async () => {
    const { page } = await pages.open(fullPage, { viewport: { width: 320, height: 800 } });
    await page.click("button[data-expand=true]");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  });
});

describe("by keyboard", () => {
  const focused = (page: Page, what: string): Promise<unknown> =>
    page.evaluate(`(() => { const it = document.activeElement; return ${what}; })()`);

  it("the first stop skips to the findings", async () => {
    const { page } = await pages.open(fullPage);
    await page.keyboard.press("Tab");
    expect(await focused(page, "it.textContent")).toBe("Skip to the findings");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused(page, "it.id")).toBe("search");
  });

  it("every stop is seen, and every control is a stop", async () => {
    const { page } = await pages.open(fullPage);
    const stops: string[] = [];
    for (let at = 0; at < 400; at += 1) {
      await page.keyboard.press("Tab");
      const stop = String(
        await focused(
          page,
          `it === document.body ? "end" : it.tagName + " " + (it.name ?? "") + " " + getComputedStyle(it).outlineStyle + " " + getComputedStyle(it).outlineWidth`,
        ),
      );
      if (stop === "end") break;
      stops.push(stop);
    }
    expect(stops.filter((stop) => !/solid 2px$/u.test(stop))).toEqual([]);
    expect(stops.filter((stop) => stop.startsWith("SELECT"))).toHaveLength(
      await page.locator("select").count(),
    );
    expect(stops.filter((stop) => stop.startsWith("SUMMARY"))).toHaveLength(
      await page.locator("summary:visible").count(),
    );
  });

  it("a filter is chosen and a finding opened without a mouse, and the count is announced", async () => {
    const { page } = await pages.open(fullPage);
    await page.locator("input[name=status][value=error]").focus();
    await page.keyboard.press("Space");
    const status = page.getByRole("status");
    await status
      .filter({ hasText: `1 of ${markedReport.findings.length.toString()} findings shown` })
      .waitFor();
    const finding = page.locator("li.finding:not([hidden]) > details");
    await finding.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await finding.getAttribute("open")).not.toBeNull();
  });

  it("Enter in the search field neither leaves nor reloads the page", async () => {
    const { page, trouble } = await pages.open(fullPage);
    await page.fill("#search", "sandbox");
    await page.keyboard.press("Enter");
    await page.locator("#shown", { hasText: "1 of" }).waitFor();
    expect(await page.inputValue("#search")).toBe("sandbox");
    expect(trouble).toEqual([]);
  });
});

describe("to a screen reader", () => {
  it("the page has its landmarks, and headings that skip no level", async () => {
    const { page } = await pages.open(fullPage);
    for (const role of ["banner", "navigation", "main", "search", "contentinfo"] as const)
      expect(await page.getByRole(role).count()).toBe(1);
    const levels = await page
      .locator("h1, h2, h3, h4, h5")
      .evaluateAll((headings) =>
        headings.map((heading) =>
          Number((heading as unknown as { readonly tagName: string }).tagName.slice(1)),
        ),
      );
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
  });

  it("a chart says what it shows, and a table holds its numbers", async () => {
    const { page } = await pages.open(fullPage);
    await page.getByRole("img", { name: "Unknown: from 12 to 0" }).waitFor();
    await page.getByText("The trend in numbers").click();
    expect(await page.getByRole("region", { name: "The trend in numbers" }).getByRole("row").count()).toBe(
      15,
    );
  });

  it("a broken candidate says so in words", async () => {
    const { page } = await pages.open(fullPage);
    await page.fill("#search", "3f1c9a52d0e7b846");
    await page.locator("#shown", { hasText: "1 of" }).waitFor();
    await page.click("button[data-expand=true]");
    expect(await page.locator("li.finding:not([hidden]) .candidates > li").first().textContent()).toMatch(
      /main.*breaks here: is not multi-region/u,
    );
  });
});
