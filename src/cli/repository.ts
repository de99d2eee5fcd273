import { access, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Report, RulePlace } from "../index.js";
import { writeReport } from "./formats.js";
import type { Output } from "./formats.js";

/**
 * Places as formats that point at files want them: relative to the root of the repository that holds the current folder, with "/" on
 * every system. What lies outside is left out, since no reader of such a format could open it.
 */
export async function placesInRepository(
  places: Readonly<Record<string, RulePlace>>,
): Promise<Readonly<Record<string, RulePlace>>> {
  const root = await repositoryRoot(await realpath("."));
  const files = new Map<string, string | undefined>();
  for (const { file } of Object.values(places))
    if (!files.has(file)) files.set(file, await within(root, file));
  return Object.fromEntries(
    Object.entries(places).flatMap(([id, { file, ...position }]) => {
      const path = files.get(file);
      return path === undefined ? [] : [[id, { file: path, ...position }]];
    }),
  );
}

const POINTING = new Set(["sarif", "github", "gitlab"]);

/** Writes a report of something declared: formats that point at files get those of the repository, the others the names that a person gave. */
export async function writeDeclared(
  report: Report,
  outputs: readonly Output[],
  options: Parameters<typeof writeReport>[2],
): Promise<void> {
  const pointing = outputs.filter(({ reporter }) => POINTING.has(reporter.id));
  const rest = outputs.filter((output) => !pointing.includes(output));
  await writeReport(report, rest, options);
  if (pointing.length === 0) return;
  const files = new Map(
    report.findings.flatMap(({ declared }) =>
      declared?.file === undefined ? [] : [[declared.file, { file: declared.file, line: 1, column: 1 }]],
    ),
  );
  const places = await placesInRepository(Object.fromEntries(files));
  const findings = report.findings.map((finding) => {
    if (finding.declared?.file === undefined) return finding;
    const { file, line, column, address } = finding.declared;
    const known = places[file];
    const place =
      known === undefined
        ? {}
        : {
            file: known.file,
            ...(line === undefined ? {} : { line }),
            ...(column === undefined ? {} : { column }),
          };
    return { ...finding, declared: { ...place, address } };
  });
  await writeReport({ ...report, findings }, pointing, options);
}

// The nearest folder with .git, which is a file in worktrees and submodules; else the current folder.
async function repositoryRoot(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, ".git"))) return at;
    if (dirname(at) === at) return folder;
  }
}

async function within(root: string, file: string): Promise<string | undefined> {
  // A file that is a link stands in the repository itself; the folders on the way to it may be links, too.
  const folder = await realpath(dirname(file)).catch(() => resolve(dirname(file)));
  const path = relative(root, join(folder, basename(file)));
  return path === "" || path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)
    ? undefined
    : path.split(sep).join("/");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
