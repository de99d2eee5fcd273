/** One `== word arguments` section with the lines below it; lines count from 1. */
export type Section = {
  readonly line: number;
  readonly word: string;
  readonly argument: string;
  readonly body: string;
  readonly bodyLines: number;
};

/** A story for the command line. The format is described in docs/testing.md. */
export type Scenario = {
  readonly title: string;
  readonly line: number;
  readonly sections: readonly Section[];
};

/** Reads the scenarios of a file: `=== title`, then sections. Lines before a section that begin with # are comments. */
export function parseScenarios(text: string): readonly Scenario[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const starts = lines.flatMap((line, index) => (line.startsWith("=== ") ? [index] : []));
  return starts.map((start, position) => {
    const end = starts[position + 1] ?? lines.length;
    return {
      title: (lines[start] ?? "").slice(4).trim(),
      line: start + 1,
      sections: parseSections(lines.slice(start + 1, end), start + 2),
    };
  });
}

function parseSections(lines: readonly string[], firstLine: number): readonly Section[] {
  const starts = lines.flatMap((line, index) => (line.startsWith("== ") ? [index] : []));
  const before = lines.slice(0, starts[0] ?? lines.length);
  const stray = before.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
  if (stray >= 0)
    throw new Error(`line ${(firstLine + stray).toString()} is in no section: ${before[stray] ?? ""}`);
  return starts.map((start, position) => {
    const [, word = "", argument = ""] = /^== (\S+)\s*(.*)$/.exec(lines[start] ?? "") ?? [];
    const body = withoutBlankEnd(lines.slice(start + 1, starts[position + 1] ?? lines.length));
    return {
      line: firstLine + start,
      word,
      argument: argument.trim(),
      body: body.map((line) => `${line}\n`).join(""),
      bodyLines: body.length,
    };
  });
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1);
}

/** Splits a command line into words; "…" and '…' keep spaces. */
export function splitWords(text: string): readonly string[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'/g,
      (_, double: string | undefined, single: string | undefined) => double ?? single ?? "",
    ),
  );
}

/** Puts other text below sections, and leaves the rest of the file as it is. */
export function replaceBodies(
  text: string,
  bodies: readonly { readonly section: Section; readonly body: string }[],
): string {
  const lines = text.split("\n");
  const fromTheEnd = [...bodies].sort((a, b) => b.section.line - a.section.line);
  for (const { section, body } of fromTheEnd)
    lines.splice(section.line, section.bodyLines, ...body.replace(/\n$/, "").split("\n"));
  return lines.join("\n");
}
