import type { Declaration, DeclarationTarget, Declared, Given } from "../../../src/core/declared.js";
import type { Loaded } from "../../../src/core/diagnostic.js";
import { parsePlan } from "../../../src/forecasts/plan/load-plan.js";
import { declarePlan } from "../../../src/forecasts/plan/read-plan.js";
import { readConfiguration } from "../../../src/forecasts/plan/configuration.js";
import type { Sources } from "../../../src/forecasts/plan/source/sources.js";
import { sourceText } from "../../../src/loaders/diagnostics/source-text.js";

type Values = Readonly<Record<string, unknown>>;

/** One resource of a plan, in few words: what is left out is as in a plan that creates it. */
export type Row = {
  readonly type: string;
  readonly name?: string;
  readonly index?: string | number;
  readonly module?: string;
  readonly mode?: "data";
  readonly actions?: readonly string[];
  readonly before?: Values | null;
  readonly after?: Values | null;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly provider?: string;
  readonly deposed?: string;
  /** What is written, as the configuration in the plan has it; `refs` makes references. */
  readonly written?: Values;
  readonly providerKey?: string;
};

export type PlanParts = {
  readonly rows: readonly Row[];
  readonly configuration?: Values;
  readonly rest?: Values;
};

/** References as a plan lists them, each with its prefix. */
export function refs(...references: readonly string[]): Values {
  return {
    references: references.flatMap((one) => {
      const at = one.lastIndexOf(".");
      return /^(?:var|local|each|count)\./u.test(one) ? [one] : [one, one.slice(0, at)];
    }),
  };
}

/** The JSON of a plan. */
export function planJson({ rows, configuration, rest }: PlanParts): Values {
  const written = rows.map((row) => ({
    address: `${row.mode === "data" ? "data." : ""}${row.type}.${row.name ?? "this"}`,
    mode: row.mode ?? "managed",
    type: row.type,
    name: row.name ?? "this",
    provider_config_key: row.providerKey ?? "aws",
    expressions: row.written ?? {},
  }));
  return {
    format_version: "1.2",
    terraform_version: "1.14.0",
    resource_changes: rows.map(changeOf),
    configuration: configuration ?? { root_module: { resources: written } },
    ...rest,
  };
}

function changeOf({ before = null, after = null, unknown = {}, sensitive = false, ...row }: Row): Values {
  const { type, name = "this", index, module, mode = "managed", actions = ["create"] } = row;
  const at = index === undefined ? "" : `[${JSON.stringify(index)}]`;
  const own = `${mode === "data" ? "data." : ""}${type}.${name}${at}`;
  return {
    address: module === undefined ? own : `${module}.${own}`,
    module_address: module,
    mode,
    type,
    name,
    index,
    provider_name: row.provider ?? "registry.terraform.io/hashicorp/aws",
    deposed: row.deposed,
    change: {
      actions,
      before,
      after,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: sensitive,
    },
  };
}

const TARGET = {
  account: { id: "111122223333", partition: "aws" },
  region: "us-east-1",
} as const;

/** What the reader makes of a plan, in account 111122223333 and region us-east-1 unless the plan says else. */
export function declared(
  parts: PlanParts,
  options?: { readonly target?: DeclarationTarget | undefined; readonly sources?: Sources },
): Declaration {
  const plan = parsePlan(sourceText("plan.json", JSON.stringify(planJson(parts))));
  if (!plan.ok) throw new Error(plan.diagnostics[0]?.message);
  return declarePlan(plan.value, {
    file: "plan.json",
    target: TARGET,
    configuration: readConfiguration(plan.value),
    ...options,
  });
}

/** The one resource of a plan with an address, or the first of all. */
export function resourceOf(declaration: Declaration, address?: string): Declared {
  const [world] = declaration.worlds;
  const found = world?.resources.find((one) => address === undefined || one.address === address);
  if (found === undefined) throw new Error(`no resource ${address ?? ""}`);
  return found;
}

/** A property of the resource with an address. */
export function propertyOf(declaration: Declaration, address: string, property: string): Given | undefined {
  return resourceOf(declaration, address).properties[property];
}

/** The value of something that must have loaded. */
export function valueOf<T>(loaded: Loaded<T>): T {
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("; "));
  return loaded.value;
}
