import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A file to write; `path` is relative to the folder that is set up. */
export type ScaffoldFile = { readonly path: string; readonly text: string };

/** What became of the files, by path. */
export type Scaffolded = { readonly written: readonly string[]; readonly kept: readonly string[] };

/** Writes files that are not there yet; with `force` also over those that are. Other folders and files stay as they are. */
export async function writeScaffold(
  folder: string,
  files: readonly ScaffoldFile[],
  { force }: { readonly force: boolean },
): Promise<Scaffolded> {
  const written: string[] = [];
  const kept: string[] = [];
  for (const { path, text } of files) {
    const isWritten = await writeNew(join(folder, path), text, force);
    (isWritten ? written : kept).push(path);
  }
  return { written, kept };
}

// Flag "wx" lets the file system itself refuse to overwrite: nothing can come in between a look and the writing.
async function writeNew(file: string, text: string, force: boolean): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, text, { flag: force ? "w" : "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The lines that say what became of the files. */
export function scaffoldLines({ written, kept }: Scaffolded): readonly string[] {
  return [
    ...written.map((path) => `wrote  ${path}`),
    ...kept.map((path) => `kept   ${path}, which was there already (--force writes over it)`),
  ];
}
