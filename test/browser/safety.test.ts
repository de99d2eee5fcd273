import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import { trendOf } from "../reporters/page-reports.js";
import { refused, reportOf, trailFinding } from "../reporters/reports.js";
import { startPages } from "./chromium.js";
import type { Pages } from "./chromium.js";
import { fullPage, pageOf } from "./reports.js";

let pages: Pages;
let shared: Page;
beforeAll(async () => {
  pages = await startPages();
  shared = (await pages.open(hostilePage)).page;
});
afterAll(() => pages.close());

const hostile = [
  "<script>alert(1)</script>",
  "</script><script>alert(2)</script>",
  "</style><style>*{display:none}</style>",
  '"><img src=x onerror=alert(3)>',
  "'><svg onload=alert(4)>",
  '" autofocus onfocus="alert(5)" x="',
  "javascript:alert(6)",
  "<iframe src='https://evil.example/'></iframe>",
  "<link rel=stylesheet href=//evil.example/x.css>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "<base href='https://evil.example/'>",
  "--><!-- <body onload=alert(7)>",
  "<details open ontoggle=alert(8)>",
  "<a href='https://evil.example/' ping='https://evil.example/'>x</a>",
  "\u202egnp.exe",
  "__proto__",
];

function named(name: string, at: number): Finding {
  return trailFinding(name, {
    id: name,
    rule: `${name}.${name}`,
    title: name,
    account: name,
    region: name,
    status: at % 2 === 0 ? "fail" : "unknown",
    ...(at % 2 === 0 ? {} : { reason: "unreadable" as const }),
    message: name,
    notes: [name],
    witness: { eventName: name, brokenLink: name, [name]: name },
    candidates: [{ ref: name, status: "fail", brokenLink: name }],
    evidence: [{ path: name, value: { [name]: name }, from: name }],
    controls: [{ framework: name, id: name }],
    remediation: { text: name, cli: name },
    references: [name, `https://evil.example/${name}`],
    waiver: { reason: name },
  });
}

const hostileReport: Report = reportOf(hostile.map(named), {
  gaps: hostile.map((name) => refused(name, name, { account: name, message: name, resource: name })),
  notes: hostile.map((message) => ({ kind: "waiver-unused", message, place: message })),
});
const hostilePage = pageOf(hostileReport, {
  gate: { exitCode: 1, because: hostile.join(" ") },
  trend: trendOf(3, hostile.join(" ")),
});

it("hostile names run nothing, ask for nothing, and break no policy, whatever is opened, searched and filtered", async () => {
  const { page, requests, trouble } = await pages.open(hostilePage);
  await page.click("button[data-expand=true]");
  for (const name of hostile) await page.fill("#search", name);
  await page.click("button[type=reset]");
  for (const select of await page.locator("form select").all()) await select.selectOption({ index: 2 });
  await page.locator("#shown", { hasText: "of 16" }).waitFor();
  await page.click("button[type=reset]");
  await page.locator("#shown", { hasText: /^16 findings$/u }).waitFor();
  expect(requests).toEqual([]);
  expect(trouble).toEqual([]);
  expect(page.url()).toMatch(/^file:.*\.html$/u);
});

it.each(hostile.filter((name) => !name.includes("\u202e")))(
  "%j is shown as it is, and can be found and filtered by",
  async (name) => {
    await shared.selectOption("select[name=account]", { label: name });
    await shared.locator("#shown", { hasText: "1 of 16 findings shown" }).waitFor();
    const message = shared.locator("li.finding:not([hidden]) .message");
    await message.filter({ hasText: name }).waitFor({ state: "attached" });
    expect(await message.textContent()).toBe(name);
  },
);

it("what turns text around is spelled out", async () => {
  const { page } = await pages.open(hostilePage);
  expect(await page.locator("body").textContent()).toContain("\\u{202e}gnp.exe");
});

it("the policy stops a script even where it stands in the page", async () => {
  const { page, trouble } = await pages.open(
    fullPage.replace(
      "</main>",
      "<script>document.title='stolen'</script><img src='https://evil.example/x.png' onerror='document.title=1'></main>",
    ),
  );
  expect(await page.title()).toBe("Failed: Watchproof report");
  expect(trouble.join("\n")).toMatch(/Content Security Policy/u);
});

it("a usual report asks for nothing and says nothing on the console", async () => {
  const { page, requests, trouble } = await pages.open(fullPage);
  await page.click("button[data-expand=true]");
  expect(requests).toEqual([]);
  expect(trouble).toEqual([]);
});
