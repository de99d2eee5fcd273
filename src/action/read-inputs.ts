import { nearest } from "../inner.js";

/** The inputs of action.yml, as a workflow gives them; "" and nothing at all mean the same. */
export type Inputs = {
  /** One text or none. */
  readonly text: Readonly<Record<TextInput, string | undefined>>;
  /** One value a line. */
  readonly lists: Readonly<Record<ListInput, readonly string[]>>;
  readonly switches: Readonly<Record<SwitchInput, boolean>>;
};

const texts = [
  "config",
  "snapshot",
  "fail-on",
  "max-fail",
  "max-unknown",
  "waivers",
  "baseline",
  "sarif",
  "report",
  "working-directory",
] as const;
const lists = ["rules", "rule", "pack", "region", "formats"] as const;
const switches = ["allow-unknown", "new-only", "summary", "annotations"] as const;
const isOnByItself: readonly string[] = ["summary", "annotations"];

export type TextInput = (typeof texts)[number];
export type ListInput = (typeof lists)[number];
export type SwitchInput = (typeof switches)[number];

/** The names of all inputs; a test holds action.yml equal to them. */
export const inputNames: readonly string[] = [...texts, ...lists, ...switches];

/** Reads the inputs from `INPUT_…` variables, or says everything that is wrong with them. */
export function readInputs(
  env: NodeJS.ProcessEnv,
): { readonly inputs: Inputs } | { readonly problems: readonly string[] } {
  const given = givenInputs(env);
  const wrongSwitches = switches.filter((name) => readSwitch(name, given) === undefined);
  const problems = [
    ...[...given.keys()].filter((name) => !inputNames.includes(name)).map(unknownInput),
    ...wrongSwitches.map((name) => `input ${name}: "${given.get(name) ?? ""}" is not one of true, false`),
    ...linesOf(given.get("formats")).flatMap(formatProblem),
  ];
  if (problems.length > 0) return { problems };
  return {
    inputs: {
      text: record(texts, (name) => given.get(name)),
      lists: record(lists, (name) => linesOf(given.get(name))),
      switches: record(switches, (name) => readSwitch(name, given) === true),
    },
  };
}

// The runner upper-cases the name of an input and leaves its hyphens: https://docs.github.com/actions/reference/metadata-syntax-for-github-actions
function givenInputs(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const pairs = Object.entries(env).flatMap(([name, value = ""]) =>
    name.startsWith("INPUT_") && value.trim() !== ""
      ? [[name.slice(6).toLowerCase(), value.trim()] as const]
      : [],
  );
  return new Map(pairs);
}

// The runner only warns of an input that an action does not have; a gate that a slip of the pen weakens is none.
function unknownInput(name: string): string {
  const near = nearest(name, inputNames);
  return `there is no input "${name}"${near === undefined ? "" : ` (did you mean ${near}?)`}; known are ${inputNames.join(", ")}`;
}

/** A switch as YAML 1.2 writes it; undefined for anything else. */
function readSwitch(name: SwitchInput, given: ReadonlyMap<string, string>): boolean | undefined {
  const word = given.get(name);
  if (word === undefined) return isOnByItself.includes(name);
  return { true: true, True: true, TRUE: true, false: false, False: false, FALSE: false }[word];
}

function formatProblem(word: string): readonly string[] {
  return /^[^=]+=./u.test(word)
    ? []
    : [
        `input formats: "${word}" needs a file, such as ${word.replace(/=.*$/u, "")}=watchproof.txt: the log shows the text format`,
      ];
}

function linesOf(text = ""): readonly string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function record<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  // Every key is there, which Object.fromEntries does not tell.
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Readonly<Record<Key, Value>>;
}
