import { expect, it } from "vitest";
import { findChromium } from "./chromium.js";

it("CHROMIUM names the browser, else it is in one of the usual places", () => {
  expect(findChromium({ CHROMIUM: "/opt/c" }, (path) => path === "/opt/c")).toBe("/opt/c");
  expect(findChromium({}, (path) => path === "/usr/bin/google-chrome")).toBe("/usr/bin/google-chrome");
});

it("where there is none, it says what to do", () => {
  expect(() => findChromium({}, () => false)).toThrow(
    /need Chromium.*apt-get install chromium, or set CHROMIUM/u,
  );
  expect(() => findChromium({ CHROMIUM: "/opt/c" }, (path) => path !== "/opt/c")).toThrow(
    /CHROMIUM names \/opt\/c, which does not exist/u,
  );
});
