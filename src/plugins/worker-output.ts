import { printable } from "../shared/text/terminal-text.js";

/** Takes a line that a plugin wrote, fit for a terminal. */
export type OutputSink = (line: string) => void;

const mostLines = 100;
const longestLine = 500;

/** Hands over what a plugin writes, line by line, under its name. Its standard output is not ours: that carries the report. */
export function forwardOutput(plugin: string, sink: OutputSink): (text: string) => void {
  let lines = 0;
  const forward = (line: string): void => {
    lines += 1;
    if (lines <= mostLines) sink(`plugin ${printable(plugin)}: ${printable(line.slice(0, longestLine))}`);
    if (lines === mostLines + 1) sink(`plugin ${printable(plugin)}: it writes more; that is left out`);
  };
  return (text) => {
    for (const line of text.split(/\r?\n/u)) if (line.trim() !== "") forward(line);
  };
}
