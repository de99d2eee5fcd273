// Writes what AWS Lambda runs into an empty folder, ready to be zipped: node scripts/pack-lambda.mjs FOLDER, after a build. The handler is lambda/index.handler.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const dist = join(import.meta.dirname, "..", "dist");

/** Copies the handler, and the chunks that it shares with the command line. */
export function packLambda(folder) {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  for (const part of ["lambda/index.js", "cli/chunks", "cli/LICENSES.txt"])
    cpSync(join(dist, part), join(folder, part), { recursive: true });
  // Node takes it for ESM wherever the folder stands.
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ type: "module" })}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , folder] = process.argv;
  if (folder === undefined) throw new Error("name a folder");
  packLambda(folder);
}
