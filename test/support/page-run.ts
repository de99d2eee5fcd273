import { runCli, writeIn } from "./run-cli.js";
import { splitWords } from "./scenario-file.js";

/** A fenced block of a page; lines count from 1. `info` is what stands behind the language. */
export type PageBlock = {
  readonly line: number;
  readonly language: string;
  readonly info: string;
  readonly body: string;
};

/** The fenced blocks of a page in Markdown. */
export function blocksOf(page: string): readonly PageBlock[] {
  const blocks: PageBlock[] = [];
  const lines = page.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [, language, info = ""] = /^```(\w+) ?(.*)$/u.exec(lines[at] ?? "") ?? [];
    if (language === undefined) continue;
    const end = lines.indexOf("```", at);
    blocks.push({
      line: at + 1,
      language,
      info,
      body: lines
        .slice(at + 1, end)
        .map((line) => `${line}\n`)
        .join(""),
    });
    at = end;
  }
  return blocks;
}

/** One command of a console block, with the output that the page shows. */
export type PageCommand = {
  readonly line: number;
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
};

/** The commands of a console block: lines that begin with "$ ". `exit=N` in its info is the exit code of the last one. */
export function commandsOf({ line, info, body }: PageBlock): readonly PageCommand[] {
  const lines = body.split("\n").slice(0, -1);
  const starts = lines.flatMap((text, at) => (text.startsWith("$ ") ? [at] : []));
  return starts.map((start, index) => {
    const output = lines.slice(start + 1, starts[index + 1] ?? lines.length);
    const isLast = index === starts.length - 1;
    const [, exit = "0"] = /\bexit=(\d)/u.exec(isLast ? info : "") ?? [];
    return {
      line: line + 1 + start,
      command: (lines[start] ?? "").slice(2),
      output: output.map((text) => `${text}\n`).join(""),
      exitCode: Number(exit),
    };
  });
}

/** What a command of a page really writes, both streams, and its exit code. `> FILE` writes stdout to a file instead. */
export async function runPageCommand(
  folder: string,
  command: string,
): Promise<{ readonly output: string; readonly exitCode: number | null }> {
  const [words = "", file] = command.split(" > ");
  const [npx, name, ...args] = splitWords(words);
  if (npx !== "npx" || name !== "watchproof")
    throw new Error(`a command of a page begins with npx watchproof: ${command}`);
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: folder });
  if (file !== undefined) await writeIn(folder, file, stdout);
  return { exitCode, output: `${file === undefined ? stdout : ""}${stderr}` };
}

/** Whether a text is as a page shows it; a line "…" stands for any lines, a version for any version. */
export function isShown(shown: string, found: string): boolean {
  const pattern = withoutVersions(shown)
    .split("\n")
    .map((line) =>
      line.trim() === "…" ? "(?:.*\\n)*?.*" : line.trimEnd().replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&"),
    )
    .join("\\n");
  return new RegExp(`^${pattern}$`, "u").test(
    withoutVersions(found)
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n"),
  );
}

function withoutVersions(text: string): string {
  return text.replaceAll(/\b\d+\.\d+\.\d+\b(?!\.\d)/gu, "<version>");
}
