import { builtins } from "../../src/run/builtins.js";
import type { Reporter } from "../../src/core/reporter.js";

const extensions: Readonly<Record<string, string>> = {
  asff: "json",
  csv: "csv",
  gitlab: "json",
  html: "html",
  json: "json",
  junit: "xml",
  markdown: "md",
  ocsf: "json",
  sarif: "json",
};

/** Every reporter that ships, with the extension of its golden files. */
export const allReporters: readonly (readonly [Reporter, string])[] = (
  await Promise.all(Object.values(builtins.reporters).map((load) => load()))
).map((reporter) => [reporter, extensions[reporter.id] ?? "txt"]);

/** What of a rendered report is made from the report: a page's script and style have sources of their own, and their tests. */
export function madeFromReport({ id }: Reporter, out: string): string {
  return id === "html" ? `${out.slice(out.indexOf("<body>"), out.indexOf("<script>"))}\n` : out;
}
