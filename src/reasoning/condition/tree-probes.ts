import type { ConditionLeaf, ConditionTree } from "./tree.js";
import type { Probe } from "./probe.js";

/** Where a part stands: its way from the root, what must hold to get there, and how a condition about it is said about the resource. */
type Spot = {
  readonly path: readonly (string | number)[];
  readonly guards: readonly ConditionTree[];
  readonly lift: (tree: ConditionTree) => ConditionTree;
};

/** Both sides of every question that a tree asks, the questions about items included. */
export function treeProbes(tree: ConditionTree): readonly Probe[] {
  return probesAt(tree, { path: [], guards: [], lift: (condition) => condition });
}

function probesAt(tree: ConditionTree, spot: Spot): readonly Probe[] {
  if ("all" in tree && isList(tree.all)) return probesOfParts(tree.all, "all", spot);
  if ("any" in tree && isList(tree.any)) return probesOfParts(tree.any, "any", spot);
  if ("not" in tree && isTree(tree.not)) return probesAt(tree.not, { ...spot, path: [...spot.path, "not"] });
  return "path" in tree && typeof tree.path === "string"
    ? probesOfLeaf({ ...tree, path: tree.path }, spot)
    : [];
}

function probesOfParts(
  parts: readonly ConditionTree[],
  key: "all" | "any",
  { path, guards, lift }: Spot,
): readonly Probe[] {
  return parts.flatMap((part, index) => {
    const before = parts
      .slice(0, index)
      .map((other): ConditionTree => (key === "all" ? other : { not: other }));
    return probesAt(part, { path: [...path, key, index], guards: [...guards, ...before], lift });
  });
}

function probesOfLeaf(leaf: ConditionLeaf, { path, guards, lift }: Spot): readonly Probe[] {
  const side = (when: Probe["when"], part: ConditionTree): Probe => ({
    path,
    text: textOf(leaf),
    when,
    condition: lift({ all: [...guards, part] }),
  });
  return [side("true", leaf), side("false", { not: leaf }), ...probesOfItems(leaf, { path, guards, lift })];
}

// That a part is so for some item is itself a question about the list.
function probesOfItems(leaf: ConditionLeaf, { path, guards, lift }: Spot): readonly Probe[] {
  return (["any-item", "every-item"] as const).flatMap((question) => {
    const tree = leaf[question];
    if (!isTree(tree)) return [];
    const liftItem = (condition: ConditionTree): ConditionTree =>
      lift({ all: [...guards, { path: leaf.path, "any-item": condition }] });
    return probesAt(tree, { path: [...path, question], guards: [], lift: liftItem });
  });
}

function textOf(leaf: ConditionLeaf): string {
  const [name, value] = Object.entries(leaf).find(([key]) => key !== "path") ?? [];
  if (name === undefined) return leaf.path;
  return isTree(value) ? `${leaf.path} ${name} …` : `${leaf.path} ${name} ${JSON.stringify(value)}`;
}

function isList(value: unknown): value is readonly ConditionTree[] {
  return Array.isArray(value);
}

function isTree(value: unknown): value is ConditionTree {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    ["path", "all", "any", "not"].some((key) => key in value)
  );
}
