// Writes the documentation that follows from what ships: a page per rule and framework, the head of each plugin's page, the index.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { findPlugins } from "./generate-builtins.mjs";
import { collectorBlock, evaluatorBlock, reporterBlock, withBlock } from "./generate-docs-blocks.mjs";
import { code, escape, indexPage, notice, table } from "./generate-docs-words.mjs";
import { RuleError } from "./generate-rules.mjs";

/** The generated documentation: path → text; undefined for a page whose subject is gone. */
export async function documentation(root, { rules, packs, plugins, tools, extra }) {
  const shipped = { ...plugins, rules: async () => rules, packs: async () => packs };
  const explained = await Promise.all(rules.map((rule) => tools.explainRule(rule, { plugins: shipped })));
  const rulePages = Object.fromEntries(
    explained.map((rule) => [`docs/${rulePath(rule.id)}`, rulePage(root, rule, { rules, tools })]),
  );
  const frameworks = frameworksOf(explained, packs);
  const pages = {
    ...rulePages,
    ...Object.fromEntries(
      frameworks.map((framework) => [`docs/frameworks/${framework.id}.md`, frameworkPage(framework)]),
    ),
    ...(await pluginPages(root, plugins, tools)),
    "docs/plans.md": plansPage(root, tools),
    ...extra,
  };
  const index = indexPage(root, {
    rules,
    packs,
    frameworks,
    plugins: await summaries(root, plugins),
    titleOf: (path) => titleOf(root, path, pages),
    made: Object.keys(pages),
  });
  return { ...orphans(root, pages), ...pages, "docs/README.md": index };
}

function rulePath(id) {
  return `rules/${id.split(".").join("/")}.md`;
}

function rulePage(root, rule, { rules, tools }) {
  const up = "../".repeat(rule.id.split(".").length);
  const { with: options } = rules.find(({ id }) => id === rule.id);
  const { text, cli, cloudformation, terraform } = rule.remediation ?? {};
  const parts = [
    notice(`rules/${rule.id.split(".").join("/")}.yaml`),
    `# ${rule.id}`,
    `**${escape(rule.title)}.**`,
    escape(rule.why),
    table(
      ["", ""],
      [
        ["severity", rule.severity],
        ["decided by", `[${code(rule.evaluator.id)}](${up}evaluators/${rule.evaluator.id}.md)`],
        [
          "in packs",
          rule.packs.map(code).join(", ") ||
            (rule.template ? "none: a template, to be used in a config with options" : "none"),
        ],
      ],
    ),
    section(
      "What it demands",
      fence(
        "yaml",
        stringify(
          { evaluator: rule.evaluator.id, ...(options === undefined ? {} : { with: options }) },
          { lineWidth: 110 },
        ),
      ),
      table(
        ["option", "value", "meaning"],
        rule.options.map(({ name, value, meaning }) => [
          code(name),
          code(typeof value === "string" ? value : JSON.stringify(value)),
          escape(meaning),
        ]),
      ),
    ),
    section(
      "What it reads",
      table(
        ["resource type", "properties"],
        rule.reads.map((reading) => [typeText(root, reading, up), reading.properties.map(code).join(" ")]),
      ),
    ),
    section(
      "Calls and permissions",
      table(
        ["call", "how often", "IAM actions"],
        rule.calls.map((call) => [
          code(call.operation),
          escape(tools.oftenText(call)),
          call.actions.map(code).join(" ") || "none needed",
        ]),
      ),
    ),
    section(
      "Verdicts",
      table(
        ["verdict", "when", "it says"],
        rule.verdicts.map(({ status, when, shown }) => [code(status), escape(when), escape(shown)]),
      ),
    ),
    section(
      "How to mend a failure",
      escape(text),
      labelled("With the AWS command line", "sh", cli),
      labelled("In CloudFormation", "yaml", cloudformation),
      labelled("In Terraform", "hcl", terraform),
    ),
    section(
      "Controls",
      table(
        ["framework", "control"],
        rule.controls.map(({ framework, id, title }) => [
          `[${framework}](${up}frameworks/${framework}.md)`,
          escape(title === undefined ? id : `${id} ${title}`),
        ]),
      ),
    ),
    section("Cases", casesTable(root, rule.id, up)),
    section("References", rule.references.map((reference) => `- <${reference}>`).join("\n")),
  ];
  return page(parts);
}

/** The page about plans, with the types that are read of Terraform's provider. */
function plansPage(root, { TERRAFORM_TYPES }) {
  const rows = Object.keys(TERRAFORM_TYPES)
    .sort()
    .map((name) => [code(name), code(TERRAFORM_TYPES[name].type)]);
  const text = table(["Terraform's type", "is read as"], rows);
  return withBlock(root, "docs/plans.md", { title: "Plans", text });
}

function page(parts) {
  return `${parts.filter((part) => part !== undefined && part !== "").join("\n\n")}\n`;
}

function section(title, ...parts) {
  const body = parts.filter((part) => part !== undefined && part !== "");
  return body.length === 0 ? "" : [`## ${title}`, ...body].join("\n\n");
}

