// Prints how long files and functions are, as prettier formats them, and fails where the house allows less: `npm run sizes`.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

const { mostFiles } = createRequire(import.meta.url)("./house.cjs");

const limits = { median: 80, p95: 200, max: 300, function: 50, folder: mostFiles };
const ignored = { most: 150, columns: 160 };

/** What is too long or too full in the source and the tests below a folder: the table, and a line for each limit that is passed. */
export function sizes(root) {
  const sources = filesIn(join(root, "src")).map((path) => read(path, root));
  const tests = filesIn(join(root, "test")).map((path) => read(path, root));
  const rows = [rowOf("src", sources), rowOf("test", tests)];
  const longest = sources.flatMap(functionsOf).sort((a, b) => b.lines - a.lines);
  const folders = foldersOf(sources).sort((a, b) => b.files - a.files);
  const cells = tests.flatMap(ignoredOf);
  return {
    table: tableOf({ rows, longest, folders, cells }),
    faults: [
      ...faultsOfFiles(rows[0], sources),
      ...longest
        .filter(({ lines }) => lines > limits.function)
        .map((one) => `${one.place}: ${one.name} has ${one.lines} lines; ${limits.function} are allowed`),
      ...folders
        .filter(({ files }) => files > limits.folder)
        .map(({ folder, files }) => `${folder}: ${files} files; ${limits.folder} are allowed`),
      ...faultsOfIgnored(cells, sources.flatMap(ignoredOf)),
    ],
  };
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts") && !path.includes("/cassettes/"))
    .sort();
}

function read(path, root) {
  const text = readFileSync(path, "utf8");
  return { path: relative(root, path).replaceAll("\\", "/"), text, lines: text.split("\n").length - 1 };
}

function rowOf(name, files) {
  const lines = files.map((file) => file.lines).sort((a, b) => a - b);
  const at = (share) => lines[Math.max(0, Math.ceil(lines.length * share) - 1)] ?? 0;
  const all = lines.reduce((sum, count) => sum + count, 0);
  return { name, files: lines.length, lines: all, median: at(0.5), p95: at(0.95), max: lines.at(-1) ?? 0 };
}

function faultsOfFiles({ median, p95 }, files) {
  return [
    ...(median > limits.median ? [`src: the median is ${median} lines; ${limits.median} are allowed`] : []),
    ...(p95 > limits.p95
      ? [
          `src: one file in twenty is longer than ${p95 - 1} lines; ${limits.p95} are allowed: split the longest`,
        ]
      : []),
    ...files
      .filter(({ lines }) => lines > limits.max)
      .map(({ path, lines }) => `${path}: ${lines} lines; ${limits.max} are allowed`),
  ];
}

function foldersOf(files) {
  const counts = new Map();
  for (const { path } of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts].map(([folder, count]) => ({ folder, files: count }));
}

/** Every function with a name, its lines counted as the linter does: without blank ones and comments. */
function functionsOf({ path, text }) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ name: nameOf(node), place: `${path}:${line}`, lines: codeLines(node.getText()) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf({ name, parent }) {
  return name?.getText() ?? parent?.name?.getText?.() ?? "(a function without a name)";
}

function codeLines(text) {
  const bare = text.replace(/^\s*\/\*[^]*?\*\/\s*$/gmu, "");
  return bare.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("//")).length;
}

/** Every part that prettier leaves as it is: where, and how wide. */
function ignoredOf({ path, text }) {
  if (!text.includes("prettier-ignore")) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = new Map();
  const visit = (node) => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      if (/^(\/\/|\/\*) prettier-ignore\b/u.test(text.slice(pos, end)) && !found.has(pos))
        found.set(pos, {
          place: `${path}:${source.getLineAndCharacterOfPosition(pos).line + 1}`,
          columns: Math.max(...linesAround(text, node).map((line) => line.length)),
        });
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return [...found.values()];
}

function linesAround(text, node) {
  const start = text.lastIndexOf("\n", node.getStart()) + 1;
  const end = text.indexOf("\n", node.end);
  return text.slice(start, end < 0 ? undefined : end).split("\n");
}

function faultsOfIgnored(inTests, inSource) {
  return [
    ...inSource.map(({ place }) => `${place}: prettier-ignore is for tables of cases in tests alone`),
    ...inTests
      .filter(({ columns }) => columns > ignored.columns)
      .map(({ place, columns }) => `${place}: a row of ${columns} columns; ${ignored.columns} are allowed`),
    ...(inTests.length > ignored.most
      ? [`test: prettier-ignore stands ${inTests.length} times; ${ignored.most} are allowed`]
      : []),
  ];
}

function tableOf({ rows, longest, folders, cells }) {
  const row = (words) =>
    words.map((word, at) => (at === 0 ? String(word).padEnd(8) : String(word).padStart(8))).join("");
  return [
    row(["", "files", "lines", "median", "p95", "max"]),
    ...rows.map((one) => row([one.name, one.files, one.lines, one.median, one.p95, one.max])),
    row(["allowed", "", "", limits.median, limits.p95, limits.max]),
    "",
    `The longest functions of src (${limits.function} allowed):`,
    ...longest
      .slice(0, 10)
      .map(({ lines, name, place }) => `  ${String(lines).padStart(4)}  ${name}  ${place}`),
    "",
    `The fullest folders of src (${limits.folder} allowed):`,
    ...folders.slice(0, 5).map(({ folder, files }) => `  ${String(files).padStart(4)}  ${folder}`),
    "",
    `Tables of tests that prettier leaves alone: ${cells.length} (${ignored.most} allowed), the widest ${Math.max(0, ...cells.map(({ columns }) => columns))} columns (${ignored.columns} allowed)`,
  ];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { table, faults } = sizes(join(import.meta.dirname, ".."));
  if (!process.argv.includes("--quiet")) console.log(table.join("\n"));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
