import type { Readable } from "node:stream";
import { printable } from "../shared/terminal-text.js";

/** Takes a line that a plugin wrote, fit for a terminal. */
export type OutputSink = (line: string) => void;

const mostLines = 100;
const longestLine = 500;

/** Hands over what a plugin writes, line by line, under its name. Its standard output is not ours: that carries the report. */
export function forwardOutput(streams: readonly Readable[], plugin: string, sink: OutputSink): void {
  let lines = 0;
  const forward = (line: string): void => {
    lines += 1;
    if (lines <= mostLines) sink(`plugin ${printable(plugin)}: ${printable(line.slice(0, longestLine))}`);
    if (lines === mostLines + 1) sink(`plugin ${printable(plugin)}: it writes more; that is left out`);
  };
  for (const stream of streams) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => { for (const line of text.split(/\r?\n/u)) if (line.trim() !== "") forward(line); });
  }
}