// A fence longer than any in the text cannot be closed by it.
function fence(language, text) {
  const mark = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length + 1)));
  return `${mark}${language}\n${text.trimEnd()}\n${mark}`;
}

function labelled(title, language, text) {
  return text === undefined ? "" : `### ${title}\n\n${fence(language, text)}`;
}

function typeText(root, { type, only }, up) {
  const page = findPlugins(root, "collectors").find(({ key }) => key === type)?.page;
  const name = page === undefined ? code(type) : `[${code(type)}](${up}collectors/${page}.md)`;
  return only === undefined
    ? name
    : `${name}, those that ${only.map(({ referencedBy, path }) => code(`${referencedBy} ${path}`)).join(", ")} names`;
}

function casesTable(root, id, up) {
  const path = `test/rules/${id.split(".").join("/")}.test.yaml`;
  if (!existsSync(join(root, path))) return "";
  const { cases = [] } = readCases(root, path) ?? {};
  return `${table(
    ["case", "verdict"],
    cases.map(({ name, expect }) => [escape(name), expected(expect)]),
  )}\n\nThe states are in [${path}](${up}../${path}).`;
}

function readCases(root, path) {
  try {
    return parse(readFileSync(join(root, path), "utf8"));
  } catch (error) {
    const [line, column] = [error.linePos?.[0].line ?? 1, error.linePos?.[0].col ?? 1];
    throw new RuleError(
      `${path}:${line}:${column}: this is not YAML; \`watchproof test\` says more (yaml-syntax)\n`,
    );
  }
}

function expected(expect) {
  if (typeof expect === "string") return code(expect);
  if (!Array.isArray(expect)) return code(expect.verdict);
  return expect.map(({ subject, verdict }) => `${code(verdict)} (${escape(subject)})`).join(", ");
}

function frameworksOf(explained, packs) {
  const entries = explained.flatMap((rule) => rule.controls.map((control) => ({ ...control, rule })));
  const ids = [
    ...new Set([
      ...entries.map(({ framework }) => framework),
      ...packs.filter(({ controls }) => controls !== undefined).map(({ id }) => id),
    ]),
  ].sort();
  return ids.map((id) => ({
    id,
    pack: packs.find((pack) => pack.id === id),
    entries: entries.filter(({ framework }) => framework === id),
  }));
}

function frameworkPage({ id, pack, entries }) {
  const controls = [
    ...new Set([...Object.keys(pack?.controls ?? {}), ...entries.map((entry) => entry.id)]),
  ].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const rows = controls.map((control) => {
    const rules = entries
      .filter((entry) => entry.id === control)
      .map(({ rule }) => `[${code(rule.id)}](../${rulePath(rule.id)})`);
    return [escape(control), escape(pack?.controls?.[control]?.title), rules.join("<br>")];
  });
  const selected = `watchproof list rules --framework ${id}`;
  return page([
    notice("the controls of rules/"),
    `# ${id}`,
    escape(pack?.title ?? `The controls of ${id} that built-in rules help to meet.`),
    escape(pack?.description),
    table(["control", "title", "rules"], rows),
    `${code(selected)} lists these rules.`,
  ]);
}

async function pluginPages(root, { evaluators, collectors, reporters }, tools) {
  const kinds = [
    ["evaluators", evaluators, evaluatorBlock],
    ["collectors", collectors, collectorBlock],
    ["reporters", reporters, reporterBlock],
  ];
  const pages = kinds.map(async ([folder, lazy, block]) => {
    return Promise.all(
      [...byPage(findPlugins(root, folder))].map(async ([page, found]) => {
        const items = await Promise.all(found.map(({ key }) => lazy[key]()));
        return [
          `docs/${folder}/${page}.md`,
          withBlock(root, `docs/${folder}/${page}.md`, {
            title: items.map((item) => item.id ?? item.type).join(", "),
            text: items.map((item) => block(item, tools)).join("\n\n"),
          }),
        ];
      }),
    );
  });
  return Object.fromEntries((await Promise.all(pages)).flat());
}

function byPage(found) {
  const groups = new Map();
  for (const plugin of found) groups.set(plugin.page, [...(groups.get(plugin.page) ?? []), plugin]);
  return groups;
}

async function summaries(root, plugins) {
  const of = async (folder) =>
    Promise.all(
      findPlugins(root, folder).map(async ({ key, page }) => ({
        id: key,
        page,
        summary: (await plugins[folder][key]()).summary,
      })),
    );
  return {
    evaluators: await of("evaluators"),
    collectors: await of("collectors"),
    reporters: await of("reporters"),
  };
}

function titleOf(root, path, pages) {
  const text = pages[path] ?? readFileSync(join(root, path), "utf8");
  return /^# (.+)$/mu.exec(text)?.[1] ?? path;
}

// What no rule and no framework stands behind any more.
function orphans(root, pages) {
  const found = ["docs/rules", "docs/frameworks"].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true }).map(
          (name) => `${folder}/${String(name).split("\\").join("/")}`,
        )
      : [],
  );
  return Object.fromEntries(
    found
      .filter((path) => path.endsWith(".md") && pages[path] === undefined)
      .map((path) => [path, undefined]),
  );
}
