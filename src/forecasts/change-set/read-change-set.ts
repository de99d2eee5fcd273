import type { Declaration, Declared, Openness } from "../../core/declared.js";
import type { Loaded } from "../../core/diagnostic.js";
import { loadChangeSets } from "../../loaders/load-change-set.js";
import type { RecordedChange, RecordedChangeSet } from "../../loaders/load-change-set.js";
import { loadTemplate } from "../../loaders/template-documents.js";
import type { Home } from "../../mappings/identify.js";
import { sortedUnique } from "../../shared/order.js";
import { declareStacks } from "../template/declare.js";
import type { WorldDeclared } from "../template/declare.js";
import { templateSearch } from "../template/search.js";
import { openTemplateFile } from "../template/template-file.js";
import type { TemplateFile } from "../template/template-file.js";
import { declareChange, merged } from "./declare-change.js";

/** What a change set is read with. */
export type ChangeSetOptions = {
  /** The template that the change set deploys: it tells what the change set leaves to be known after it. */
  readonly template?: string;
};

/** Reads a recorded change set: what `aws cloudformation describe-change-set` answers, with or without `--include-property-values`. */
export async function readChangeSet(
  file: string,
  options: ChangeSetOptions = {},
): Promise<Loaded<Declaration>> {
  const sets = await loadChangeSets(file);
  if (!sets.ok) return sets;
  const { template } = options;
  const document = template === undefined ? undefined : await loadTemplate(template, templateSearch());
  if (document?.ok === false) return document;
  return declareChangeSets(sets.value, {
    file,
    ...(document === undefined ? {} : { template: openTemplateFile(document.value) }),
  });
}

type Context = { readonly file: string; readonly template?: TemplateFile };

const EMPTY: WorldDeclared = { given: [], resources: [], open: [], notes: [] };

/** What the change sets of a stack, and of those that it nests, declare. */
export function declareChangeSets(
  sets: readonly RecordedChangeSet[],
  { file, template }: Context,
): Loaded<Declaration> {
  const parents = parentsOf(sets);
  const root = sets.find(({ id }) => id === undefined || !parents.has(id));
  const known =
    template === undefined || root === undefined ? undefined : declareStacks([sourceOf(root, template)]);
  if (known !== undefined && known.diagnostics.length > 0)
    return { ok: false, diagnostics: known.diagnostics };
  const parts = sets.map((set) => partOf(set, { prefix: prefixOf(set, parents, sets), file, sets }));
  const worlds = (known?.worlds ?? [EMPTY]).map(({ given, resources, open }) => ({
    given,
    resources: parts.flatMap((part) => part.resources.map((declared) => withTemplate(declared, resources))),
    open: [...open.filter(({ types }) => types !== "*"), ...parts.flatMap((part) => part.open)],
  }));
  return {
    ok: true,
    value: {
      worlds,
      notes: sortedUnique(parts.flatMap(({ notes }) => notes)),
      files: [file, ...(template === undefined ? [] : [template.file])],
    },
  };
}

function withTemplate(declared: Declared, resources: readonly Declared[]): Declared {
  const same = resources.find(({ address, type }) => address === declared.address && type === declared.type);
  return same === undefined || declared.action === "delete" || declared.action === "forget"
    ? declared
    : merged(declared, same);
}

function sourceOf(set: RecordedChangeSet, file: TemplateFile): Parameters<typeof declareStacks>[0][number] {
  const { values, resolved } = set.parameters;
  const shown = new Map(set.changes.map((change) => [change.logicalId, change]));
  return {
    name: set.stackName,
    address: "",
    home: homeOf(set),
    file,
    given: (name) => values.get(name),
    resolved: (name) => resolved.get(name),
    whose: "",
    existing: {
      resources: new Map(
        set.changes.flatMap(({ logicalId, physicalId, type }) =>
          physicalId === undefined ? [] : [[logicalId, { physicalId, type }] as const],
        ),
      ),
      given: (name) => values.get(name),
      resolved: (name) => resolved.get(name),
      replaces: (id) => shown.get(id)?.replacement === "True",
      isSeen: (id) => shown.has(id),
    },
  };
}

function homeOf({ account, region, partition }: RecordedChangeSet): Home {
  return { account, region, partition };
}

type Parent = { readonly set: RecordedChangeSet; readonly logicalId: string };

function parentsOf(sets: readonly RecordedChangeSet[]): ReadonlyMap<string, Parent> {
  return new Map(
    sets.flatMap((set) => [...set.nested].map(([logicalId, id]) => [id, { set, logicalId }] as const)),
  );
}

// Change sets hold those of nested stacks, never themselves: as many steps as there are sets.
function prefixOf(
  set: RecordedChangeSet,
  parents: ReadonlyMap<string, Parent>,
  { length }: readonly RecordedChangeSet[],
): string {
  let prefix = "";
  let parent = set.id === undefined ? undefined : parents.get(set.id);
  for (let step = 0; parent !== undefined && step < length; step++) {
    prefix = `${parent.logicalId}/${prefix}`;
    parent = parent.set.id === undefined ? undefined : parents.get(parent.set.id);
  }
  return prefix;
}

type Part = {
  readonly resources: readonly Declared[];
  readonly open: readonly Openness[];
  readonly notes: readonly string[];
};

type Place = { readonly prefix: string; readonly file: string; readonly sets: readonly RecordedChangeSet[] };

function partOf(set: RecordedChangeSet, { prefix, file, sets }: Place): Part {
  const place = { file, line: 1 };
  const stands = { home: homeOf(set), stackName: set.stackName, prefix, place, changes: set.changes };
  const changed = set.changes.filter(({ type, action }) => type !== STACK && !UNCHANGED.includes(action));
  const open = set.changes.flatMap((change): readonly Openness[] => {
    const cause = causeOf(change, set, sets);
    return cause === undefined ? [] : [{ types: change.type === STACK ? "*" : [change.type], cause, place }];
  });
  const imported = set.changes.filter(({ action }) => action === "Import").map(({ logicalId }) => logicalId);
  return {
    resources: changed.map((change) => declareChange(change, stands)),
    open,
    notes: imported.map((id) => `${prefix}${id} is imported: it stays as it is.`),
  };
}

const STACK = "AWS::CloudFormation::Stack";
/** Actions that change nothing in the account. */
const UNCHANGED: readonly string[] = ["Import", "SyncWithActual"];

function causeOf(
  { type, action, logicalId }: RecordedChange,
  set: RecordedChangeSet,
  sets: readonly RecordedChangeSet[],
): string | undefined {
  if (action === "Dynamic") return `the change of ${logicalId}, which CloudFormation decides as it deploys`;
  const nested = set.nested.get(logicalId);
  const isRead = nested !== undefined && sets.some(({ id }) => id === nested);
  if (type !== STACK || isRead || action === "Remove") return undefined;
  return `nested stack ${logicalId}, whose change set is not recorded`;
}
