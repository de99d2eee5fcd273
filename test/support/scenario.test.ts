import { describe, expect, it } from "vitest";
import { mismatches } from "./json-subset.js";
import { inFolder, runCli } from "./run-cli.js";
import { parseScenarios, replaceBodies, splitWords } from "./scenario-file.js";
import { runScenario } from "./scenario-run.js";

// Stands in for the command: it writes what it was told, where it was told.
const fake = `
const [kind, ...rest] = process.argv.slice(1);
if (kind === "say") process.stdout.write(rest.join(" ") + "\\n");
if (kind === "complain") { process.stderr.write(rest.join(" ") + "\\n"); process.exitCode = 2; }
if (kind === "read") process.stdout.write(require("node:fs").readFileSync(rest[0], "utf8"));
if (kind === "environment") process.stdout.write(JSON.stringify(process.env));
if (kind === "where") process.stdout.write(process.cwd() + " 2026-11-21T10:00:00.000Z 1.2.3\\n");
if (kind === "wait") setTimeout(() => {}, 60000);
`;
const command = [process.execPath, "-e", fake, "--"];
const run = async (text: string) => runScenario(parseScenarios(text)[0]!, { command });
const problemsOf = async (text: string) => (await run(text)).problems;

describe("a scenario file", () => {
  it("holds scenarios with sections, and comments before the first", () => {
    const scenarios = parseScenarios(
      "# about\n=== One\n# why\n== file a/b.txt\nx\n\ny\n\n== run watchproof say hi\n=== Two\n== exit 0\n",
    );
    expect(scenarios.map(({ title, line }) => [title, line])).toEqual([
      ["One", 2],
      ["Two", 10],
    ]);
    expect(scenarios[0]!.sections).toEqual([
      { line: 4, word: "file", argument: "a/b.txt", body: "x\n\ny\n", bodyLines: 3 },
      { line: 9, word: "run", argument: "watchproof say hi", body: "", bodyLines: 0 },
    ]);
  });

  it("refuses text that belongs to no section", () => {
    expect(() => parseScenarios("=== One\nstray\n== run watchproof")).toThrow(/line 2 is in no section/);
  });

  it("splits words as a shell does", () => {
    expect(splitWords(`check --rule 'a b' --out="c d" e`)).toEqual([
      "check",
      "--rule",
      "a b",
      "--out=c d",
      "e",
    ]);
  });

  it("takes new goldens, from the last to the first", () => {
    const text = "=== One\n== run watchproof say a\n== stdout\nold\n\n== stderr\n";
    const [, stdout, stderr] = parseScenarios(text)[0]!.sections;
    expect(
      replaceBodies(text, [
        { section: stdout!, body: "new\nnewer\n" },
        { section: stderr!, body: "z\n" },
      ]),
    ).toBe("=== One\n== run watchproof say a\n== stdout\nnew\nnewer\n\n== stderr\nz\n");
  });
});

describe("a scenario", () => {
  it("passes when all is as it says", async () => {
    const text = `=== All sections
== file in/a.txt
hello
== env COLOUR=red
== run watchproof read in/a.txt
== exit 0
== stdout
hello
== stderr empty
== run watchproof complain no such thing
== exit 1 or 2
== stdout empty
== stderr contains
such thing
== stderr lacks
stack
== run watchproof say '{"a":[1,2],"b":3}'
== json
{"a":["...",2]}
== run watchproof say '{"a":[1,2],"b":3}'
== stdout same as run 3
== run watchproof where
== stdout
<folder> <time> <version>
== text in/a.txt
hel
`;
    expect(await problemsOf(text)).toEqual([]);
  });

  it.each([
    ["another exit code", "== run watchproof say a\n== exit 1", "it was 0"],
    ["another text", "== run watchproof say a\n== stdout\nb", "it differs"],
    ["a missing line", "== run watchproof say a\n== stdout contains\nb", '"b" is missing'],
    ["a line that should not be there", "== run watchproof say a\n== stdout lacks\na", 'it holds "a"'],
    ["control characters", "== run watchproof say a\u001b[31m\n== stdout printable", "control characters"],
    ["text where none should be", "== run watchproof say a\n== stdout empty", "it is not"],
    [
      "other bytes in another run",
      "== run watchproof say a\n== run watchproof say b\n== stdout same as run 1",
      "it differs",
    ],
    ["other JSON", `== run watchproof say '{"a":1}'\n== json\n{"a":2}`, "$.a is 1; it should be 2"],
  ])("fails on %s", async (_, sections, problem) => {
    expect((await problemsOf(`=== One\n${sections}\n`)).join("\n")).toContain(problem);
  });

  it("reports sections that it does not know", async () => {
    await expect(run("=== One\n== expect\n")).rejects.toThrow('line 2: there is no section "== expect"');
  });

  it("gives goldens with placeholders for what changes", async () => {
    const { goldens } = await run("=== One\n== run watchproof where\n== stdout\n");
    expect(goldens.map(({ body }) => body)).toEqual(["<folder> <time> <version>\n"]);
  });

  it("hands the simulated account's address and key to the command", async () => {
    const text = `=== One\n== aws tricky latency=5\n== run watchproof environment\n== json\n{"AWS_ENDPOINT_URL": "/^http:..127.0.0.1:/", "AWS_ACCESS_KEY_ID": "AKIA333333333333TEST"}\n`;
    expect(await problemsOf(text)).toEqual([]);
  });

  it("keeps the caller's environment away from the command", async () => {
    process.env["AWS_PROFILE"] = "production";
    const problems = await problemsOf(
      `=== One\n== run watchproof environment\n== json\n{"AWS_PROFILE": "<absent>", "AWS_ENDPOINT_URL": "<absent>"}\n`,
    );
    delete process.env["AWS_PROFILE"];
    expect(problems).toEqual([]);
  });
});

describe("a part of JSON", () => {
  it.each([
    [{ a: 1 }, { a: 1, b: 2 }, true],
    [{ a: 1 }, { b: 2 }, false],
    [[1, 2], [1, 2, 3], false],
    [[1, "..."], [1, 2, 3], true],
    [["...", 2, "..."], [1, 2, 3], true],
    [["...", 3, 2], [1, 2, 3], false],
    [[], [1], false],
    ["/^us-/", "us-east-1", true],
    ["/^us-/", 7, false],
    ["<any>", null, true],
    [{ a: "<absent>" }, {}, true],
    [{ a: "<absent>" }, { a: null }, false],
    [{}, [], false],
    [null, undefined, false],
  ])("%j in %j: %s", (wanted, found, matches) => {
    expect(mismatches(wanted, found).length === 0).toBe(matches);
  });
});

describe("the command's runner", () => {
  it("kills a command that does not end", async () => {
    expect(await runCli(["wait"], { command, timeout: 300 })).toMatchObject({ exitCode: null });
  });

  it("runs where it is told", async () => {
    await inFolder({ "x/y.txt": "there" }, async (cwd) => {
      expect(await runCli(["read", "x/y.txt"], { command, cwd })).toMatchObject({
        exitCode: 0,
        stdout: "there",
      });
    });
  });
});
