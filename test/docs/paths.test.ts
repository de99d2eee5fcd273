import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/run-cli.js";

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => (folder === "" ? file : `${folder}/${file}`));

const pages = [
  ...markdownIn("").filter((file) => file !== "CHANGELOG.md"),
  ...markdownIn("docs"),
  ...markdownIn("docs/languages"),
  ...markdownIn("examples"),
  ...markdownIn("test/support/aws"),
];

const PATH = /`((?:src|test|scripts|rules|schemas|bench|deploy|\.github|\.ci)\/[^`\s]*)`/gu;

// A name in angle brackets, a star or a placeholder in capitals stands for many: what is before it must exist.
function fixedPart(path: string): string {
  const [fixed = ""] = path.split(/[<*{]|[A-Z]{3,}\b/u);
  return fixed === path ? path : fixed.slice(0, fixed.lastIndexOf("/") + 1);
}

// rules/records.yaml is a file of the reader's own project; ours stand a folder deeper.
const isReaders = (path: string): boolean => /^rules\/[^/]+\.yaml$/u.test(path);

it.each(pages)("%s names paths of this repository that exist", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  const named = [...text.matchAll(PATH)].map(([, path = ""]) => fixedPart(path));
  expect(named.filter((path) => !isReaders(path) && !existsSync(join(root, path)))).toEqual([]);
});

it("the table of tasks in docs/architecture.md holds at least 25", () => {
  const [, table = ""] = readFileSync(join(root, "docs/architecture.md"), "utf8").split("## I want to");
  expect([...table.matchAll(/^\| [a-z][^|]+\| .*`.*\|$/gmu)].length).toBeGreaterThanOrEqual(25);
});
