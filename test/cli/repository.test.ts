import { readFileSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSarif } from "../reporters/code-scanning.js";
import { inFolder, root, runCli } from "../support/run-cli.js";

const snapshot = readFileSync(`${root}examples/account/snapshot.json`, "utf8");
const mine =
  "id: my.archives\ntitle: Archives are on record\nseverity: high\nevaluator: cloudtrail-captures\nwith: { events: { source: glacier.amazonaws.com } }\n";
const pack = "id: trails\ntitle: Trails\nrules: [cloudtrail.glacier-events]\n";
const files = {
  "account.json": snapshot,
  "audit/own rules/mine.yaml": `# Ours.\n${mine}`,
  "audit/trails.yaml": pack,
  "audit/watchproof.yaml": "rules: [own rules]\npacks:\n  - trails.yaml\n",
};
const formats = [
  "sarif=out/watchproof.sarif",
  "gitlab=out/gitlab.json",
  "junit=out/junit.xml",
  "github",
].flatMap((format) => ["--format", format]);
const own = "audit/own rules/mine.yaml";
const entry = "audit/watchproof.yaml";

/** Where each format points, by rule, after a run in a folder. */
async function pointers(cwd: string, args: readonly string[]) {
  const { stdout, stderr } = await runCli(["check", ...args, ...formats], { cwd });
  expect(stderr).toBe("");
  const out = async (name: string): Promise<string> => readFile(join(cwd, "out", name), "utf8");
  const sarif = readSarif(await out("watchproof.sarif")).runs.flatMap(({ results }) => results);
  const gitlab: readonly {
    readonly check_name: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }[] = JSON.parse(await out("gitlab.json"));
  return {
    sarif: sarif.map(
      ({
        ruleId,
        locations: [
          {
            physicalLocation: { artifactLocation, region },
          },
        ],
      }) => [ruleId, decodeURIComponent(artifactLocation.uri), region.startLine],
    ),
    gitlab: gitlab.map(({ check_name, location }) => [check_name, location.path, location.lines.begin]),
    github: [...stdout.matchAll(/^::error (?:file=([^,]*),line=(\d+),col=\d+,)?title=([\w.-]+)/gmu)].map(
      ([, file, line, rule]) => [rule, file, line === undefined ? undefined : Number(line)],
    ),
    junit: [
      ...(await out("junit.xml")).matchAll(/classname="watchproof\.([^"]*)"[^>]*?(?: file="([^"]*)")?>/gu),
    ].map(([, rule, file]) => [rule, file]),
  };
}

describe("formats that point at a file", () => {
  const expected = [
    ["cloudtrail.glacier-events", entry, 3],
    ["my.archives", own, 2],
  ];

  it.each([
    ["a folder of the repository", { ".git/HEAD": "" }],
    ["a worktree, where .git is a file", { ".git": "gitdir: elsewhere\n" }],
  ])("name it from the repository's root, from %s", async (_, git) => {
    await inFolder({ ...git, ...files }, async (folder) => {
      const found = await pointers(join(folder, "audit"), ["--snapshot", "../account.json"]);
      expect(found).toEqual({
        sarif: expected,
        gitlab: expected,
        github: expected,
        junit: expected.map(([rule, file]) => [rule, file]),
      });
    });
  });

  it("name it from the current folder where there is no repository", async () => {
    await inFolder(files, async (folder) => {
      const found = await pointers(folder, [
        "--snapshot",
        "account.json",
        "--config",
        "./audit/../audit/watchproof.yaml",
      ]);
      expect(found.sarif).toEqual(expected);
      expect(found.gitlab).toEqual(expected);
    });
  });

  it("name a rule that is given by its absolute path, through a link, in the same way", async () => {
    await inFolder({ ".git/HEAD": "", ...files }, async (folder) => {
      await symlink(join(folder, "audit"), join(folder, "link"));
      const found = await pointers(folder, [
        "--snapshot",
        "account.json",
        join(folder, "link/own rules/mine.yaml"),
      ]);
      expect(found.sarif).toEqual([["my.archives", own, 2]]);
    });
  });

  it("name no file outside of the repository", async () => {
    await inFolder(
      { "repository/.git/HEAD": "", "repository/account.json": snapshot, "outside.yaml": mine },
      async (folder) => {
        const found = await pointers(join(folder, "repository"), [
          "--snapshot",
          "account.json",
          "../outside.yaml",
        ]);
        expect(found).toEqual({
          sarif: [["my.archives", "watchproof.yaml", 1]],
          gitlab: [["my.archives", "watchproof.yaml", 1]],
          github: [["my.archives", undefined, undefined]],
          junit: [["my.archives", undefined]],
        });
      },
    );
  });
});

it("several formats in one run write their files, and stdout holds what was asked for alone", async () => {
  await inFolder(files, async (folder) => {
    const asked = ["check", "--snapshot", "account.json", "--config", "audit/watchproof.yaml"];
    const others = ["sarif", "csv", "junit", "github", "gitlab", "markdown", "text", "json"].flatMap(
      (format) => ["--format", `${format}=out/${format}`],
    );
    const alone = await runCli([...asked, "--format", "ocsf"], { cwd: folder });
    const together = await runCli([...asked, "--format", "ocsf", ...others], { cwd: folder });
    expect([together.stdout, together.exitCode]).toEqual([alone.stdout, 1]);
    expect(JSON.parse(together.stdout)).toHaveLength(2);
    const silent = await runCli([...asked, ...others], { cwd: folder });
    expect([silent.stdout, silent.stderr]).toEqual(["", ""]);
    expect(readSarif(await readFile(join(folder, "out/sarif"), "utf8")).runs).toHaveLength(1);
  });
});
