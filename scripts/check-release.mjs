// Checks that a tag, package.json and CHANGELOG.md of the current folder speak of the same version, and prints what the changelog says of it.
//   node scripts/check-release.mjs release-1.2.3
import { readFileSync } from "node:fs";

const tag = process.argv[2] ?? "";
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const sections = readFileSync("CHANGELOG.md", "utf8").split(/^## /mu).slice(1);
const own = sections.find(
  (section) => section.startsWith(`${version} `) || section.startsWith(`${version}\n`),
);
const unreleased = sections.find((section) => section.startsWith("Unreleased"));

if (!/^release-\d+\.\d+\.\d+$/u.test(tag))
  fail(`"${tag}" is no tag of a release, such as release-${version}`);
if (tag !== `release-${version}`) fail(`the tag is ${tag}, but package.json has version ${version}`);
if (own === undefined) fail(`CHANGELOG.md has no section "## ${version}"`);
if (unreleased?.includes("\n- "))
  fail(`CHANGELOG.md still has entries under "## Unreleased": move them to "## ${version}"`);
console.log(own.slice(own.indexOf("\n")).trim());

function fail(message) {
  console.error(`check-release: ${message}`);
  process.exit(1);
}
