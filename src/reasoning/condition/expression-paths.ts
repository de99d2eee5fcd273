import type { ASTNode } from "@marcbachmann/cel-js";
import type { PropertyShape, PropertyShapes } from "../../core/property-shape.js";
import { isListShape, stepInto } from "../../shared/property-shape.js";
import type { Misstep } from "../../shared/property-shape.js";
import { isLoop, partsOf } from "./expression-tree.js";

/** A step of an expression that leads nowhere, and where it stands in the text. */
export type LocatedMisstep = Misstep & { readonly offset: number; readonly length: number };

type Walk = {
  readonly shapes: PropertyShapes;
  readonly missteps: LocatedMisstep[];
};

/** What the variables of loops stand for. */
type Variables = ReadonlyMap<string, PropertyShape>;

/** Steps below the properties of `resource`, and below the variables of loops over them, that lead nowhere. */
export function misstepsOf(root: ASTNode, shapes: PropertyShapes): readonly LocatedMisstep[] {
  const walk: Walk = { shapes, missteps: [] };
  shapeOf(root, walk, new Map());
  return walk.missteps;
}

// What a part of an expression gives; "open" where that is not known.
function shapeOf(node: ASTNode, walk: Walk, variables: Variables): PropertyShape {
  switch (node.op) {
    case "id":
      return node.args === "resource" ? walk.shapes : (variables.get(node.args) ?? "open");
    case ".":
    case ".?": {
      const [of, name] = node.args;
      return step({ of, name, offset: node.end - name.length }, walk, variables);
    }
    case "[]":
    case "[?]":
      return indexed(node.args, walk, variables);
    case "rcall":
      return isLoop(node) ? looped(node.args, walk, variables) : others(node, walk, variables);
    default:
      return others(node, walk, variables);
  }
}

function others(node: ASTNode, walk: Walk, variables: Variables): PropertyShape {
  for (const part of partsOf(node)) shapeOf(part, walk, variables);
  return "open";
}

type Step = { readonly of: ASTNode; readonly name: string; readonly offset: number };

function step({ of, name, offset }: Step, walk: Walk, variables: Variables): PropertyShape {
  const shape = shapeOf(of, walk, variables);
  // Whether the type has the property is asked elsewhere, with the names that every resource has.
  if (shape === walk.shapes) return walk.shapes[name] ?? "open";
  const at = of.input.slice(of.start, of.end).replace(/^resource\./u, "");
  const stepped = stepInto(shape, name, at);
  if ("shape" in stepped) return stepped.shape;
  walk.missteps.push({ ...stepped.misstep, offset, length: name.length });
  return "open";
}

function indexed([of, key]: readonly [ASTNode, ASTNode], walk: Walk, variables: Variables): PropertyShape {
  if (key.op === "value" && typeof key.args === "string")
    return step({ of, name: key.args, offset: key.start + 1 }, walk, variables);
  shapeOf(key, walk, variables);
  const shape = shapeOf(of, walk, variables);
  return isListShape(shape) ? shape[0] : "open";
}

function looped(
  [name, of, args]: readonly [string, ASTNode, readonly ASTNode[]],
  walk: Walk,
  variables: Variables,
): PropertyShape {
  const over = shapeOf(of, walk, variables);
  const named = args.flatMap((arg, index) => (arg.op === "id" && index < args.length - 1 ? [arg.args] : []));
  // With two variables the first is the place in the list; what they stand for is then left open.
  const item = named.length === 1 && isListShape(over) ? over[0] : "open";
  const inside = new Map([...variables, ...named.map((variable) => [variable, item] as const)]);
  const results = args.slice(named.length).map((arg) => shapeOf(arg, walk, inside));
  if (name === "filter") return over;
  return name === "map" ? [results.at(-1) ?? "open"] : "open";
}
