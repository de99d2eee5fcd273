import { findChromium } from "./chromium.js";

/** Ends the run before its first test where there is no browser. */
export function setup(): void {
  findChromium();
}
