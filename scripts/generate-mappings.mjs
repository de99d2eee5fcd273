// Writes src/mappings/list.ts, the mappings found by looking, and src/mappings/observed.ts, what collectors observe.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The text of src/mappings/list.ts: every mapping and attachment in the folders below; undefined without the folder. */
export function mappingsText(root) {
  const folder = join(root, "src/mappings");
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.includes("/") && file.endsWith(".ts"))
    .sort();
  const found = files.flatMap((file) =>
    [
      ...readFileSync(join(folder, file), "utf8").matchAll(
        /^export const (\w+) = define(Declared|Attachment)\(/gm,
      ),
    ].map(([, name, kind]) => ({ file: file.replace(/\.ts$/, ""), name, kind })),
  );
  const imports = [...new Set(found.map(({ file }) => file))].map((file) => {
    const names = found.filter((one) => one.file === file).map(({ name }) => name);
    return `import { ${names.join(", ")} } from "./${file}.js";`;
  });
  const list = (kind) =>
    found
      .filter((one) => one.kind === kind)
      .map(({ name }) => `  ${name},\n`)
      .join("");
  return `// Generated from the folders of src/mappings by \`npm run generate\`. Do not edit.
${imports.join("\n")}
import type { AttachmentMapping, DeclaredMapping } from "./mapping.js";

/** Every mapping of a declared type. */
export const DECLARED: readonly DeclaredMapping[] = [
${list("Declared")}];

/** Everything that sets properties of something else. */
export const ATTACHMENTS: readonly AttachmentMapping[] = [
${list("Attachment")}];
`;
}

/** The text of src/mappings/observed.ts: per type, what only a running account has. */
export async function observedText(collectors) {
  const types = Object.keys(collectors).sort();
  const entries = await Promise.all(
    types.map(async (type) => [type, [...(await collectors[type]()).observed].sort()]),
  );
  const rows = entries
    .filter(([, observed]) => observed.length > 0)
    .map(([type, observed]) => `  ${JSON.stringify(type)}: ${JSON.stringify(observed)},\n`);
  return `// Generated from src/collectors by \`npm run generate\`. Do not edit.
/** Type → the properties of its resources that only a running account has. */
export const OBSERVED: Readonly<Record<string, readonly string[]>> = {
${rows.join("")}};
`;
}

/** The text of docs/declared-types.md: which types are read from templates and plans, and how. */
export async function declaredTypesPage(collectors, { undeclared, terraform, attachments }) {
  const types = Object.keys(collectors).sort();
  const rows = types.map((type) => [
    `\`${type}\``,
    undeclared[type] ?? templateCell(type, attachments),
    planCell(type, { undeclared, terraform, attachments }),
  ]);
  return `<!-- Generated from src/mappings by \`npm run generate\`. Do not edit. -->

# Resource types of templates and plans

What a CloudFormation template or a plan of Terraform or OpenTofu says of the types that rules read. A type by its own name has CloudFormation's properties; beside it stand resources of other types that set one of its properties.

| type | in a template | in a plan |
| --- | --- | --- |
${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}
`;
}

function templateCell(type, attachments) {
  if (type === "AWS::Glacier::Vault" || type === "AWS::S3::AccountPublicAccessBlock")
    return "CloudFormation has no such type";
  const beside = attachments
    .filter((one) => one.to === type && !one.type.startsWith("Terraform::") && one.type !== type)
    .map((one) => `\`${one.type}\``);
  return ["itself", ...new Set(beside)].join(", ");
}

function planCell(type, { undeclared, terraform, attachments }) {
  const own = (name) =>
    Object.entries(terraform)
      .filter(([, mapping]) => mapping.type === name)
      .map(([tf]) => `\`${tf}\``);
  const beside = attachments.filter((one) => one.to === type).flatMap((one) => own(one.type));
  const names = [...new Set([...own(type), ...beside])];
  if (names.length > 0) return names.join(", ");
  return undeclared[type] === undefined ? "names not verified" : "–";
}
