import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCommand } from "../../../src/cli/main.js";
import { check, decideGate, loadSnapshot, prepareRun, recordedSource } from "../../../src/index.js";
import type { PreparedRun, Report, RunRequest } from "../../../src/index.js";
import { inFolder, root } from "../../support/run-cli.js";
import { baselineText, cases, ownRules } from "./cases.js";
import type { Case } from "./cases.js";
import { configOptions, optionsOf } from "./options.js";
import type { Files } from "./options.js";

// A config is honoured by whichever door one comes in: the command, or the functions of the package.

const recorded = join(root, "test/cli/accepting/account.json");

/** What a person gets: a report in some format, and an exit code with its reason. */
type Outcome = { readonly text: string; readonly exitCode: number };

/** What a program asks for, and the same in words. */
type Asked = { readonly request: RunRequest; readonly words: readonly string[] };

async function byCommand(folder: string, words: readonly string[]): Promise<Outcome> {
  const said: string[] = [];
  const told: string[] = [];
  const config = join(folder, "watchproof.yaml");
  const exitCode = await runCommand(["check", "--snapshot", recorded, "--config", config, ...words], {
    out: (text) => Promise.resolve(void said.push(text)),
    err: (text) => void told.push(text),
    trouble: () => undefined,
    isWatched: false,
    hasColor: false,
  });
  if (exitCode === 2) throw new Error(told.join(""));
  return { text: said.join(""), exitCode };
}

async function prepared(folder: string, request: RunRequest): Promise<PreparedRun> {
  const run = await prepareRun({ config: join(folder, "watchproof.yaml"), ...request });
  if (!run.ok) throw new Error(JSON.stringify(run.diagnostics));
  return run.value;
}

/** As docs/library.md says. */
async function byFunctions(
  folder: string,
  { request, format }: { readonly request: RunRequest; readonly format?: string },
): Promise<Outcome & { readonly report: Report; readonly because: string }> {
  const run = await prepared(folder, request);
  const snapshot = await loadSnapshot(recorded);
  if (!snapshot.ok) throw new Error("the snapshot cannot be loaded");
  const report = await check({ ...run, source: recordedSource(snapshot.value) });
  const gate = decideGate(report, run.gate);
  const reporter = await run.plugins.reporters[format ?? run.config.formats?.[0] ?? "text"]?.();
  if (reporter === undefined) throw new Error("there is no such format");
  const text = reporter.render(report, {
    gate,
    color: false,
    newOnly: run.gate.newOnly === true,
    places: run.places,
  });
  return { text, exitCode: gate.exitCode, because: gate.because, report };
}

async function throughBoth(
  { config, files = {} }: { readonly config: object; readonly files?: Files },
  { request, words }: Asked = { request: {}, words: [] },
) {
  const written = { ...ownRules, ...files, "watchproof.yaml": JSON.stringify(config) };
  return inFolder(written, async (folder) => ({
    json: {
      command: await byCommand(folder, ["--format", "json", ...words]),
      functions: await byFunctions(folder, { request, format: "json" }),
    },
    asConfigured: {
      command: await byCommand(folder, words),
      functions: await byFunctions(folder, { request }),
    },
  }));
}

type Both = Awaited<ReturnType<typeof throughBoth>>;

/** What an outcome consists of, as far as an option may change it. */
const facets = ({ json: { functions } }: Both, output: string) => ({
  report: JSON.stringify({ ...functions.report, summary: undefined }),
  gate: `${functions.exitCode.toString()} ${functions.because}`,
  output,
});

beforeAll(() => {
  vi.useFakeTimers({ now: new Date("2026-12-01T10:00:00Z"), toFake: ["Date"] });
});
afterAll(() => {
  vi.useRealTimers();
});

describe("every option of the config", () => {
  it("has a case", () => {
    const shown = new Set(Object.values(cases).flatMap(({ config }) => optionsOf(config)));
    expect(configOptions.filter((option) => !shown.has(option))).toEqual([]);
  });

  it.each(Object.entries(cases))("means the same through both doors: %s", async (_, one: Case) => {
    const both = await throughBoth(one);
    const { command, functions } = both.json;
    expect(JSON.parse(command.text)).toEqual(JSON.parse(functions.text));
    expect(command.exitCode).toBe(functions.exitCode);
    expect(both.asConfigured.command.text).toBe(both.asConfigured.functions.text);
  });

  it.each(Object.entries(cases))("is not lost: %s", async (_, one: Case) => {
    const [plain, both] = [await throughBoth({ config: { rules: ["rules"] } }), await throughBoth(one)];
    const [before, after] = [
      facets(plain, plain.asConfigured.functions.text),
      facets(both, both.asConfigured.functions.text),
    ];
    if (one.changes === "nothing") expect(after).toEqual(before);
    else expect(after[one.changes]).not.toBe(before[one.changes]);
  });
});

