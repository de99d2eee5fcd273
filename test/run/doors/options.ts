import { readFileSync } from "node:fs";

/** Files of a case, by path; `watchproof.yaml` is the config, and JSON is YAML. */
export type Files = Readonly<Record<string, string>>;

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
};

const schema = JSON.parse(
  readFileSync(new URL("../../../schemas/source/config.schema.json", import.meta.url), "utf8"),
) as Schema & { readonly $defs: Readonly<Record<string, Schema>> };

/** Every option of the config's schema by its path, such as `overrides[].off`; those that only hold others are left out. */
export const configOptions: readonly string[] = [...new Set(optionsIn(schema, ""))];

function optionsIn(part: Schema, path: string): readonly string[] {
  const { properties = {}, items, anyOf = [], oneOf = [], additionalProperties, $ref } = part;
  const inside = [
    ...Object.entries(properties).flatMap(([name, of]) =>
      optionsIn(of, path === "" ? name : `${path}.${name}`),
    ),
    ...(items === undefined ? [] : optionsIn(items, `${path}[]`)),
    ...(typeof additionalProperties === "object" ? optionsIn(additionalProperties, `${path}.*`) : []),
    ...($ref === undefined ? [] : optionsIn(schema.$defs[$ref.split("/").at(-1) ?? ""] ?? {}, path)),
    // A choice between a plain value and an object is both; one that only says what must be there is none.
    ...[...anyOf, ...oneOf].flatMap((choice) => ("type" in choice ? optionsIn(choice, path) : [])),
  ];
  const isPlain =
    inside.length === 0 || inside.every((option) => option === `${path}[]` || option === `${path}.*`);
  return isPlain ? [path] : inside.filter((option) => option !== "");
}

/** The options that a config sets, in the same words. */
export function optionsOf(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item) => optionsOf(item, `${path}[]`))];
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([name, of]) => [
      ...optionsOf(of, path === "" ? name : `${path}.${name}`),
      ...optionsOf(of, `${path}.*`),
    ]),
  ];
}
