import type { Loaded } from "../core/diagnostic.js";
import { isRecord, member } from "./diagnostics/schema-error.js";
import { diagnoseFile } from "./diagnostics/source-text.js";
import { parseJson } from "./load-json.js";
import { readText } from "./read-text.js";
import { takeParameters } from "./template-parameters.js";
import type { TemplateParameters } from "./template-parameters.js";

/** One property that a change set changes. `after`: as CloudFormation writes it; absent where it does not say. */
export type RecordedDetail = {
  readonly property: string;
  readonly recreates: boolean;
  readonly isRemoved: boolean;
  readonly after?: string;
  /** The resource, or its attribute, whose change is the reason: "Topic", "Topic.Arn". */
  readonly cause?: string;
};

/** One resource that a change set changes. */
export type RecordedChange = {
  readonly action: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly replacement?: string;
  readonly policy?: string;
  readonly details: readonly RecordedDetail[];
  /** Properties after and before, where values were asked for. */
  readonly after?: unknown;
  readonly before?: unknown;
};

/** The change set of one stack; `path`: of a nested one, the logical ids that lead to it. */
export type RecordedChangeSet = {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly id?: string;
  readonly changes: readonly RecordedChange[];
  readonly parameters: Omit<TemplateParameters, "files">;
  /** Logical id of a nested stack → its change set. */
  readonly nested: ReadonlyMap<string, string>;
};

/** Reads what `aws cloudformation describe-change-set` answers, or a list of such answers: pages, and sets of nested stacks. */
export async function loadChangeSets(file: string): Promise<Loaded<readonly RecordedChangeSet[]>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const parsed = parseJson(text.value, "`aws cloudformation describe-change-set` writes such files");
  if (!parsed.ok) return parsed;
  const sets = takeChangeSets(parsed.value);
  if (sets !== undefined) return { ok: true, value: sets };
  const message = "this is no change set as CloudFormation describes it";
  const hint = "it has StackId, StackName and Changes; several pages are a list";
  return { ok: false, diagnostics: [diagnoseFile(file, { code: "not-a-change-set", message, hint })] };
}

/** Takes recorded answers as change sets, pages of one joined; undefined for anything else. */
export function takeChangeSets(data: unknown): readonly RecordedChangeSet[] | undefined {
  const pages: readonly unknown[] = Array.isArray(data) ? data : [data];
  const sets = new Map<string, RecordedChangeSet>();
  for (const page of pages) {
    const set = setOf(page);
    if (set === undefined) return undefined;
    const key = set.id ?? set.stackName;
    const before = sets.get(key);
    sets.set(key, before === undefined ? set : joined(before, set));
  }
  return sets.size === 0 ? undefined : [...sets.values()];
}

function joined(a: RecordedChangeSet, b: RecordedChangeSet): RecordedChangeSet {
  return { ...a, changes: [...a.changes, ...b.changes], nested: new Map([...a.nested, ...b.nested]) };
}

function setOf(page: unknown): RecordedChangeSet | undefined {
  const [name, id, changes] = [
    member(page, "StackName"),
    member(page, "ChangeSetId"),
    member(page, "Changes") ?? [],
  ];
  const home = homeOf(member(page, "StackId"));
  if (home === undefined) return undefined;
  const parameters = { values: new Map<string, string>(), resolved: new Map<string, string>() };
  if (!Array.isArray(changes) || !takeParameters(member(page, "Parameters") ?? [], parameters))
    return undefined;
  const resources = changes.map((change: unknown) => member(change, "ResourceChange")).filter(isRecord);
  const nested = resources.flatMap((change) => {
    const [logicalId, set] = [change["LogicalResourceId"], change["ChangeSetId"]];
    return typeof logicalId === "string" && typeof set === "string" ? [[logicalId, set] as const] : [];
  });
  return {
    ...home,
    ...(typeof name === "string" ? { stackName: name } : {}),
    ...(typeof id === "string" ? { id } : {}),
    changes: resources.flatMap(changeOf),
    parameters,
    nested: new Map(nested),
  };
}

function homeOf(
  stackId: unknown,
): Pick<RecordedChangeSet, "stackName" | "account" | "region" | "partition"> | undefined {
  if (typeof stackId !== "string") return undefined;
  const [, partition, region, account, stackName] =
    /^arn:([^:]+):cloudformation:([^:]+):(\d{12}):stack\/([^/]+)/u.exec(stackId) ?? [];
  return partition === undefined || region === undefined || account === undefined || stackName === undefined
    ? undefined
    : { partition, region, account, stackName };
}

function changeOf(change: Readonly<Record<string, unknown>>): readonly RecordedChange[] {
  const [action, logicalId, type] = ["Action", "LogicalResourceId", "ResourceType"].map((key) =>
    textOf(change[key]),
  );
  if (action === undefined || logicalId === undefined || type === undefined) return [];
  const details: readonly unknown[] = Array.isArray(change["Details"]) ? change["Details"] : [];
  const texts = { physicalId: "PhysicalResourceId", replacement: "Replacement", policy: "PolicyAction" };
  const found = Object.entries(texts).flatMap(([name, key]) => {
    const text = textOf(change[key]);
    return text === undefined ? [] : [[name, text] as const];
  });
  return [
    {
      action,
      logicalId,
      type,
      ...Object.fromEntries(found),
      details: details.flatMap(detailOf),
      ...contextOf("after", change["AfterContext"]),
      ...contextOf("before", change["BeforeContext"]),
    },
  ];
}

function detailOf(detail: unknown): readonly RecordedDetail[] {
  const target = member(detail, "Target");
  const [name, path] = [textOf(member(target, "Name")), textOf(member(target, "Path"))];
  const property = name ?? path?.split("/")[2];
  if (member(target, "Attribute") !== "Properties" || property === undefined) return [];
  const after = textOf(member(target, "AfterValue"));
  const cause = textOf(member(detail, "CausingEntity"));
  const isWhole = path === undefined || path.split("/").length <= 3;
  return [
    {
      property,
      recreates: member(target, "RequiresRecreation") === "Always",
      isRemoved: isWhole && member(target, "AttributeChangeType") === "Remove",
      ...(after === undefined || !isWhole ? {} : { after }),
      ...(cause === undefined ? {} : { cause }),
    },
  ];
}

function contextOf<Name extends string>(name: Name, context: unknown): { readonly [N in Name]?: unknown } {
  if (typeof context !== "string") return {};
  try {
    const parsed: unknown = JSON.parse(context);
    // The name is the one that was asked for.
    return { [name]: member(parsed, "Properties") ?? {} } as { readonly [N in Name]?: unknown };
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
