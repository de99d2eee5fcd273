import type { Inputs, ListInput, TextInput } from "./read-inputs.js";

/** What the action itself asks for beside the inputs: `FORMAT=FILE` words. */
type OwnFormats = readonly string[];

const textOptions = [
  "config",
  "snapshot",
  "fail-on",
  "max-fail",
  "max-unknown",
  "waivers",
  "baseline",
] as const satisfies readonly TextInput[];
const listOptions = ["rule", "pack", "region"] as const satisfies readonly ListInput[];

/**
 * The words of the command line that the inputs ask for. A value is joined to its option by "=" and paths stand behind "--",
 * so that no value is taken for an option.
 */
export function commandWords({ text, lists, switches }: Inputs, own: OwnFormats): readonly string[] {
  const formats = [
    "text",
    ...lists.formats,
    ...(text.sarif === undefined ? [] : [`sarif=${text.sarif}`]),
    ...(text.report === undefined ? [] : [`json=${text.report}`]),
    ...own,
  ];
  return [
    "check",
    ...textOptions.flatMap((name) => (text[name] === undefined ? [] : [`--${name}=${text[name]}`])),
    ...listOptions.flatMap((name) => lists[name].map((value) => `--${name}=${value}`)),
    ...(switches["allow-unknown"] ? ["--allow-unknown"] : []),
    ...(switches["new-only"] ? ["--new-only"] : []),
    ...formats.map((format) => `--format=${format}`),
    "--",
    ...lists.rules,
  ];
}
