import type { Diagnostic, Position } from "../../core/diagnostic.js";
import { displayWidth } from "../../shared/text/display-width.js";
import { withoutCommands } from "../../shared/text/runner-commands.js";
import { printable } from "../../shared/text/terminal-text.js";
import { plural } from "../../shared/text/words.js";

/** How diagnostics are printed. */
export type DiagnosticStyle = { readonly color: boolean };

/** Nobody reads more at once; the first are mended first. */
const MOST_SHOWN = 200;
/** How many columns of a source line are shown. */
const WIDEST = 100;
/** A tab in an excerpt. */
const TAB = "  ";

/**
 * Diagnostics for a terminal, in the given order, each with its source line and a caret under the place; beyond 200 they are counted.
 * Ends with a line break unless there is nothing to say. Whatever could steer a terminal is neutralised.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], { color }: DiagnosticStyle): string {
  const paint = color ? colors : plain;
  const shown = diagnostics.slice(0, MOST_SHOWN).map((diagnostic) => `${renderOne(diagnostic, paint)}\n`);
  return withoutCommands([...shown, ...notShown(diagnostics)].join(""));
}

function notShown(diagnostics: readonly Diagnostic[]): readonly string[] {
  const left = diagnostics.slice(MOST_SHOWN);
  if (left.length === 0) return [];
  const files = new Set(left.map(({ file }) => file)).size;
  return [`and ${plural(left.length, "more problem")} in ${plural(files, "file")}, which are not shown\n`];
}

type Paint = {
  readonly place: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly caret: (text: string) => string;
};

const plain: Paint = { place: (text) => text, faint: (text) => text, caret: (text) => text };
const colors: Paint = {
  place: (text) => `\u001b[1m${text}\u001b[22m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
  caret: (text) => `\u001b[31m${text}\u001b[39m`,
};

function renderOne({ code, file, position, message, hint, excerpt }: Diagnostic, paint: Paint): string {
  const place =
    position === undefined ? file : `${file}:${position.line.toString()}:${position.column.toString()}`;
  const head = `${paint.place(`${printable(place)}:`)} ${printable(message)} ${paint.faint(`(${code})`)}`;
  if (position === undefined || excerpt === undefined)
    return [head, ...(hint === undefined ? [] : [`  ${printable(hint)}`])].join("\n");
  return [head, ...renderExcerpt({ position, excerpt, hint }, paint)].join("\n");
}

type Excerpt = { readonly position: Position; readonly excerpt: string; readonly hint: string | undefined };

function renderExcerpt({ position, excerpt, hint }: Excerpt, paint: Paint): readonly string[] {
  const number = position.line.toString();
  const { text, indent } = cutAround(excerpt, position.column - 1);
  const margin = " ".repeat(number.length);
  const words = hint === undefined ? "" : ` ${printable(hint)}`;
  return [
    `  ${paint.faint(`${number} |`)} ${text}`,
    `  ${paint.faint(`${margin} |`)} ${" ".repeat(indent)}${paint.caret("^")}${words}`,
  ];
}

/** The part of a line around an offset, fit for a terminal, and in which column of it the offset stands, from 0. */
function cutAround(line: string, offset: number): { readonly text: string; readonly indent: number } {
  const before = cellsOf(line.slice(Math.max(0, offset - 2 * WIDEST), offset));
  const after = cellsOf(line.slice(offset, offset + 2 * WIDEST));
  // The caret keeps a third of the width before it, and more where the line ends soon.
  const room = Math.max(Math.floor(WIDEST / 3), WIDEST - widthOf(after));
  const left = takeCells([...before].reverse(), room).reverse();
  const right = takeCells(after, WIDEST - widthOf(left));
  const isCutLeft = left.length < before.length || offset > 2 * WIDEST;
  const isCutRight = right.length < after.length || line.length > offset + 2 * WIDEST;
  const head = `${isCutLeft ? "…" : ""}${left.join("")}`;
  return {
    text: `${head}${right.join("")}${isCutRight ? "…" : ""}`,
    indent: widthOf(left) + (isCutLeft ? 1 : 0),
  };
}

/** Each character as it is printed. */
function cellsOf(text: string): readonly string[] {
  return Array.from(text, (character) => (character === "\t" ? TAB : printable(character)));
}

function takeCells(cells: readonly string[], room: number): string[] {
  const taken: string[] = [];
  let width = 0;
  for (const cell of cells) {
    width += widthOf([cell]);
    if (width > room) break;
    taken.push(cell);
  }
  return taken;
}

function widthOf(cells: readonly string[]): number {
  return cells.reduce(
    (sum, cell) => Array.from(cell).reduce((width, character) => width + displayWidth(character), sum),
    0,
  );
}
