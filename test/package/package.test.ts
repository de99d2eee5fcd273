import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/run-cli.js";
import { trials, tryOut, writeConsumer } from "./consumer.mjs";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
};
const folder = mkdtempSync(join(tmpdir(), "watchproof-package-"));
const modules = join(folder, "node_modules");
const installed = join(modules, "watchproof");

// The package as it is published, in a project that has its dependencies and nothing else.
beforeAll(() => {
  // A list or, from newer versions of npm, an object by name.
  const answer = JSON.parse(
    execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as Readonly<Record<string, { readonly filename: string }>>;
  writeConsumer(folder);
  mkdirSync(join(modules, ".bin"), { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, Object.values(answer)[0]?.filename ?? ""), "-C", modules]);
  execFileSync("mv", [join(modules, "package"), installed]);
  symlinkSync("../watchproof/dist/cli/bin.js", join(modules, ".bin", "watchproof"));
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filesOf = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(path, name)).isFile())
    .sort();

describe("the packed package", () => {
  it("holds what is used, and nothing else", () => {
    expect(readdirSync(installed).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist",
      "package.json",
      "rules",
      "schemas",
    ]);
    const kinds = new Set(
      filesOf(installed).map(
        (name) => `${name.split("/")[0] ?? ""} ${name.endsWith(".d.ts") ? ".d.ts" : extname(name)}`,
      ),
    );
    expect([...kinds].filter((kind) => /^(?:dist|rules|schemas) /u.test(kind)).sort()).toEqual([
      "dist .d.ts",
      "dist .js",
      "dist .txt",
      "rules .yaml",
      "schemas .json",
    ]);
  });

  it("brings the folders of the library and the command, without tests, sources, the action, the page's script and what only the build needs", () => {
    const sources = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const folders = readdirSync(join(installed, "dist"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.sort()).toEqual(sources.filter((name) => !["action", "page"].includes(name)).sort());
    expect(filesOf(join(installed, "rules")).filter((name) => name.endsWith(".test.yaml"))).toEqual([]);
    expect(readdirSync(join(installed, "schemas")).filter((name) => !name.endsWith(".schema.json"))).toEqual(
      [],
    );
  });

  it("names no path of the machine that built it", () => {
    const texts = filesOf(installed).map((name) => ({
      name,
      text: readFileSync(join(installed, name), "utf8"),
    }));
    expect(
      texts
        .filter(
          ({ text }) =>
            text.includes(root) || text.includes(root.slice(0, -1)) || text.includes("sourceMappingURL"),
        )
        .map(({ name }) => name),
    ).toEqual([]);
  });

  // The SDK's types need those of Node, which are not there in every project.
  it("has types that need neither the SDK's nor Node's", () => {
    const reached = new Set(["dist/index.d.ts"]);
    const foreign: string[] = [];
    for (const file of reached) {
      const text = readFileSync(join(installed, file), "utf8");
      for (const [, from = ""] of text.matchAll(/(?:from|import\() ?"([^"]+)"/gu)) {
        if (from.startsWith(".")) reached.add(join(dirname(file), from).replace(/\.js$/u, ".d.ts"));
        else if (/^(?:node:|@aws-sdk\/|@smithy\/)/u.test(from)) foreign.push(`${file}: ${from}`);
      }
      if (/\b(?:NodeJS|Buffer)\b/u.test(text)) foreign.push(`${file}: Node's globals`);
    }
    expect(foreign).toEqual([]);
    expect(reached.size).toBeGreaterThan(50);
  });

  it("brings the licences of what is bundled", () => {
    const text = readFileSync(join(installed, "dist/cli/LICENSES.txt"), "utf8");
    for (const name of ["commander", "yaml", "ajv", "@aws-sdk/client-cloudtrail"])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC|Apache-2\\.0)\\)$`, "mu"));
  });

  it.each(trials(manifest.version))(
    "is used: $title",
    (trial) => {
      const printed = tryOut(trial, folder);
      expect(printed).toBe(trial.prints ?? "");
    },
    120_000,
  );
});
