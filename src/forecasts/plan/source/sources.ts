import {
  folderOf,
  folderWithin,
  readModuleFolders,
  readSourceFolder,
} from "../../../loaders/terraform-sources.js";
import type { SourceFolder } from "../../../loaders/terraform-sources.js";
import type { ModuleCall } from "../configuration.js";
import type { SourceAttribute, SourceBlock } from "./block.js";
import { scanJsonBlocks } from "./json-blocks.js";
import { scanBlocks } from "./scan.js";
import { addAll } from "../../../shared/many.js";

/** A module as its sources write it. */
export type SourceModule = {
  /** Whether it is the author's own, and not fetched from elsewhere. */
  readonly isOwn: boolean;
  readonly folder: string;
  /** By type and labels, such as "resource aws_sns_topic alarms". */
  readonly blocks: ReadonlyMap<string, SourceBlock>;
  readonly locals: ReadonlyMap<string, SourceAttribute>;
};

/** The sources of a plan. */
export type Sources = {
  /** The module at a way of call names from the root; undefined where its sources are not there. */
  readonly moduleAt: (names: readonly string[]) => SourceModule | undefined;
  readonly files: readonly string[];
};

/** What the plan says of the calls in a module. */
export type CallsOf = (names: readonly string[]) => ReadonlyMap<string, ModuleCall> | undefined;

/** More modules than anybody calls are not read. */
const MOST_MODULES = 500;

/**
 * Reads the sources of a plan: those in a folder, or beside the plan; and of the modules that it calls, from their folders or
 * from where `init` put them. undefined where there are none. Never throws.
 */
export async function readSources(
  { file, source }: { readonly file: string; readonly source?: string | undefined },
  callsOf: CallsOf,
): Promise<Sources | undefined> {
  const root = await readSourceFolder(source ?? folderOf(file));
  if (root.texts.length === 0) return undefined;
  const fetched = await readModuleFolders(root.folder);
  const modules = new Map<string, SourceModule>();
  const files: string[] = [];
  const waiting: Waiting[] = [{ names: [], folder: root, isOwn: true }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { names, folder, isOwn } = next;
    modules.set(JSON.stringify(names), await moduleOf(folder, isOwn));
    addAll(
      files,
      folder.texts.map((text) => text.file),
    );
    for (const [name, { source: from }] of callsOf(names) ?? []) {
      const called = [...names, name];
      const isLocal = /^\.{1,2}(?:\/|$)/u.test(from);
      const at = isLocal ? folderWithin(folder.folder, from) : fetched.get(called.join("."));
      if (at === undefined || modules.size + waiting.length >= MOST_MODULES) continue;
      const found = await readSourceFolder(at);
      if (found.texts.length > 0) waiting.push({ names: called, folder: found, isOwn: isOwn && isLocal });
    }
  }
  return { moduleAt: (names) => modules.get(JSON.stringify(names)), files: [...new Set(files)] };
}

type Waiting = { readonly names: readonly string[]; readonly folder: SourceFolder; readonly isOwn: boolean };

async function moduleOf({ folder, texts }: SourceFolder, isOwn: boolean): Promise<SourceModule> {
  const scanned = await Promise.all(
    texts.map(async (text) => (text.file.endsWith(".json") ? await scanJsonBlocks(text) : scanBlocks(text))),
  );
  const blocks = new Map<string, SourceBlock>();
  const locals = new Map<string, SourceAttribute>();
  for (const block of scanned.flat()) {
    if (block.type === "locals") for (const [name, value] of block.attributes) locals.set(name, value);
    else blocks.set([block.type, ...block.labels].join(" "), block);
  }
  return { isOwn, folder, blocks, locals };
}
