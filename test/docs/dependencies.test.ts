import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
  string,
  Record<string, string>
>;

it.each([
  ["At run time", dependencies],
  ["For development", devDependencies],
])(
  "%s: every dependency stands in docs/dependencies.md with its reason, sorted, and no other does",
  (heading, packages = {}) => {
    const section =
      read("docs/dependencies.md")
        .split(/^## /mu)
        .find((text) => text.startsWith(heading)) ?? "";
    const rows = [...section.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gmu)];
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(packages).sort());
    expect(rows.filter(([, , reason = ""]) => reason.length < 10)).toEqual([]);
  },
);

it("the lockfile says what is installed, not where it is downloaded from", () => {
  expect(read("package-lock.json")).not.toMatch(/"resolved"|\.tgz/u);
});
