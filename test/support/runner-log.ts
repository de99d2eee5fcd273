/** How the runners of CI services read a step's output, written after their sources, so that tests see what they would obey. */

/** A command that a runner would obey: whose it is, and its name and data. */
export type ObeyedCommand = { readonly runner: string; readonly name: string; readonly data: string };

/** The commands that a GitHub runner has extensions for, and the one that stops commands. */
const registered = [
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "internal-set-repo-path",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
];

/** All that any of the runners would obey in this output. */
export function obeyedCommands(output: string): readonly ObeyedCommand[] {
  const lines = linesOf(output);
  return [
    ...githubCommands(lines),
    ...lines.flatMap(azureCommand),
    ...lines.flatMap(teamCityCommand),
    ...gitlabSections(output),
  ];
}

// StreamReader.ReadLine: a line feed, a carriage return, or both end a line.
function linesOf(output: string): readonly string[] {
  return output.split(/\r\n|\r|\n/u);
}

// .NET compares `StartsWith(string)` and `IndexOf(string)` by the language of the machine, for which these characters count for nothing;
// in the invariant mode they count. A command in either reading is one too many.
const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

function githubCommands(lines: readonly string[]): readonly ObeyedCommand[] {
  return ["as it stands", "without ignorable characters"].flatMap((reading, at) => {
    const state = { tokens: new Set<string>(), stoppedBy: "" };
    return lines.flatMap((line) => {
      const found = processGithubLine(at === 0 ? line : line.replace(ignorable, ""), state);
      return found === undefined ? [] : [{ runner: `github, ${reading}`, ...found }];
    });
  });
}

type Parsed = { readonly name: string; readonly data: string };
type State = { readonly tokens: Set<string>; stoppedBy: string };

// ActionCommandManager.TryProcessCommand
function processGithubLine(line: string, state: State): Parsed | undefined {
  const known = (name: string): boolean =>
    registered.includes(name.toLowerCase()) || state.tokens.has(name.toLowerCase());
  const command = parseV2(line, known) ?? parseV1(line, known);
  if (command === undefined) return undefined;
  if (state.stoppedBy !== "") {
    if (command.name.toLowerCase() !== state.stoppedBy) return undefined;
    state.tokens.delete(state.stoppedBy);
    state.stoppedBy = "";
    return undefined;
  }
  if (command.name.toLowerCase() === "stop-commands") {
    state.stoppedBy = command.data.toLowerCase();
    state.tokens.add(state.stoppedBy);
  }
  return command;
}

// ActionCommand.TryParseV2: after white space, "::name properties::data".
function parseV2(message: string, known: (name: string) => boolean): Parsed | undefined {
  const text = message.trimStart();
  if (!text.startsWith("::")) return undefined;
  const end = text.indexOf("::", 2);
  if (end < 0) return undefined;
  const name = nameOf(text.slice(2, end));
  return known(name) ? { name, data: unescape(text.slice(end + 2)) } : undefined;
}

// ActionCommand.TryParse: anywhere, "##[name properties]data".
function parseV1(message: string, known: (name: string) => boolean): Parsed | undefined {
  const start = message.indexOf("##[");
  const end = start < 0 ? -1 : message.indexOf("]", start);
  if (end < 0) return undefined;
  const name = nameOf(message.slice(start + 3, end));
  return known(name) ? { name, data: unescape(message.slice(end + 1)) } : undefined;
}

function nameOf(info: string): string {
  const space = info.indexOf(" ");
  return space < 0 ? info : info.slice(0, space);
}

function unescape(text: string): string {
  return text
    .replaceAll("%3B", ";")
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%5D", "]")
    .replaceAll("%25", "%");
}

// Azure Pipelines' Command.TryParse: anywhere, "##vso[area.event properties]data".
function azureCommand(line: string): readonly ObeyedCommand[] {
  const text = line.replace(ignorable, "");
  const start = text.toLowerCase().indexOf("##vso[");
  const end = start < 0 ? -1 : text.indexOf("]", start);
  if (end < 0) return [];
  const name = nameOf(text.slice(start + 6, end));
  const isWhole = name.split(".").filter((part) => part !== "").length === 2;
  return isWhole ? [{ runner: "azure", name, data: text.slice(end + 1) }] : [];
}

// https://www.jetbrains.com/help/teamcity/service-messages.html
function teamCityCommand(line: string): readonly ObeyedCommand[] {
  const [, name, data = ""] = /##teamcity\[(\w+)(.*)\]/u.exec(line.replace(ignorable, "")) ?? [];
  return name === undefined ? [] : [{ runner: "teamcity", name, data }];
}

// https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
function gitlabSections(output: string): readonly ObeyedCommand[] {
  return [
    ...output.matchAll(/section_(start|end):\d+:([a-zA-Z0-9_.-]+)(?:\[[^\]]*\])?\r(?:\u001b|\\e)\[0K/gu),
  ].map(([, name = "", data = ""]) => ({ runner: "gitlab", name, data }));
}
