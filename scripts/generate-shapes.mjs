// Compiles src/loaders/property-shapes.json and template-types.json to modules: Node 20 warns of every import of JSON.
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

/** The text of src/generated/template-types.js and of its declarations. */
export function templateTypesModule(root) {
  const types = JSON.parse(readFileSync(join(root, "src/loaders/template-types.json"), "utf8"));
  const header = "// Generated from src/loaders/template-types.json by `npm run generate`. Do not edit.\n";
  return {
    js: `${header}const types = ${JSON.stringify(JSON.stringify(types))};\nexport const readTemplateTypes = () => JSON.parse(types);\n`,
    dts: `${header}
/** What a property takes: "boolean", "number" or "text", items of one kind in a list, or members by name; nothing said: anything. */
export type PropertyKind = "boolean" | "number" | "text" | readonly [PropertyKind] | { readonly [member: string]: PropertyKind };

/** Of a type: the properties whose change replaces a resource, and the kinds of all. */
export type TemplateType = { readonly fixed: readonly string[]; readonly kinds: { readonly [property: string]: PropertyKind } };

/** What CloudFormation's registry says of the types that mappings know. */
export declare const readTemplateTypes: () => Readonly<Record<string, TemplateType>>;
`,
  };
}
