// Writes docs/coverage.md from docs/coverage.yaml. With --check it writes nothing and fails when the page is stale.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";

/** The text of docs/coverage.md. Throws where a statement has no rule, or names one that does not ship. */
export function coveragePage(root) {
  const services = parse(readFileSync(join(root, "docs/coverage.yaml"), "utf8"));
  return `${[notice, "# What the services' monitoring pages offer, and what checks it", intro, ...services.map((service) => section(root, service))].join("\n\n")}\n`;
}

const notice = "<!-- Generated from docs/coverage.yaml by scripts/generate-coverage.mjs. Do not edit. -->";
const intro =
  "Each statement of the two services' own monitoring pages, in our words, and the rules that decide whether it holds for an account.";

function section(root, { service, page, statements }) {
  const rows = statements.map(({ says, rules }) => `| ${says} | ${rulesText(root, says, rules)} |`);
  return [`## ${service}`, `<${page}>`, ["| statement | rules |", "| --- | --- |", ...rows].join("\n")].join(
    "\n\n",
  );
}

function rulesText(root, says, rules) {
  if (!Array.isArray(rules) || rules.length === 0)
    throw new Error(`docs/coverage.yaml: "${says}" has no rule`);
  return rules.map((id) => ruleText(root, id)).join(", ");
}

function ruleText(root, id) {
  const path = id.split(".").join("/");
  if (!existsSync(join(root, "rules", `${path}.yaml`)))
    throw new Error(`docs/coverage.yaml: there is no rule ${id}`);
  return `[${id}](rules/${path}.md)`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(import.meta.dirname, "..");
  const file = join(root, "docs/coverage.md");
  const text = coveragePage(root);
  const isStale = !existsSync(file) || readFileSync(file, "utf8") !== text;
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (isStale) {
    console.error("stale: docs/coverage.md; run `node scripts/generate-coverage.mjs`");
    process.exitCode = 1;
  }
}
