/** The first line of a YAML file at `path`, so that editors complete and check it by the installed package's schema. */
export function schemaLine(path: string, format: "rule" | "cases" | "config"): string {
  const up = "../".repeat(path.split("/").length - 1);
  return `# yaml-language-server: $schema=${up === "" ? "./" : up}node_modules/watchproof/schemas/${format}.schema.json\n`;
}
