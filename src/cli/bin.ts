#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// --version is answered before anything else is loaded: it is what installers and editors ask most.
if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-V")) {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string }; // our own package.json
  process.stdout.write(`${version}\n`);
} else {
  // The SDK would print a notice about Node versions to stderr, which belongs to progress and errors of ours.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  if (process.version.startsWith("v20.")) optimizeLater();
  const { main } = await import("./main.js");
  await main();
}

/**
 * A run is short: the optimizing compiler takes on hundreds of functions that are nearly done by then, which was half of the CPU time and a tenth of
 * the memory of a large check. With 30 times its usual patience it still compiles what runs for long. Later versions of Node have a compiler in between.
 */
function optimizeLater(): void {
  setFlagsFromString("--interrupt-budget=2000000");
}
