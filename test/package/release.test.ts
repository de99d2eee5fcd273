import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { inputNames } from "../../src/action/read-inputs.js";
import { outputNames } from "../../src/action/run-action.js";
import { inFolder, root, runCli } from "../support/run-cli.js";

const changelog =
  "# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-11-30\n\n### Added\n\n- A thing.\n\n## 1.2.2\n\n- Another.\n";

describe("scripts/check-release.mjs", () => {
  it.each<[string, string, Readonly<Record<string, string>>, number, string]>([
    ["tells what the changelog says of the version", "release-1.2.3", {}, 0, "### Added\n\n- A thing."],
    [
      "refuses another version",
      "release-1.2.4",
      {},
      1,
      "the tag is release-1.2.4, but package.json has version 1.2.3",
    ],
    ["refuses a tag of another kind", "v1.2.3", {}, 1, '"v1.2.3" is no tag of a release'],
    [
      "refuses a version without a section",
      "release-1.2.3",
      { "CHANGELOG.md": "# Changelog\n\n## 1.2.30\n" },
      1,
      'no section "## 1.2.3"',
    ],
    [
      "refuses entries that are still unreleased",
      "release-1.2.3",
      { "CHANGELOG.md": changelog.replace("## 1.2.3", "- Late.\n\n## 1.2.3") },
      1,
      'under "## Unreleased"',
    ],
  ])("%s", async (_, tag, files, exitCode, said) => {
    await inFolder(
      { "package.json": '{ "version": "1.2.3" }', "CHANGELOG.md": changelog, ...files },
      async (cwd) => {
        const outcome = await runCli([tag], {
          cwd,
          command: [process.execPath, join(root, "scripts/check-release.mjs")],
        });
        expect(outcome.exitCode).toBe(exitCode);
        expect(exitCode === 0 ? outcome.stdout.trim() : outcome.stderr).toContain(said);
        expect(outcome.stdout).not.toContain("Another");
      },
    );
  });
});

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
};
type Workflow = {
  readonly permissions: object;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly permissions?: object; readonly "timeout-minutes"?: number; readonly steps: readonly Step[] }
    >
  >;
};

const folder = join(root, ".github/workflows");
const workflows = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

describe.each(workflows)(".github/workflows/$name", ({ text }) => {
  const { permissions, jobs } = parse(text, { strict: true, uniqueKeys: true }) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it("only reads, where a job does not say more", () => {
    expect(permissions).toEqual({ contents: "read" });
  });

  it("ends by itself, and names a version of each action", () => {
    expect(Object.values(jobs).filter((job) => job["timeout-minutes"] === undefined)).toEqual([]);
    expect(
      steps
        .flatMap(({ uses }) => uses ?? [])
        .filter((uses) => uses !== "./" && !/@(?:v\d+|[0-9a-f]{40})$/u.test(uses)),
    ).toEqual([]);
  });

  // A tag or branch may be named to be a command.
  it("puts no value into a command", () => {
    expect(steps.flatMap(({ run }) => run ?? []).filter((run) => run.includes("${{"))).toEqual([]);
  });

  it("gives the action inputs that it has, and reads outputs that it sets", () => {
    const given = steps.filter(({ uses }) => uses === "./").flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.filter((name) => !inputNames.includes(name))).toEqual([]);
    expect(
      [...text.matchAll(/steps\.\w+\.outputs\.([\w-]+)/gu)]
        .map(([, name]) => name)
        .filter((name) => !outputNames.some((known) => known === name)),
    ).toEqual([]);
  });
});

it("a release is verified first, is published with provenance, and only the job that needs it may write", () => {
  const { jobs } = parse(readFileSync(join(folder, "release.yml"), "utf8")) as Workflow;
  expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
    verify: undefined,
    npm: { contents: "read", "id-token": "write" },
    action: { contents: "write" },
  });
  expect(jobs).toMatchObject({ npm: { needs: "verify" }, action: { needs: "npm" } });
  expect(jobs["verify"]?.steps.map(({ run }) => run)).toContain(".ci/run");
  expect(jobs["npm"]?.steps.map(({ run }) => run)).toContain("npm publish --provenance --access public");
});
