import type { Config } from "../core/formats/config.js";
import type { Rule } from "../core/formats/rule.js";
import type { Plugins } from "../core/plugins.js";
import { unknownName } from "./check-names.js";
import { checkOptions } from "./schema/check-options.js";
import { show } from "./diagnostics/describe.js";
import type { Fault } from "./diagnostics/fault.js";
import type { LocatedRule } from "./load-rules.js";
import type { WrittenDocument } from "./read-document.js";
import { addAll } from "../shared/many.js";

type Use = NonNullable<Config["use"]>[number];

/** The config that uses templates, what its templates are checked with, and the rules that there are. */
export type Making = {
  readonly document: WrittenDocument<Config>;
  readonly plugins: Plugins;
  readonly own: readonly LocatedRule[];
  readonly shipped: readonly Rule[];
};

/** Makes a rule of each use of a template, or says what keeps it from being one. */
export async function makeRules(
  uses: readonly Use[],
  making: Making,
): Promise<{ readonly rules: readonly LocatedRule[]; readonly faults: readonly Fault[] }> {
  const rules: LocatedRule[] = [];
  const faults: Fault[] = [];
  for (const [index, use] of uses.entries()) {
    const template = [...making.shipped, ...making.own.map(({ rule }) => rule)].find(
      ({ id }) => id === use.template,
    );
    addAll(faults, checkId(uses, index, making));
    addAll(faults, checkTemplate(use, index, { template, making }));
    if (template === undefined || template.template !== true) continue;
    const rule = fillIn(template, use);
    addAll(faults, await checkWith(rule, index, making));
    rules.push({
      rule,
      file: making.document.source.file,
      at: making.document.places.ofKey(["use", index, "id"]),
    });
  }
  return { rules, faults };
}

function fillIn(template: Rule, { id, with: options, title, severity }: Use): Rule {
  return {
    ...template,
    template: false,
    id,
    with: { ...template.with, ...options },
    title: title ?? template.title,
    severity: severity ?? template.severity,
  };
}

function checkTemplate(
  use: Use,
  index: number,
  { template, making }: { readonly template: Rule | undefined; readonly making: Making },
): readonly Fault[] {
  const path = ["use", index, "template"];
  if (template?.template === true) return [];
  if (template !== undefined)
    return [
      {
        path,
        at: "value",
        code: "not-a-template",
        message: `use[${index.toString()}].template: ${show(use.template)} is a rule, not a template`,
        hint: "change its options with overrides",
      },
    ];
  const templates = [...making.shipped, ...making.own.map(({ rule }) => rule)].filter(
    (rule) => rule.template === true,
  );
  return [
    unknownName(use.template, path, {
      code: "unknown-template",
      noun: "template",
      known: templates.map(({ id }) => id),
    }),
  ];
}

async function checkWith(
  { evaluator, with: options = {} }: Rule,
  index: number,
  { plugins, document }: Making,
): Promise<readonly Fault[]> {
  const faults = await checkOptions(
    { evaluator, options, base: ["use", index, "with"], textOf: document.places.textOf },
    plugins,
  );
  if (faults.evaluator !== undefined)
    return [{ ...faults.evaluator, path: ["use", index, "template"], at: "value" }];
  return faults.options;
}

function checkId(uses: readonly Use[], index: number, { own, shipped }: Making): readonly Fault[] {
  const id = uses[index]?.id ?? "";
  const path = ["use", index, "id"];
  const say = `use[${index.toString()}].id: ${show(id)}`;
  if (shipped.some((rule) => rule.id === id))
    return [
      {
        path,
        at: "value",
        code: "built-in-id",
        message: `${say} is the id of a built-in rule`,
        hint: "choose another id",
      },
    ];
  const other = own.find(({ rule }) => rule.id === id);
  if (other !== undefined)
    return [
      {
        path,
        at: "value",
        code: "duplicate-id",
        message: `${say} is given to two rules`,
        hint: `the other is at ${other.file}:${other.at.line.toString()}:${other.at.column.toString()}`,
      },
    ];
  const twin = uses.findIndex((use, at) => use.id === id && at !== index);
  return twin < 0
    ? []
    : [
        {
          path,
          at: "value",
          code: "duplicate-id",
          message: `${say} is given to two rules`,
          hint: `the other is use[${twin.toString()}]`,
        },
      ];
}
