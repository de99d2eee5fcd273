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

describe("on paper", () => {
  it("everything stands open, and nothing can be pressed", async () => {
    const { page } = await pages.open(fullPage);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".facts:visible").count()).toBe(markedReport.findings.length);
    expect(await page.locator(".evidence:visible").count()).toBe(await page.locator(".evidence").count());
    expect(
      await page.locator("form:visible, button:visible, nav:visible, select:visible, input:visible").count(),
    ).toBe(0);
  });

  it("a dark screen still prints dark on white", async () => {
    const { page } = await pages.open(fullPage, { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(
      await page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]",
      ),
    ).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
  });

  it("what a filter hides is not printed, and the count says so", async () => {
    const { page } = await pages.open(fullPage);
    await page.selectOption("select[name=acceptance]", { label: "waived" });
    await page.locator("#shown", { hasText: "1 of" }).waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".facts:visible").count()).toBe(1);
    expect(await page.locator("#shown").isVisible()).toBe(true);
  });

  it("a browser that knows no better has everything opened before it prints, and closed again after", async () => {
    const { page } = await pages.open(fullPage);
    const open = (): Promise<number> => page.locator("details[open]").count();
    const before = await open();
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await open()).toBe(await page.locator("details").count());
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await open()).toBe(before);
  });

  it("it is a PDF of several pages", async () => {
    const { page } = await pages.open(fullPage);
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    expect(pdf.startsWith("%PDF-")).toBe(true);
    expect(pdf.match(/\/Type\s*\/Page\b/gu)?.length ?? 0).toBeGreaterThan(2);
  });
});

describe("without its script", () => {
  it("no control pretends to work, and every finding can be opened and read", async () => {
    const { page, trouble } = await pages.open(fullPage, { javaScriptEnabled: false });
    expect(await page.locator("form:visible, button:visible").count()).toBe(0);
    const group = page.locator("details.group", { hasText: "cloudtrail.any-trail-logging" });
    await group.locator("> summary").click();
    await group.locator("li.finding > details > summary").click();
    expect(await group.locator(".facts").isVisible()).toBe(true);
    expect(trouble).toEqual([]);
  });
});
