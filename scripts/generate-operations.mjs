// Compiles src/aws/operations.json to a module: Node 20 warns of every import of JSON.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of src/generated/operations.js and of its declarations. Text that JSON.parse reads costs nothing until a service is asked for. */
export function operationsModule(root) {
  const path = join(root, "src/aws/operations.json");
  const services = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const texts = Object.entries(services).map(
    ([service, declaration]) =>
      `  ${JSON.stringify(service)}: ${JSON.stringify(JSON.stringify(declaration))},\n`,
  );
  const header = "// Generated from src/aws/operations.json by `npm run generate`. Do not edit.\n";
  return {
    js: `${header}const services = {\n${texts.join("")}};
export const readOperations = (service) => (Object.hasOwn(services, service) ? JSON.parse(services[service]) : undefined);
export const declaredServices = () => Object.keys(services);
`,
    dts: `${header}import type { Declaration } from "../aws/declared-schema.js";

/** The operations of a service that are asked, and where; undefined where none is declared. */
export declare const readOperations: (service: string) => Declaration | undefined;

/** The keys of all services of which operations are declared, sorted. */
export declare const declaredServices: () => readonly string[];
`,
  };
}
