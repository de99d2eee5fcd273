import { expect, it } from "vitest";
import { commandWords } from "../../src/action/command-words.js";
import { readInputs } from "../../src/action/read-inputs.js";

function wordsOf(env: Readonly<Record<string, string>>): readonly string[] {
  const read = readInputs(env);
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  return commandWords(read.inputs, ["json=report.json"]);
}

it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  [
    "no inputs ask for the text and what the action itself needs",
    {},
    ["check", "--format=text", "--format=json=report.json", "--"],
  ],
  [
    "empty inputs are none",
    { INPUT_CONFIG: "", INPUT_RULE: " \n ", "INPUT_NEW-ONLY": "" },
    ["check", "--format=text", "--format=json=report.json", "--"],
  ],
  [
    "a SARIF file is a format",
    { INPUT_SARIF: "watchproof.sarif" },
    ["check", "--format=text", "--format=sarif=watchproof.sarif", "--format=json=report.json", "--"],
  ],
  [
    "a list has a value a line",
    { INPUT_PACK: "a\nb\n", INPUT_RULES: "my rules/\nmore" },
    [
      "check",
      "--pack=a",
      "--pack=b",
      "--format=text",
      "--format=json=report.json",
      "--",
      "my rules/",
      "more",
    ],
  ],
  [
    "no value is an option",
    { INPUT_RULE: "--plan", INPUT_RULES: "--plan" },
    ["check", "--rule=--plan", "--format=text", "--format=json=report.json", "--", "--plan"],
  ],
  [
    "switches are words where they are on",
    { "INPUT_ALLOW-UNKNOWN": "True", "INPUT_NEW-ONLY": "false" },
    ["check", "--allow-unknown", "--format=text", "--format=json=report.json", "--"],
  ],
  [
    "what is not an input of the action is none of its business",
    { INPUTRULE: "x", PATH: "/bin" },
    ["check", "--format=text", "--format=json=report.json", "--"],
  ],
])("%s", (_, env, words) => {
  expect(wordsOf(env)).toEqual(words);
});

it("everything that is wrong with the inputs is told at once", () => {
  const read = readInputs({
    INPUT_SNAPSHOOT: "x",
    INPUT_SUMMARY: "on",
    INPUT_FORMATS: "csv\njunit=x.xml\n=x",
  });
  expect("problems" in read ? read.problems : []).toEqual([
    expect.stringMatching(/^there is no input "snapshoot" \(did you mean snapshot\?\)/u),
    'input summary: "on" is not one of true, false',
    expect.stringMatching(/^input formats: "csv" needs a file/u),
    expect.stringMatching(/^input formats: "=x" needs a file/u),
  ]);
});
