// Markdown, and the index of the documentation.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The line that says where a page comes from. */
export function notice(from) {
  return `<!-- Generated from ${from} by \`npm run generate\`. Do not edit. -->`;
}

/** Text in which nothing is taken for markup; empty for none. */
export function escape(text) {
  return (text ?? "")
    .trim()
    .replace(/\s+/gu, " ")
    .replace(/[<>|]/gu, (character) => ({ "<": "&lt;", ">": "&gt;", "|": "\\|" })[character]);
}

/** Text as code, fit for a cell of a table. */
export function code(text) {
  const plain = text.replace(/\s+/gu, " ").replaceAll("|", "\\|");
  return plain.includes("`") ? `\`\` ${plain} \`\`` : `\`${plain}\``;
}

/** A table; empty where there are no rows. Columns that are empty throughout are left out. */
export function table(heads, rows) {
  if (rows.length === 0) return "";
  const kept = heads
    .map((_, at) => at)
    .filter((at) => at === 0 || rows.some((row) => (row[at] ?? "") !== ""));
  const line = (cells) => `| ${kept.map((at) => cells[at] ?? "").join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The index: everything that there is, and every page that somebody wrote. */
export function indexPage(root, { rules, packs, frameworks, plugins, titleOf, made }) {
  const services = [...new Set(rules.map(({ id }) => id.split(".")[0]))].sort();
  const found = ["", "languages/"]
    .flatMap((folder) =>
      [
        ...new Set([
          ...markdownIn(join(root, "docs", folder)).map((file) => `${folder}${file}`),
          ...made.map((path) => path.slice("docs/".length)).filter((path) => isIn(folder, path)),
        ]),
      ].sort(),
    )
    .filter((file) => file !== "README.md");
  // Whoever comes here for the first time begins there.
  const written = [
    ...found.filter((file) => file === "first-rule.md"),
    ...found.filter((file) => file !== "first-rule.md"),
  ];
  const kinds = [
    ["Evaluators", "evaluators"],
    ["Collectors", "collectors"],
    ["Reporters", "reporters"],
  ];
  const parts = [
    notice("what ships"),
    "# Documentation",
    `## Pages\n\n${written.map((file) => `- [${titleOf(`docs/${file}`)}](${file})`).join("\n")}`,
    `## Rules\n\n${services
      .map(
        (service) =>
          `### ${service}\n\n${table(
            ["rule", "severity", "what holds"],
            rules
              .filter(({ id }) => id.split(".")[0] === service)
              .map(({ id, severity, title, template }) => [
                `[${code(id)}](rules/${id.split(".").join("/")}.md)`,
                severity,
                `${escape(title)}${template === true ? " (template)" : ""}`,
              ]),
          )}`,
      )
      .join("\n\n")}`,
    `## Packs\n\n${table(
      ["pack", "what it is", "rules"],
      packs.map(({ id, title, rules: named = [], controls = {} }) => [
        code(id),
        escape(title),
        [...new Set([...named, ...Object.values(controls).flatMap((control) => control.rules)])]
          .map(code)
          .join(" "),
      ]),
    )}`,
    `## Frameworks\n\n${table(
      ["framework", "rules"],
      frameworks.map(({ id, entries }) => [
        `[${code(id)}](frameworks/${id}.md)`,
        String(new Set(entries.map(({ rule }) => rule.id)).size),
      ]),
    )}`,
    ...kinds.map(
      ([title, folder]) =>
        `## ${title}\n\n${table(
          ["", ""],
          plugins[folder].map(({ id, page, summary }) => [
            `[${code(id)}](${folder}/${page}.md)`,
            escape(summary),
          ]),
        )}`,
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function markdownIn(folder) {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".md"))
        .sort()
    : [];
}

// Pages of this run count whether they are written already or not.
function isIn(folder, path) {
  return path.startsWith(folder) && !path.slice(folder.length).includes("/");
}
