import { withoutCommands } from "./runner-commands.js";
import { printable } from "./terminal-text.js";

/** How much a piece of text wants to be seen. */
export type Tone = "strong" | "faint" | "good" | "warning" | "bad";

/** Where lines are set: `width` in columns; `paint` adds colour, or nothing where none is wanted. */
export type Page = { readonly width: number; readonly paint: (tone: Tone, text: string) => string };

/** How a paragraph stands on the page: indent in columns, a word in its margin, a tone for its text. */
export type Setting = { readonly indent: number; readonly label?: string; readonly tone?: Tone };

// Select Graphic Rendition: the only control sequences that ever leave a reporter.
const codes = { strong: "1", faint: "2", good: "32", warning: "33", bad: "31" } satisfies Record<
  Tone,
  string
>;
const usualWidth = 100;
const leastWidth = 40;
const labelWidth = 12;

/** A page for a terminal; 100 columns where its width is not known. */
export function terminalPage({
  color,
  width = usualWidth,
}: {
  readonly color: boolean;
  readonly width?: number;
}): Page {
  return {
    width: Math.max(width, leastWidth),
    paint: (tone, text) => (color && text !== "" ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text),
  };
}

/** A paragraph, made printable and wrapped; words longer than a line stay whole, so that an ARN can be copied. */
export function paragraph(page: Page, text: string, setting: Setting): readonly string[] {
  const room = page.width - setting.indent - marginOf(setting);
  return setLines(page, wrap(printable(text), room), setting);
}

/** Lines that are already printable, such as a command, set as they are. */
export function setLines(
  page: Page,
  lines: readonly string[],
  { indent, label, tone }: Setting,
): readonly string[] {
  const margin = " ".repeat(indent);
  const blank = label === undefined ? "" : " ".repeat(labelWidth);
  const head = label === undefined ? "" : page.paint("faint", label.padEnd(labelWidth));
  // Wrapping brings words to the start of a line, where a runner would take them for a command.
  return lines
    .map(withoutCommands)
    .map((line, at) =>
      `${margin}${at === 0 ? head : blank}${tone === undefined ? line : page.paint(tone, line)}`.trimEnd(),
    );
}

/** The first items, and how many more there are in words ("… and 12 more"). */
export function firstFew<T>(
  items: readonly T[],
  most: number,
): { readonly shown: readonly T[]; readonly more?: string } {
  if (items.length <= most) return { shown: items };
  return { shown: items.slice(0, most), more: `… and ${items.length - most} more` };
}

function marginOf({ label }: Setting): number {
  return label === undefined ? 0 : labelWidth;
}

function wrap(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
