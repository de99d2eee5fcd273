import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { byText } from "../shared/order.js";
import { diagnoseFile } from "./diagnostics/source-text.js";
import type { SourceText } from "./diagnostics/source-text.js";
import { MAX_BYTES, explainFailure, readText } from "./read-text.js";
import type { Places } from "./yaml/places.js";
import { addAll } from "../shared/many.js";

/** A template as it is written, functions in their long form, with its places and the templates that it nests by logical id. */
export type TemplateDocument = {
  readonly file: string;
  readonly source: SourceText;
  readonly value: JsonObject;
  readonly places: Places;
  readonly nestedDocuments: ReadonlyMap<string, TemplateDocument>;
};

/** Which files are templates, and how the templates of nested stacks are found. */
export type TemplateSearch = {
  readonly isTemplate: (value: JsonValue) => boolean;
  /** Paths, beside the file, at which the template of a nested stack may be found, by the stack's logical id. */
  readonly nestedIn: (value: JsonObject) => ReadonlyMap<string, readonly string[]>;
};

/** The templates of some files and folders. */
export type FoundTemplates = {
  readonly documents: readonly TemplateDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Files of folders that are no templates. */
  readonly skipped: number;
};

type Finding = {
  readonly search: TemplateSearch;
  readonly documents: TemplateDocument[];
  readonly diagnostics: Diagnostic[];
  readonly seen: Set<string>;
  skipped: number;
};

/** Nested stacks in nested stacks, at most. */
const MOST_NESTED = 10;

/** Reads templates: a file as it is named; in a folder every `*.yaml`, `*.yml`, `*.json` and `*.template` at any depth that is one. */
export async function findTemplates(
  paths: readonly string[],
  search: TemplateSearch,
): Promise<FoundTemplates> {
  const finding: Finding = { search, documents: [], diagnostics: [], seen: new Set(), skipped: 0 };
  for (const path of paths) await findIn(finding, path);
  // The template of a nested stack is read with its parent, not for itself.
  const nested = new Set(finding.documents.flatMap(nestedFiles));
  return { ...finding, documents: finding.documents.filter(({ file }) => !nested.has(file)) };
}

function nestedFiles({ nestedDocuments }: TemplateDocument): readonly string[] {
  return [...nestedDocuments.values()].flatMap((inner) => [inner.file, ...nestedFiles(inner)]);
}

async function findIn(finding: Finding, path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) {
      const before = finding.documents.length + finding.diagnostics.length;
      await walk(finding, path);
      if (finding.documents.length + finding.diagnostics.length === before)
        finding.diagnostics.push(
          diagnoseFile(path, { code: "not-cloudformation", message: "there is no template in this folder" }),
        );
      return;
    }
  } catch (error) {
    finding.diagnostics.push(await explainFailure(path, error));
    return;
  }
  const loaded = await loadTemplate(path, finding.search);
  if (loaded.ok) finding.documents.push(loaded.value);
  else addAll(finding.diagnostics, loaded.diagnostics);
}

async function walk(finding: Finding, folder: string): Promise<void> {
  // A folder is known by its real path: a symbolic link to a parent must not be walked for ever.
  const real = await realpath(folder);
  if (finding.seen.has(real)) return;
  finding.seen.add(real);
  for (const name of (await readdir(folder)).sort(byText)) {
    if (name.startsWith(".") || name === "node_modules") continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() === true) await walk(finding, path);
    else if (found?.isFile() === true && /\.(?:ya?ml|json|template)$/u.test(name)) await take(finding, path);
  }
}

async function take(finding: Finding, file: string): Promise<void> {
  const text = await readText(file, MAX_BYTES);
  if (!text.ok || !text.value.text.includes("Resources")) {
    finding.skipped += 1;
    return;
  }
  const loaded = await loadTemplate(file, finding.search);
  if (loaded.ok) finding.documents.push(loaded.value);
  // What says that it is a template must be one; anything else may be whatever it is.
  else if (text.value.text.includes("AWSTemplateFormatVersion"))
    addAll(finding.diagnostics, loaded.diagnostics);
  else finding.skipped += 1;
}

/** Reads one template and those that it nests; anything else is a diagnostic. */
export async function loadTemplate(
  file: string,
  search: TemplateSearch,
  depth = 0,
): Promise<Loaded<TemplateDocument>> {
  const text = await readText(file, MAX_BYTES);
  return text.ok ? parseTemplate(text.value, search, depth) : text;
}

/** Takes a text as a template. */
export async function parseTemplate(
  { file, text }: SourceText,
  search: TemplateSearch,
  depth = 0,
): Promise<Loaded<TemplateDocument>> {
  if (text.includes("\0")) return none(file, "this is no text");
  // Loaded here, so that a run without templates starts without a YAML parser.
  const { readTagged } = await import("./yaml/read-tagged.js");
  const { source, diagnostics, content } = readTagged(text, file);
  if (content === undefined || diagnostics.length > 0) return { ok: false, diagnostics };
  const { value, places } = content;
  if (!isObject(value) || !search.isTemplate(value)) return none(file, "this is no CloudFormation template");
  if (isBare(value)) return none(file, "this template has no resources");
  const nestedDocuments = new Map<string, TemplateDocument>();
  for (const [id, candidates] of depth < MOST_NESTED ? search.nestedIn(value) : []) {
    const inner = await firstOf(
      candidates.map((path) => beside(file, path)),
      search,
      depth + 1,
    );
    if (inner !== undefined) nestedDocuments.set(id, inner);
  }
  return { ok: true, value: { file, source, value, places, nestedDocuments } };
}

function isBare(value: JsonObject): boolean {
  const resources = Object.hasOwn(value, "Resources") ? value["Resources"] : undefined;
  return !isObject(resources) || Object.keys(resources).length === 0;
}

async function firstOf(
  files: readonly string[],
  search: TemplateSearch,
  depth: number,
): Promise<TemplateDocument | undefined> {
  for (const file of files) {
    const loaded = await loadTemplate(file, search, depth);
    if (loaded.ok) return loaded.value;
  }
  return undefined;
}

/** A path as it is written in a file, from the folder that the file is in. */
export function beside(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

/** A file's name without folder and ending: what a stack made of it may be called. */
export function stemOf(file: string): string {
  return basename(file).replace(/(?:\.(?:template|ya?ml|json))+$/u, "");
}

function none(file: string, message: string): Loaded<never> {
  const hint = "a template has Resources, each with a Type";
  return { ok: false, diagnostics: [diagnoseFile(file, { code: "not-cloudformation", message, hint })] };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
