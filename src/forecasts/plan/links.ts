import { Hole } from "../../core/declared.js";
import type { Given, GivenObject } from "../../core/declared.js";
import { holeIn, isGivenList, isGivenObject } from "../../mappings/given.js";
import { isLeafExpression, referencesIn } from "./configuration.js";
import { isPlanObject, memberAt } from "./document.js";
import type { PlanObject } from "./document.js";
import { kindOf } from "./kinds.js";
import { followExpression } from "./references.js";
import type { Asked, Leaf, Scope } from "./references.js";
import { UNKNOWN } from "./values.js";

/** Where a value stands, and what is written for it. */
export type Written = {
  /** The attribute's own name, without those of its blocks. */
  readonly attribute: string;
  /** As the plan's configuration has it; undefined where nothing is written, or the plan does not show what. */
  readonly expression: unknown;
  /** What to say where nothing is written. */
  readonly cause: string;
  readonly scope: Scope;
};

/** Puts values in the place of those that are known only after the deployment, where the plan's references prove them. */
export function linkValue(value: Given, written: Written, asked: Asked): Given {
  if (!isOpen(value)) return value;
  const { expression } = written;
  if (isLeafExpression(expression)) return linkLeaves(value, written, asked);
  if (isGivenList(value)) return linkBlocks(value, written, asked);
  if (isGivenObject(value)) {
    const block: unknown = Array.isArray(expression) ? expression[0] : expression;
    return linkBlock(value, { ...written, expression: block }, asked);
  }
  return value === UNKNOWN ? new Hole(causeOf(written)) : value;
}

function isOpen(value: Given): boolean {
  return holeIn(value) !== undefined;
}

/** What an open value depends on: the first reference in what is written for it, else its own address. */
export function causeOf({ expression, cause }: Written): string {
  return referencesIn(expression)[0] ?? cause;
}

function linkBlock(block: GivenObject, written: Written, asked: Asked): Given {
  const expressions = isPlanObject(written.expression) ? written.expression : {};
  return Object.fromEntries(
    Object.entries(block).map(([attribute, value]) => [
      attribute,
      linkValue(
        value,
        {
          ...written,
          attribute,
          expression: memberAt(expressions, attribute),
          cause: `${written.cause}.${attribute}`,
        },
        asked,
      ),
    ]),
  );
}

function linkBlocks(blocks: readonly Given[], written: Written, asked: Asked): Given {
  const expressions: readonly unknown[] = Array.isArray(written.expression) ? written.expression : [];
  return blocks.map((block) => {
    const fitting = isGivenObject(block)
      ? expressions.filter((one): one is PlanObject => isPlanObject(one) && fits(block, one))
      : [];
    // Blocks of a set stand in another order than they are written in. Where several could be meant, they must say the same.
    const [first] = fitting;
    const isSame = fitting.every((one) => JSON.stringify(one) === JSON.stringify(first));
    const expression = isSame ? first : undefined;
    return linkValue(block, { ...written, expression }, asked);
  });
}

/** Whether a block can be what is written: it has the constants that are written for it. */
function fits(block: GivenObject, written: PlanObject): boolean {
  return Object.entries(written).every(([attribute, expression]) => {
    if (!isPlanObject(expression) || !Object.hasOwn(expression, "constant_value")) return true;
    const value = Object.hasOwn(block, attribute) ? block[attribute] : null;
    return JSON.stringify(value) === JSON.stringify(expression["constant_value"]);
  });
}

function linkLeaves(value: Given, written: Written, asked: Asked): Given {
  const { attribute, expression, scope } = written;
  // What is left open of a constant is left to the provider.
  if (isPlanObject(expression) && Object.hasOwn(expression, "constant_value")) return filled(value, [], null);
  const unproven = new Hole(causeOf(written));
  const kind = kindOf(attribute);
  const open = openLeaves(value);
  if (kind === undefined || (value === UNKNOWN && kind.many === true) || open === undefined)
    return filled(value, [], unproven);
  const leaves = followExpression(expression, scope, { asked });
  const opaque = leaves.find((leaf) => leaf.kind === "opaque");
  if (opaque !== undefined) return filled(value, [], new Hole(opaque.cause));
  const values = leaves.filter((leaf) => leaf.kind === "value");
  const isProven =
    values.length === open &&
    values.every((leaf) => isRight(leaf, kind)) &&
    !(isGivenObject(value) && open > 1);
  return filled(value, isProven ? values.map((leaf) => leaf.value) : [], unproven);
}

function isRight(
  leaf: Extract<Leaf, { kind: "value" }>,
  kind: NonNullable<ReturnType<typeof kindOf>>,
): boolean {
  if (kind.document === true) return leaf.isDocument === true;
  return typeof leaf.value === "string" && leaf.isDocument !== true && kind.fits(leaf.value);
}

/** How many values are open, in a value alone or in a list or a map of plain values; undefined for anything deeper. */
function openLeaves(value: Given): number | undefined {
  if (value === UNKNOWN) return 1;
  if (value instanceof Hole || typeof value !== "object" || value === null) return 0;
  const members = isGivenList(value) ? value : Object.values(value);
  const isFlat = members.every((one) => one instanceof Hole || typeof one !== "object" || one === null);
  return isFlat ? members.filter((one) => one === UNKNOWN).length : undefined;
}

/** Fills the open places in their order, and with `rest` where nothing is left. */
function filled(value: Given, with_: readonly Given[], rest: Given): Given {
  const left = [...with_];
  const fill = (one: Given): Given => {
    if (one === UNKNOWN) return left.shift() ?? rest;
    if (isGivenList(one)) return one.map(fill);
    if (!isGivenObject(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, fill(member)]));
  };
  return fill(value);
}
