// The schemas that people write: schemas/source/ where the published one is generated from it, else schemas/ itself.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ending = ".schema.json";

/** The names of all formats, such as "rule", sorted. */
export function schemaNames(root) {
  return [...new Set([join(root, "schemas"), join(root, "schemas", "source")].flatMap(namesIn))].sort();
}

/** The schema of a format as it was written, read with a reviver of JSON. */
export function readSchema(root, name, reviver) {
  const source = join(root, "schemas", "source", `${name}${ending}`);
  return JSON.parse(
    readFileSync(existsSync(source) ? source : join(root, "schemas", `${name}${ending}`), "utf8"),
    reviver,
  );
}

function namesIn(folder) {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length))
    : [];
}
