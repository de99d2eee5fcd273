import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
// It runs as root in containers, where its sandbox cannot; it opens nothing but pages of ours, and asks no one for updates.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser's executable. `env` and `exists` are for its own test. */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
  exists: (path: string) => boolean = existsSync,
): string {
  const named = env["CHROMIUM"];
  const found = (named === undefined || named === "" ? usualPlaces : [named]).find(exists);
  if (found !== undefined) return found;
  const where =
    named === undefined || named === ""
      ? `there is none of ${usualPlaces.join(", ")}`
      : `CHROMIUM names ${named}, which does not exist`;
  throw new Error(
    `the browser tests need Chromium (${where}): apt-get install chromium, or set CHROMIUM to its path`,
  );
}

/** A page that was opened from disk, and all that it tried to do. */
export type Watched = {
  readonly page: Page;
  /** Addresses asked for, the page's own apart. */
  readonly requests: readonly string[];
  /** Dialogs, errors, and words on the console, such as violations of the page's policy. */
  readonly trouble: readonly string[];
};

/** Pages in one browser. `close` ends it and removes the files. */
export type Pages = {
  open(html: string, options?: BrowserContextOptions & { readonly at?: string }): Promise<Watched>;
  close(): Promise<void>;
};

/** Starts a browser with a profile of its own. */
export async function startPages(): Promise<Pages> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  const folder = await mkdtemp(join(tmpdir(), "watchproof-page-"));
  let count = 0;
  return {
    async open(html, { at = "", ...options } = {}) {
      const file = join(folder, `${(count += 1).toString()}.html`);
      await writeFile(file, html);
      return await openWatched(browser, `${pathToFileURL(file).href}${at}`, options);
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openWatched(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const trouble: string[] = [];
  page.on("request", (request) => {
    if (request.url() !== address.replace(/#.*/su, "")) requests.push(request.url());
  });
  page.on("dialog", (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => trouble.push(`popup: ${popup.url()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("console", (message) => trouble.push(`console: ${message.text()}`));
  await page.goto(address);
  return { page, requests, trouble };
}
