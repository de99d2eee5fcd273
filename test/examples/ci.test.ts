import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { inputNames, readInputs } from "../../src/action/read-inputs.js";
import { outputNames } from "../../src/action/run-action.js";
import { inFolder, root, runCli } from "../support/run-cli.js";
import { splitWords } from "../support/scenario-file.js";

const folder = join(root, "examples/ci");
const read = (path: string): string => readFileSync(path, "utf8");
const files = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: read(join(folder, name)) }));
const { version } = JSON.parse(read(join(root, "package.json"))) as { readonly version: string };
const account = read(join(root, "test/cli/accepting/account.json"));

/** Every text in a parsed file, and every line of a Jenkinsfile. */
function textsOf({ name, text }: (typeof files)[number]): readonly string[] {
  return name === "Jenkinsfile"
    ? text.split("\n").flatMap((line) => /'(npx [^']*)'/u.exec(line)?.[1] ?? [])
    : leaves(parse(text, { strict: true, uniqueKeys: true }));
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") return value.split("\n");
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

type Command = { readonly named: string; readonly words: readonly string[] };

function commandsOf(file: (typeof files)[number]): readonly Command[] {
  return textsOf(file).flatMap((text) => {
    const [, named = "", rest = ""] = /\bnpx --yes watchproof@(\S+) (.+)$/u.exec(text) ?? [];
    return named === "" ? [] : [{ named, words: splitWords(rest) }];
  });
}

describe.each(files.filter(({ name }) => name !== "github-action.yml"))("examples/ci/$name", (file) => {
  const commands = commandsOf(file);

  it("validates and tests the rules, and judges the account, with this version", () => {
    expect(commands.map(({ words }) => words[0]).sort()).toEqual(["check", "test", "validate"]);
    expect(new Set(commands.map(({ named }) => named))).toEqual(
      new Set([version.split(".").slice(0, 2).join(".")]),
    );
    expect(file.text.match(/npx /gu)).toHaveLength(commands.length);
  });

  it("runs in a new project, and leaves every file that is picked up", async () => {
    await inFolder({ "account.json": account }, async (cwd) => {
      expect(await runCli(["init"], { cwd })).toMatchObject({ exitCode: 0 });
      for (const { words } of commands) {
        const isCheck = words[0] === "check";
        const { exitCode, stderr } = await runCli(
          isCheck ? [...words, "--snapshot", "account.json"] : words,
          { cwd },
        );
        expect(isCheck ? [1, 3] : [0], stderr).toContain(exitCode);
      }
      const picked = textsOf(file)
        .concat(file.name === "Jenkinsfile" ? ["watchproof.xml", "watchproof.json"] : [])
        .filter((text) => /^[\w/-]+\.(?:xml|json|md)$/u.test(text));
      expect(picked.filter((name) => !existsSync(join(cwd, name)))).toEqual([]);
      expect(picked.length).toBeGreaterThan(0);
    });
  });
});

describe("examples/ci/github-action.yml", () => {
  const text = read(join(folder, "github-action.yml"));
  const { jobs } = parse(text) as {
    readonly jobs: Readonly<
      Record<
        string,
        {
          readonly steps: readonly {
            readonly uses?: string;
            readonly with?: Readonly<Record<string, string>>;
          }[];
        }
      >
    >;
  };
  const step = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ uses = "" }) => uses.startsWith("OWNER/watchproof@"));

  it("gives inputs that the action takes, and reads outputs that it sets", () => {
    expect(step?.uses).toBe(`OWNER/watchproof@v${version.split(".")[0] ?? ""}`);
    const given = step?.with ?? {};
    expect(Object.keys(given).filter((name) => !inputNames.includes(name))).toEqual([]);
    expect(
      readInputs(
        Object.fromEntries(
          Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
      ),
    ).toHaveProperty("inputs");
    const used = [...text.matchAll(/outputs\.([\w-]+)/gu)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !outputNames.some((known) => known === name))).toEqual([]);
  });

  it("is the one that docs/github-action.md shows", () => {
    expect(read(join(root, "docs/github-action.md"))).toContain(`\`\`\`yaml\n${text}\`\`\`\n`);
  });
});

it("docs/ci.md tells of every example", () => {
  const page = read(join(root, "docs/ci.md"));
  expect(files.filter(({ name }) => !page.includes(`(../examples/ci/${name})`))).toEqual([]);
});
