import { stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { DeclaredPlace } from "../core/declared.js";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import { isRecord, keysOf, member, textsOf } from "./diagnostics/schema-error.js";
import { diagnoseFile } from "./diagnostics/source-text.js";
import { parseJson } from "./load-json.js";
import { readText } from "./read-text.js";
import { addAll } from "../shared/many.js";

/** A stack of an assembly: where its template is, what it is called and where it goes. */
export type AssemblyStack = {
  /** As the app shows it: "Prod/Trail". */
  readonly displayName: string;
  readonly stackName: string;
  /** undefined: the app leaves it to whoever deploys. */
  readonly account?: string;
  readonly region?: string;
  readonly templateFile: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Object key → file, of what is published beside the template. */
  readonly assets: ReadonlyMap<string, string>;
  /** Construct path, or logical id, → the line of the program that made it. */
  readonly sources: ReadonlyMap<string, DeclaredPlace>;
};

/** Stages in stages, at most. */
const MOST_NESTED = 10;

/** Reads the manifest of what `cdk synth` wrote, those of its stages too. */
export async function loadAssembly(folder: string, depth = 0): Promise<Loaded<readonly AssemblyStack[]>> {
  const file = join(folder, "manifest.json");
  const manifest = await loadJson(file);
  if (!manifest.ok) return manifest;
  const artifacts = member(manifest.value, "artifacts");
  if (!isRecord(artifacts) || typeof member(manifest.value, "version") !== "string") return refuse(file);
  const assets = await assetsOf(folder, Object.values(artifacts));
  const stacks: AssemblyStack[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [id, artifact] of Object.entries(artifacts)) {
    const found = await artifactOf({ folder, id, artifact, assets, depth });
    if (found.ok) addAll(stacks, found.value);
    else addAll(diagnostics, found.diagnostics);
  }
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, value: stacks };
}

type Artifact = {
  readonly folder: string;
  readonly id: string;
  readonly artifact: unknown;
  readonly assets: ReadonlyMap<string, string>;
  readonly depth: number;
};

async function artifactOf({
  folder,
  id,
  artifact,
  assets,
  depth,
}: Artifact): Promise<Loaded<readonly AssemblyStack[]>> {
  const properties = member(artifact, "properties");
  const type = member(artifact, "type");
  const directory = member(properties, "directoryName");
  if (type === "cdk:cloud-assembly" && typeof directory === "string")
    return depth < MOST_NESTED ? loadAssembly(join(folder, directory), depth + 1) : { ok: true, value: [] };
  if (type !== "aws:cloudformation:stack") return { ok: true, value: [] };
  const template = member(properties, "templateFile");
  if (typeof template !== "string") return refuse(join(folder, "manifest.json"));
  const [name, shown] = [member(properties, "stackName"), member(artifact, "displayName")];
  return {
    ok: true,
    value: [
      {
        displayName: typeof shown === "string" ? shown : id,
        stackName: typeof name === "string" ? name : id,
        ...environmentOf(member(artifact, "environment")),
        templateFile: join(folder, template),
        parameters: parametersOf(member(properties, "parameters")),
        assets,
        sources: await sourcesOf(folder, artifact),
      },
    ],
  };
}

function environmentOf(environment: unknown): Pick<AssemblyStack, "account" | "region"> {
  const [, account = "", region = ""] =
    /^aws:\/\/([^/]*)\/([^/]*)$/u.exec(typeof environment === "string" ? environment : "") ?? [];
  return {
    ...(/^\d{12}$/u.test(account) ? { account } : {}),
    ...(region === "" || region === "unknown-region" ? {} : { region }),
  };
}

function parametersOf(parameters: unknown): ReadonlyMap<string, string> {
  const found = keysOf(parameters).map((key) => [key, member(parameters, key)] as const);
  return new Map(found.flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : [])));
}

async function assetsOf(folder: string, artifacts: readonly unknown[]): Promise<ReadonlyMap<string, string>> {
  const assets = new Map<string, string>();
  for (const artifact of artifacts) {
    const file = member(member(artifact, "properties"), "file");
    if (member(artifact, "type") !== "cdk:asset-manifest" || typeof file !== "string") continue;
    const manifest = await loadJson(join(folder, file));
    const files = manifest.ok ? member(manifest.value, "files") : undefined;
    for (const asset of isRecord(files) ? Object.values(files) : []) takeAsset(asset, assets);
  }
  return assets;
}

function takeAsset(asset: unknown, assets: Map<string, string>): void {
  const path = member(member(asset, "source"), "path");
  const destinations = member(asset, "destinations");
  for (const destination of isRecord(destinations) ? Object.values(destinations) : []) {
    const key = member(destination, "objectKey");
    if (typeof key === "string" && typeof path === "string")
      assets.set(key.slice(key.lastIndexOf("/") + 1), path);
  }
}

async function sourcesOf(folder: string, artifact: unknown): Promise<ReadonlyMap<string, DeclaredPlace>> {
  const file = member(artifact, "additionalMetadataFile");
  const beside = typeof file === "string" ? await loadJson(join(folder, file)) : undefined;
  const metadata = beside?.ok === true ? beside.value : member(artifact, "metadata");
  const sources = new Map<string, DeclaredPlace>();
  for (const path of keysOf(metadata)) {
    const place = await placeOf(member(metadata, path), folder);
    if (place === undefined) continue;
    sources.set(path.replace(/^\//u, ""), place);
    for (const id of logicalIdsOf(member(metadata, path))) sources.set(id, place);
  }
  return sources;
}

function logicalIdsOf(entries: unknown): readonly string[] {
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) => {
    const id = member(entry, "data");
    return member(entry, "type") === "aws:cdk:logicalId" && typeof id === "string" ? [id] : [];
  });
}

async function placeOf(entries: unknown, folder: string): Promise<DeclaredPlace | undefined> {
  const frames = (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) => [
    ...(member(entry, "type") === "aws:cdk:creationStack" ? textsOf(member(entry, "data")) : []),
    ...textsOf(member(entry, "trace")),
  ]);
  for (const frame of frames) {
    const [, path, line, column] =
      /(?:^|[\s(])((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^():]*):(\d+):(\d+)\)?$/u.exec(frame) ?? [];
    if (path === undefined || path.includes("node_modules")) continue;
    const file = await locate(path.replace(/^file:\/\//u, ""), folder);
    return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}

// The app may have been synthesized in another checkout: its file is looked for beside the assembly, by the end of its path.
async function locate(path: string, folder: string): Promise<string> {
  const inside = relative(resolve("."), path);
  if (!inside.startsWith("..")) return inside;
  const steps = path.split(/[\\/]/u);
  for (let from = 1; from < steps.length; from++) {
    const candidate = join(dirname(resolve(folder)), ...steps.slice(from));
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile() === true) return join(dirname(folder), ...steps.slice(from));
  }
  return path;
}

async function loadJson(file: string): Promise<Loaded<unknown>> {
  const text = await readText(file);
  return text.ok ? parseJson(text.value, "`cdk synth` writes such files") : text;
}

function refuse(file: string): Loaded<never> {
  const message = "this is no manifest of a cloud assembly";
  const hint = "name the folder that `cdk synth` wrote: cdk.out";
  return { ok: false, diagnostics: [diagnoseFile(file, { code: "not-an-assembly", message, hint })] };
}
