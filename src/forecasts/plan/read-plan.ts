import type { Declared, Declaration, DeclarationTarget, Openness } from "../../core/declared.js";
import type { Loaded } from "../../core/diagnostic.js";
import { namedMapping, terraformMapping } from "../../mappings/terraform-types.js";
import { childModule } from "./address.js";
import { readConfiguration } from "./configuration.js";
import { declare } from "./declare.js";
import type { Declaring } from "./declare.js";
import type { Plan, PlanChange } from "./document.js";
import { findParts } from "./inline.js";
import { loadPlan } from "./load-plan.js";
import { mappingOf } from "./names.js";
import { makeResolver } from "./resolver.js";
import type { Resolver, ResolverOptions } from "./resolver.js";
import { findPlace } from "./source/place.js";
import { readSources } from "./source/sources.js";
import type { Sources } from "./source/sources.js";

/** What reading a plan may take besides its file. */
export type PlanOptions = {
  /** The folder of the root module's sources; unless given, the plan's own folder where that holds `*.tf`. */
  readonly source?: string;
  /** Stands in where the plan does not say whose account, or which region. */
  readonly target?: DeclarationTarget;
};

/** Reads a plan that `terraform show -json` or `tofu show -json` wrote. Never throws for what is in the file. */
export async function readPlan(file: string, options: PlanOptions = {}): Promise<Loaded<Declaration>> {
  const loaded = await loadPlan(file);
  if (!loaded.ok) return loaded;
  const plan = loaded.value;
  const configuration = readConfiguration(plan);
  const sources = await readSources(
    { file, source: options.source },
    (names) => configuration.moduleAt(names.reduce((above, name) => childModule(above, { name }), ""))?.calls,
  );
  const declaration = declarePlan(plan, { target: options.target, configuration, sources, file });
  return { ok: true, value: withoutSources(declaration, options.source, sources) };
}

function withoutSources(
  declaration: Declaration,
  folder: string | undefined,
  sources: Sources | undefined,
): Declaration {
  if (folder === undefined || sources !== undefined) return declaration;
  const note = `${folder} holds no sources of Terraform or OpenTofu.`;
  return { ...declaration, notes: [...declaration.notes, note] };
}

/** What a plan declares. */
export function declarePlan(
  plan: Plan,
  { file, sources, ...options }: ResolverOptions & { readonly file: string },
): Declaration {
  const resolver = makeResolver(plan, { sources, ...options });
  const declaring: Declaring = {
    resolver,
    isHeldApart: findParts(resolver),
    placeOf: (change, mapping) => findPlace(change, mapping, { sources, file }),
  };
  const resources: Declared[] = [];
  const open: Openness[] = [...opennessOf(plan)];
  for (const change of plan.changes) {
    const declared = declare(change, declaring);
    if (declared === null) open.push(unknownAction(change));
    else if (declared !== undefined && isRead(change)) resources.push(declared);
  }
  return {
    worlds: [{ given: [], resources, open }],
    notes: notesOf(plan, resolver),
    files: [file, ...(sources?.files ?? [])],
  };
}

// Of some types nothing but names is asked.
function isRead({ type, provider }: PlanChange): boolean {
  return provider.endsWith("hashicorp/awscc") || terraformMapping(type) !== undefined;
}

function unknownAction(change: PlanChange): Openness {
  return {
    types: [mappingOf(change)?.type ?? "*"],
    cause: `the action ${change.actions.join(", ")} of ${change.address}`,
  };
}

const STACKS: readonly string[] = ["aws_cloudformation_stack", "aws_cloudformation_stack_set_instance"];

function opennessOf({ partial, deferred, changes }: Plan): readonly Openness[] {
  return [
    ...(partial === undefined ? [] : [{ types: "*" as const, cause: partial }]),
    ...deferred.map(({ change, reason }) => ({
      types: [namedMapping(change.type)?.type ?? change.type],
      cause: `the deferred change of ${change.address} (${reason})`,
    })),
    ...changes
      .filter(({ type, actions }) => STACKS.includes(type) && !actions.includes("no-op"))
      .map(({ address }) => ({ types: "*" as const, cause: `what ${address} holds` })),
  ];
}

function notesOf({ changes, partial, deferred }: Plan, resolver: Resolver): readonly string[] {
  const others = changes.filter(
    (change) => change.mode === "managed" && (mappingOf(change) === undefined || !isRead(change)),
  ).length;
  return [
    ...(partial === undefined ? [] : [`This is ${partial}: what it does not show may change, too.`]),
    ...(deferred.length === 0
      ? []
      : [`${count(deferred.length, "change is", "changes are")} left for a later plan.`]),
    ...(others === 0
      ? []
      : [`${count(others, "resource is", "resources are")} of types that are not looked at.`]),
    ...(resolver.linked() === 0
      ? []
      : [
          `${count(resolver.linked(), "value", "values")} that the plan leaves open were linked by its references.`,
        ]),
  ];
}

function count(number: number, one: string, many: string): string {
  return `${number.toString()} ${number === 1 ? one : many}`;
}
