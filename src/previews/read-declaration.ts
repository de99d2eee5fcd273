import type { Declaration, DeclarationTarget } from "../core/declared.js";
import type { Loaded } from "../core/diagnostic.js";
import type { Whose } from "../core/source.js";
import { leaderRegion, partitionOf } from "../shared/aws/partitions.js";

/** What a person named as the input, and where it is to live. Paths are relative to the current folder. */
export type DeclarationRequest = {
  /** CloudFormation templates: files, or folders that are read deep. */
  readonly templates?: readonly string[];
  /** Parameters of templates and assemblies: a file, or KEY=VALUE. */
  readonly parameters?: readonly string[];
  readonly stackName?: string;
  /** What the stack holds now: `{ StackResourceSummaries, TemplateBody?, Parameters? }`. */
  readonly stack?: string;
  /** A folder that the CDK synthesized. */
  readonly assembly?: string;
  /** A recorded answer of DescribeChangeSet, or a list of them; `templates` may name what it deploys. */
  readonly changeSet?: string;
  /** What `terraform show -json` or `tofu show -json` wrote. */
  readonly planFile?: string;
  /** The folder of the plan's `.tf` files; default: the plan's own, if it holds some. */
  readonly source?: string;
  readonly account?: string;
  readonly region?: string;
  /** The account that it is laid over, where there is one. */
  readonly over?: Whose;
};

/** An input, read for an account and region. */
export type ReadDeclaration = {
  readonly declaration: Declaration;
  readonly target: DeclarationTarget;
  /** As in a report's account: "template", "plan". */
  readonly source: "template" | "plan";
};

/** Stands for an account that neither input, options nor snapshot name. */
const NO_ACCOUNT = "000000000000";

/** Reads the input that a person named. Exactly one kind of input must be there. */
export async function readDeclaration(request: DeclarationRequest): Promise<Loaded<ReadDeclaration>> {
  const { target, notes } = targetOf(request);
  const read = await readInput(request, target);
  if (!read.ok) return read;
  const declaration = { ...read.value, notes: [...notes, ...read.value.notes] };
  const source = request.planFile === undefined ? "template" : "plan";
  return { ok: true, value: { declaration, target, source } };
}

// Readers are loaded when they are used: most runs use none.
async function readInput(
  request: DeclarationRequest,
  target: DeclarationTarget,
): Promise<Loaded<Declaration>> {
  const {
    templates = [],
    parameters = [],
    stackName,
    stack,
    assembly,
    changeSet,
    planFile,
    source,
  } = request;
  if (planFile !== undefined) {
    const { readPlan } = await import("../forecasts/plan/read-plan.js");
    return readPlan(planFile, { target, ...(source === undefined ? {} : { source }) });
  }
  if (changeSet !== undefined) {
    const { readChangeSet } = await import("../forecasts/change-set/read-change-set.js");
    const [template] = templates;
    return readChangeSet(changeSet, template === undefined ? {} : { template });
  }
  if (assembly !== undefined) {
    const { readAssembly } = await import("../forecasts/assembly/read-assembly.js");
    return readAssembly(assembly, { parameters, target });
  }
  const { readTemplates } = await import("../forecasts/template/read-templates.js");
  return readTemplates({
    files: templates,
    parameters,
    target,
    ...(stackName === undefined ? {} : { stackName }),
    ...(stack === undefined ? {} : { stack }),
  });
}

function targetOf({ account, region, over, templates = [] }: DeclarationRequest): {
  readonly target: DeclarationTarget;
  readonly notes: readonly string[];
} {
  const id = account ?? over?.account.id ?? NO_ACCOUNT;
  const chosen = region ?? regionOf(over);
  const partition = over?.account.partition ?? partitionOf(chosen);
  const notes = [
    ...(account === undefined && over === undefined
      ? [`no account was named: what does not say its own is taken to live in ${NO_ACCOUNT} (--account ID)`]
      : []),
    ...(region === undefined && templates.length > 0
      ? [`no region was named: what does not say its own is taken to live in ${chosen} (--region REGION)`]
      : []),
  ];
  return { target: { account: { id, partition }, region: chosen }, notes };
}

function regionOf(over: Whose | undefined): string {
  if (over === undefined) return leaderRegion("aws");
  const [only, ...others] = over.regions;
  return only !== undefined && others.length === 0 ? only : leaderRegion(over.account.partition);
}