describe("what a program asks for goes before the config, as words do", () => {
  const config = {
    rules: ["rules"],
    regions: { include: ["eu-west-1"] },
    failOn: "info",
    waivers: "none.yaml",
    baseline: "none.json",
  };
  const some = {
    waivers: JSON.stringify({
      waivers: [{ rule: "own.*", subject: "*", reason: "r", owner: "o", expires: "2026-12-24" }],
    }),
    baseline: baselineText,
  };
  const files = {
    "none.yaml": JSON.stringify({ waivers: [] }),
    "none.json": JSON.stringify({ format: "watchproof-baseline/1", entries: [] }),
  };

  it.each<readonly [string, (folder: string) => Asked]>([
    ["regions", () => ({ request: { regions: ["us-east-1"] }, words: ["--region", "us-east-1"] })],
    [
      "a gate",
      () => ({
        request: { gate: { failOn: "critical", allowUnknown: true, maxFail: 1, maxUnknown: 1 } },
        words: ["--fail-on", "critical", "--allow-unknown", "--max-fail", "1", "--max-unknown", "1"],
      }),
    ],
    ["rules", () => ({ request: { globs: ["own.log*"] }, words: ["--rule", "own.log*"] })],
    [
      "a pack",
      () => ({ request: { packs: ["glacier-monitoring"] }, words: ["--pack", "glacier-monitoring"] }),
    ],
    [
      "a file of waivers",
      (folder) => ({
        request: { waivers: join(folder, "some.yaml") },
        words: ["--waivers", join(folder, "some.yaml")],
      }),
    ],
    [
      "a baseline, and new failures alone",
      (folder) => ({
        request: { baseline: join(folder, "some.json"), gate: { newOnly: true } },
        words: ["--baseline", join(folder, "some.json"), "--new-only"],
      }),
    ],
  ])("%s", async (_, asked) => {
    await inFolder({ "some.yaml": some.waivers, "some.json": some.baseline }, async (folder) => {
      const { json } = await throughBoth({ config, files }, asked(folder));
      expect(JSON.parse(json.command.text)).toEqual(JSON.parse(json.functions.text));
      expect(json.command.exitCode).toBe(json.functions.exitCode);
      const plain = await throughBoth({ config, files });
      const { exitCode, because, report } = plain.json.functions;
      expect([json.functions.exitCode, json.functions.because, json.functions.report]).not.toEqual([
        exitCode,
        because,
        report,
      ]);
    });
  });

  it("the day by which waivers hold", async () => {
    const written = {
      ...ownRules,
      "watchproof.yaml": JSON.stringify(config),
      ...files,
      "none.yaml": some.waivers,
    };
    await inFolder(written, async (folder) => {
      const onDay = async (today?: string): Promise<number | undefined> =>
        (await byFunctions(folder, { request: today === undefined ? {} : { today } })).report.summary.waived;
      expect([await onDay(), await onDay("2026-12-24"), await onDay("2026-12-25")]).toEqual([2, 2, 0]);
    });
  });
});

describe("what is wrong with the files of a run is told, and nothing is judged", () => {
  const problems = (config: object, files: Files = {}, request: RunRequest = {}) =>
    inFolder({ ...ownRules, ...files, "watchproof.yaml": JSON.stringify(config) }, async (folder) => {
      const run = await prepareRun({ config: join(folder, "watchproof.yaml"), ...request });
      return run.ok
        ? []
        : run.diagnostics.map(({ code, file, position }) => [
            code,
            file.replace(`${folder}/`, ""),
            position?.line ?? 0,
          ]);
    });

  it("of waivers and baseline at once", async () => {
    const config = { rules: ["rules"], waivers: "w.yaml", baseline: "b.json" };
    const wrong = { "w.yaml": "waivers: 1\n", "b.json": "{}" };
    expect(await problems(config, wrong)).toEqual([
      ["wrong-type", "w.yaml", 1],
      ["not-a-baseline", "b.json", 0],
    ]);
  });

  it("of new failures without a baseline, where it is asked for", async () => {
    expect(await problems({ rules: ["rules"], newOnly: true })).toEqual([
      ["no-baseline", "watchproof.yaml", 1],
    ]);
    expect(await problems({ rules: ["rules"] }, {}, { gate: { newOnly: true } })).toEqual([
      ["no-baseline", "--new-only", 0],
    ]);
    expect(await problems({ rules: ["rules"], newOnly: true }, {}, { gate: { newOnly: false } })).toEqual([]);
  });

  it("of rules before waivers are looked at", async () => {
    expect(await problems({ rules: ["nowhere"], waivers: "w.yaml" })).toEqual([
      ["no-such-file", "watchproof.yaml", 1],
    ]);
  });
});
