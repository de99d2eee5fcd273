import type { JsonValue } from "../../../core/json.js";
import type { SourceText } from "../../../loaders/diagnostics/source-text.js";
import type { Path } from "../../../loaders/diagnostics/fault.js";
import type { YamlContent } from "../../../loaders/yaml/read-yaml.js";
import { isObject } from "../../../shared/read-property.js";
import type { SourceAttribute, SourceBlock } from "./block.js";

/** Block types → how many labels they have. https://developer.hashicorp.com/terraform/language/syntax/json */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  module: 1,
  output: 1,
  variable: 1,
  provider: 1,
  locals: 0,
};

/** The blocks of a text in the JSON syntax. A text in JSON is a template in HCL, and everything else is as it stands there. */
export async function scanJsonBlocks({ file, text }: SourceText): Promise<readonly SourceBlock[]> {
  // JSON is YAML, whose reader keeps places. Loaded here, so that plans without such sources need no YAML.
  const { readYaml } = await import("../../../loaders/yaml/read-yaml.js");
  const { content } = readYaml(text, file);
  if (content === undefined || !isObject(content.value)) return [];
  const { value } = content;
  return Object.entries(LABELS).flatMap(([type, labels]) =>
    blocksIn(value[type] ?? null, { content, file, type, labels, path: [type] }),
  );
}

type Where = {
  readonly content: YamlContent;
  readonly file: string;
  readonly type: string;
  /** How many labels are still to come. */
  readonly labels: number;
  readonly path: Path;
};

function blocksIn(value: JsonValue, where: Where): readonly SourceBlock[] {
  if (Array.isArray(value))
    return value.flatMap((one: JsonValue, at) => blocksIn(one, { ...where, path: [...where.path, at] }));
  if (!isObject(value)) return [];
  if (where.labels === 0) return [blockOf(value, where)];
  return Object.entries(value).flatMap(([label, member]) =>
    blocksIn(member, { ...where, labels: where.labels - 1, path: [...where.path, label] }),
  );
}

function blockOf(
  body: { readonly [name: string]: JsonValue },
  { content: { places }, file, type, path }: Where,
): SourceBlock {
  const attributes = new Map<string, SourceAttribute>();
  for (const [name, value] of Object.entries(body)) {
    const { line, column } = places.ofKey([...path, name]);
    attributes.set(name, { line, column, expression: JSON.stringify(value) });
  }
  const { line, column } = places.ofKey(path);
  const labels = path.slice(1).filter((step) => typeof step === "string");
  return { type, labels, file, line, column, attributes, blocks: [] };
}
