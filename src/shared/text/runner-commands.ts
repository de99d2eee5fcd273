/**
 * What the runners of CI services obey when it stands in a step's log. GitHub takes `##[name]` anywhere in a line and `::name::` at its
 * start, after white space; Azure Pipelines `##vso[area.event]`, TeamCity `##teamcity[…]`, anywhere. GitHub compares by the rules of a
 * language, for which characters without a look of their own do not count. GitLab's sections need a carriage return and an escape, which
 * no text of ours holds. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const anywhere = /#(?=\p{DI}*#\p{DI}*(?:(?:[a-z]\p{DI}*){0,20}\[|v\p{DI}*s\p{DI}*o))/giu;
// A second pair must follow, so that an address such as ::/0 stays as it is.
const atStart = /^([\s\p{DI}]*):(?=\p{DI}*:.*:\p{DI}*:)/u;

/** Text in which no command stands that a runner finds anywhere in a line; `spell` writes the first of its signs otherwise: `\u{23}` for `#`. */
export function spellCommands(text: string, spell: (sign: "#") => string): string {
  return text.includes("#") ? text.replace(anywhere, () => spell("#")) : text;
}

/** Text that begins no command of a runner where a line begins with it. */
export function spellStart(line: string, spell: (sign: ":") => string): string {
  return line.includes(":") ? line.replace(atStart, (_, space: string) => `${space}${spell(":")}`) : line;
}

/** Lines in which a runner finds no command, whoever chose their words; done twice it changes nothing. */
export function withoutCommands(text: string): string {
  return text
    .split("\n")
    .map((line) => spellStart(spellCommands(line, spelled), spelled))
    .join("\n");
}

/** A character as its number, as `printable` writes those that nobody could see. */
export function spelled(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`;
}
