// Imports TypeScript from src/: bundled into one throw-away module, next to node_modules so that packages are found.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const own = join(import.meta.dirname, "..");

/** The exports of a module with this text, whose relative imports start at the repository's root. */
export async function importSource(contents) {
  const cache = join(own, "node_modules", ".cache", "watchproof");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "source-"));
  const outfile = join(folder, "source.mjs");
  try {
    await build({
      stdin: { contents, resolveDir: own },
      bundle: true,
      outfile,
      format: "esm",
      platform: "node",
      packages: "external",
      logLevel: "silent",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
