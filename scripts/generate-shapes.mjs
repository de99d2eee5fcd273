// Compiles src/loaders/property-shapes.json to a module: Node 20 warns of every import of JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of src/generated/property-shapes.js and of its declarations. */
export function shapesModule(root) {
  const shapes = JSON.parse(readFileSync(join(root, "src/loaders/property-shapes.json"), "utf8"));
  const header = "// Generated from src/loaders/property-shapes.json by `npm run generate`. Do not edit.\n";
  return {
    js: `${header}const shapes = ${JSON.stringify(JSON.stringify(shapes))};\nexport const readShapes = () => JSON.parse(shapes);\n`,
    dts: `${header}import type { PropertyShapes } from "../core/property-shape.js";

/** What may stand below the properties of each type that ships. */
export declare const readShapes: () => Readonly<Record<string, PropertyShapes>>;
`,
  };
}
