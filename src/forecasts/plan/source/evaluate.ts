import { Hole } from "../../../core/declared.js";
import type { Given } from "../../../core/declared.js";
import { holeIn, isGivenList, isGivenObject, plainText } from "../../../mappings/given.js";
import type { Step } from "../address.js";
import type { Scope } from "../references.js";
import { parseExpression } from "./expression.js";
import type { Expression, ReferenceStep } from "./expression.js";

/** Answers what a reference is in some module; a hole where that is not known. */
export type Resolve = (steps: readonly Step[], scope: Scope, depth: number) => Given;

/** Nothing that people write leads further. */
const DEEPEST = 32;

/** What an expression comes to: a text, a list, an object of these; a hole for anything that is not understood or known. */
export function evaluateText(text: string, scope: Scope, { resolve, depth }: Evaluating): Given {
  if (depth > DEEPEST) return new Hole("a circle of references");
  return evaluate(parseExpression(text), scope, { resolve, depth });
}

/** What evaluating takes; `depth` counts the references on the way. */
export type Evaluating = { readonly resolve: Resolve; readonly depth: number };

/** What a parsed expression comes to. */
export function evaluate(expression: Expression, scope: Scope, evaluating: Evaluating): Given {
  const below = (one: Expression): Given => evaluate(one, scope, evaluating);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return joined(expression.parts.map(below));
    case "list":
      return expression.items.map(below);
    case "object":
      return objectOf(expression.members.map(([key, value]) => [below(key), below(value)]));
    case "reference":
      return referenceOf(expression.steps, scope, evaluating);
    case "call":
      return callOf(expression.name, expression.operands.map(below));
    case "opaque":
      return NOT_UNDERSTOOD;
  }
}

/** Stands for an expression that is more than references, texts, lists and objects. */
export const NOT_UNDERSTOOD = new Hole("an expression");

function joined(parts: readonly Given[]): Given {
  const texts = parts.map(plainText);
  const at = texts.indexOf(undefined);
  if (at < 0) return texts.join("");
  return holeIn(parts[at]) ?? NOT_UNDERSTOOD;
}

function objectOf(members: readonly (readonly [Given, Given])[]): Given {
  const found: Record<string, Given> = {};
  for (const [key, value] of members) {
    const name = plainText(key);
    if (name === undefined) return holeIn(key) ?? NOT_UNDERSTOOD;
    found[name] = value;
  }
  return found;
}

function referenceOf(steps: readonly ReferenceStep[], scope: Scope, { resolve, depth }: Evaluating): Given {
  const known: Step[] = [];
  for (const step of steps) {
    if ("name" in step) {
      known.push(step);
      continue;
    }
    const index = evaluate(step.index, scope, { resolve, depth: depth + 1 });
    if (typeof index !== "string" && typeof index !== "number") return holeIn(index) ?? NOT_UNDERSTOOD;
    known.push({ index });
  }
  return resolve(known, scope, depth + 1);
}

type Call = (operands: readonly Given[]) => Given;

const CALLS: Readonly<Record<string, Call>> = {
  jsonencode: ([value]) => holeIn(value) ?? JSON.stringify(value ?? null),
  tostring: ([value]) => plainText(value) ?? holeIn(value) ?? NOT_UNDERSTOOD,
  tolist: ([value]) => value ?? NOT_UNDERSTOOD,
  toset: ([value]) => value ?? NOT_UNDERSTOOD,
  // They leave out what is null or empty, and a text that is not known yet may be that. A name or an ARN is not.
  compact: ([value]) =>
    isGivenList(value) ? value.filter((one) => one !== "" && one !== null) : NOT_UNDERSTOOD,
  concat: (lists) =>
    lists.every(isGivenList)
      ? lists.flat()
      : (holeIn(lists.find((one) => !isGivenList(one))) ?? NOT_UNDERSTOOD),
};

function callOf(name: string, operands: readonly Given[]): Given {
  const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  return call === undefined ? NOT_UNDERSTOOD : call(operands);
}

/**
 * Puts what the sources say in the place of what the plan leaves open. What the plan knows stays, and must be what the
 * sources say, too; else they are those of another plan, and `rest` stands there.
 */
export function fillFrom(value: Given, told: Given | undefined, { unknown, rest }: Filling): Given {
  if (value === unknown) return told === undefined || told === null ? rest : orRest(told, rest);
  if (holeIn(value) === undefined || value instanceof Hole) return value;
  if (isGivenList(value)) return fillList(value, told, { unknown, rest });
  if (!isGivenObject(value)) return value;
  const members = isGivenObject(told) ? told : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      fillFrom(member, Object.hasOwn(members, name) ? members[name] : undefined, { unknown, rest }),
    ]),
  );
}

type Filling = { readonly unknown: Hole; readonly rest: Hole };

// A hole of its own says more than that the expression was not understood.
function orRest(told: Given, rest: Hole): Given {
  return holeIn(told) === NOT_UNDERSTOOD ? rest : told;
}

function fillList(values: readonly Given[], told: Given | undefined, filling: Filling): Given {
  const items = isGivenList(told) && told.length === values.length ? told : [];
  const isPlain = values.every((one) => one instanceof Hole || !isGivenObject(one));
  if (!isPlain) return values.map((one) => fillFrom(one, blockLike(one, items, filling), filling));
  const known = values.filter((one) => !(one instanceof Hole));
  const isSame = items.length > 0 && known.every((one) => items.includes(one));
  // A set stands in another order than it is written in.
  const open = isSame ? items.filter((one) => !known.includes(one)) : [];
  return values.map((one) =>
    one === filling.unknown ? orRest(open.shift() ?? filling.rest, filling.rest) : one,
  );
}

/** The one of several blocks in the sources that a block of the plan can be. */
function blockLike(block: Given, told: readonly Given[], { unknown }: Filling): Given | undefined {
  if (!isGivenObject(block)) return undefined;
  const fitting = told.filter(
    (one) =>
      isGivenObject(one) &&
      Object.entries(one).every(([name, value]) => {
        const own = Object.hasOwn(block, name) ? block[name] : undefined;
        return (
          holeIn(value) !== undefined ||
          own === unknown ||
          isGivenObject(own) ||
          isGivenList(own) ||
          own === value
        );
      }),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}
