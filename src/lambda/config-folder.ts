import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Store } from "../index.js";

const PREFIX = "config/";

/** A copy of the config and what it names, in a folder of its own. */
export type ConfigFolder = { readonly config: string; remove(): Promise<void> };

/**
 * Copies the files under `config/` of a store to the temporary folder: watchproof.yaml, and the rules, waivers and
 * baseline that it names. Nothing else than YAML and JSON is copied, so that whoever may write there can bring rules, but no code.
 *
 * @throws Error where there is no config/watchproof.yaml.
 */
export async function copyConfig(store: Store): Promise<ConfigFolder> {
  const keys = (await store.list(PREFIX)).filter((key) => /\.(?:ya?ml|json)$/u.test(key));
  if (!keys.includes(`${PREFIX}watchproof.yaml`))
    throw new Error(
      `${store.location} holds no ${PREFIX}watchproof.yaml; the audit's config belongs there, and beside it the files that it names`,
    );
  const folder = await mkdtemp(join(tmpdir(), "watchproof-"));
  for (const key of keys) await copy(store, key, join(folder, ...key.slice(PREFIX.length).split("/")));
  return {
    config: join(folder, "watchproof.yaml"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function copy(store: Store, key: string, file: string): Promise<void> {
  const found = await store.read(key);
  if (found === undefined) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, found.bytes, { mode: 0o600 });
}
