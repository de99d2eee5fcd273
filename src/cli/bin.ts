#!/usr/bin/env node
import { readFileSync } from "node:fs";

// --version is answered before anything else is loaded: it is what installers and editors ask most.
if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-V")) {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string }; // our own package.json
  process.stdout.write(`${version}\n`);
} else {
  // The SDK would print a notice about Node versions to stderr, which belongs to progress and errors of ours.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const { main } = await import("./main.js");
  await main();
}
