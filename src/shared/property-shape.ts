import type { PropertyShape } from "../core/property-shape.js";
import { nearest } from "./nearest.js";

/** A step that leads nowhere: what is wrong with it, and the way out. */
export type Misstep = { readonly message: string; readonly hint: string };

/** Where one step of a path leads: to what stands there, or nowhere. `at` is the path so far, for the message. */
export type Stepped = { readonly shape: PropertyShape } | { readonly misstep: Misstep };

/** Takes one named step into a shape. */
export function stepInto(shape: PropertyShape, name: string, at: string): Stepped {
  if (shape === "open") return { shape };
  if (shape === "leaf")
    return at === ""
      ? nowhere("an item is one value, and has nothing below it", 'write "."')
      : nowhere(`"${at}" is one value, and has nothing below it`, `write ${at} alone`);
  if (isListShape(shape))
    return nowhere(
      `"${at}" is a list, and has no "${name}" itself`,
      "ask about its items: any-item or every-item, in expressions all() or exists()",
    );
  const member = Object.hasOwn(shape, name) ? shape[name] : undefined;
  if (member !== undefined) return { shape: member };
  const known = Object.keys(shape);
  const near = nearest(name, known);
  return nowhere(
    `${at === "" ? "an item" : `"${at}"`} has no "${name}"`,
    near === undefined ? `known are ${known.join(", ")}` : `did you mean "${near}"?`,
  );
}

/** Whether a shape is that of a list. */
export function isListShape(shape: PropertyShape): shape is readonly [PropertyShape] {
  return Array.isArray(shape);
}

function nowhere(message: string, hint: string): Stepped {
  return { misstep: { message, hint } };
}

/** The first step of a dotted path that leads nowhere, with its offset in the path; or what stands at its end. `steps` go on from `begin`. */
export function followSteps(
  begin: { readonly shape: PropertyShape; readonly at: string },
  steps: readonly string[],
):
  | { readonly shape: PropertyShape }
  | { readonly misstep: Misstep; readonly offset: number; readonly length: number } {
  let { shape, at } = begin;
  for (const name of steps) {
    const stepped = stepInto(shape, name, at);
    if ("misstep" in stepped)
      return { misstep: stepped.misstep, offset: at === "" ? 0 : at.length + 1, length: name.length };
    shape = stepped.shape;
    at = at === "" ? name : `${at}.${name}`;
  }
  return { shape };
}
