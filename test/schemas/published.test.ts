import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { projectFiles } from "../../src/cli/scaffold-project.js";
import { evaluatorFiles, pluginConfig } from "../../src/cli/scaffold-plugin.js";
import { ruleFiles } from "../../src/cli/scaffold-rule.js";
import { root } from "../support/run-cli.js";

type Format = "rule" | "config" | "cases";

// As an editor does it: the published schema, and nothing of ours.
const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
const compiled = (format: Format) =>
  ajv.compile(JSON.parse(readFileSync(join(root, `schemas/${format}.schema.json`), "utf8")) as object);
const validators = { rule: compiled("rule"), config: compiled("config"), cases: compiled("cases") };

function errorsIn(format: Format, data: unknown): readonly string[] {
  const validate = validators[format];
  return validate(data)
    ? []
    : (validate.errors ?? [])
        .filter(({ keyword }) => keyword !== "if")
        .map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

const rule = { id: "own.one", title: "One", severity: "low" };
const assert = { for: "AWS::CloudTrail::Trail", assert: { path: "KMSKeyId", exists: true } };

describe("the published schema of rules", () => {
  it.each<[string, object, readonly string[]]>([
    ["complete options", { evaluator: "assert", with: assert }, []],
    [
      "a misspelt option",
      { evaluator: "assert", with: { ...assert, quantifer: "some" } },
      ["/with additionalProperties"],
    ],
    [
      "a wrong value",
      { evaluator: "assert", with: { ...assert, quantifier: "most" } },
      ["/with/quantifier enum"],
    ],
    ["a missing option", { evaluator: "cloudtrail-logging", with: {} }, ["/with required"]],
    ["no options where some are needed", { evaluator: "cloudtrail-logging" }, [" required"]],
    [
      "a wrong condition deep in a tree",
      { evaluator: "assert", with: { ...assert, assert: { all: [{ path: "KMSKeyId", exists: "yes" }] } } },
      ["/with/assert/all/0/exists type"],
    ],
    ["a template without its options", { evaluator: "cloudtrail-logging", template: true }, []],
    [
      "a template with a misspelt option",
      { evaluator: "cloudtrail-logging", template: true, with: { pre: "region" } },
      ["/with additionalProperties"],
    ],
    [
      "a plugin's evaluator, which it does not know",
      { evaluator: "key-prefix", with: { prefix: "audit/" } },
      [],
    ],
  ])("%s", (_, part, expected) => {
    const errors = errorsIn("rule", { ...rule, ...part });
    if (expected.length === 0) expect(errors).toEqual([]);
    else expect(errors).toEqual(expect.arrayContaining([...expected]));
  });

  it("accepts every built-in rule", () => {
    const files = readdirSync(join(root, "rules"), { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".yaml") && !file.startsWith("packs"),
    );
    expect(files.length).toBeGreaterThan(4);
    const wrong = files.flatMap((file) =>
      errorsIn("rule", parse(readFileSync(join(root, "rules", file), "utf8"))).map(
        (error) => `${file}: ${error}`,
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the published schema of configs", () => {
  it.each<[string, object, readonly string[]]>([
    [
      "a part of a built-in rule's options",
      { overrides: [{ rule: "cloudtrail.log-file-validation", with: { absence: "not-applicable" } }] },
      [],
    ],
    [
      "a misspelt option of a built-in rule",
      { overrides: [{ rule: "cloudtrail.log-file-validation", with: { absense: "fail" } }] },
      ["/overrides/0/with additionalProperties"],
    ],
    [
      "a wrong value of a built-in rule",
      { overrides: [{ rule: "cloudtrail.trail-per-region", with: { per: "continent" } }] },
      ["/overrides/0/with/per enum"],
    ],
    ["options of rules that it does not know", { overrides: [{ rule: "own.*", with: { anything: 1 } }] }, []],
  ])("%s", (_, config, expected) => {
    expect(errorsIn("config", config)).toEqual(expected);
  });
});

describe("what is scaffolded", () => {
  const files = [
    ...projectFiles(),
    ...ruleFiles({ id: "own.a.b", stem: "rules/own/a/b" }),
    ...evaluatorFiles("key-prefix"),
    pluginConfig("key-prefix", ["rules: [rules]"]),
  ];
  const yaml = files.filter(({ path }) => path.endsWith(".yaml"));

  it.each(yaml)("$path names the schema that it keeps", ({ path, text }) => {
    const [, up = "", name = ""] =
      /^# yaml-language-server: \$schema=(\.\/|(?:\.\.\/)+)node_modules\/watchproof\/(schemas\/\w+\.schema\.json)$/mu.exec(
        text,
      ) ?? [];
    expect(join(path, "..", up)).toMatch(/^\.\/?$/u);
    expect(existsSync(join(root, name))).toBe(true);
    const format = /(rule|cases|config)\.schema/u.exec(name)?.[1] as Format;
    expect(errorsIn(format, parse(text))).toEqual([]);
  });
});
