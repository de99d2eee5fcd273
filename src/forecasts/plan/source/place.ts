import type { DeclaredPlace } from "../../../core/declared.js";
import { attributesOf } from "../../../mappings/terraform.js";
import type { TerraformMapping } from "../../../mappings/terraform.js";
import { moduleSteps } from "../address.js";
import type { PlanChange } from "../document.js";
import type { SourceBlock } from "./block.js";
import type { Sources } from "./sources.js";

/** Where a resource is written, and its properties. */
export type WrittenAt = {
  readonly place: DeclaredPlace;
  readonly places?: Readonly<Record<string, DeclaredPlace>>;
};

/**
 * Where a resource is written: its block; for one inside a module from elsewhere, the author's own call on the way to it; and
 * without sources, or for what is written nowhere any more, the plan.
 */
export function findPlace(
  change: PlanChange,
  mapping: TerraformMapping,
  { sources, file }: { readonly sources: Sources | undefined; readonly file: string },
): WrittenAt {
  const names = moduleSteps(change.module).map(({ name }) => name);
  const module = sources?.moduleAt(names);
  const block = module?.blocks.get(`resource ${change.type} ${change.name}`);
  if (module?.isOwn === true && block !== undefined)
    return { place: placeAt(block), places: placesIn(block, mapping) };
  const call = sources === undefined ? undefined : ownCall(names, sources);
  return { place: call === undefined ? { file, line: 1 } : placeAt(call) };
}

function placeAt({ file, line, column }: SourceBlock): DeclaredPlace {
  return { file, line, column };
}

function placesIn(
  block: SourceBlock,
  { properties }: TerraformMapping,
): Readonly<Record<string, DeclaredPlace>> {
  const found: Record<string, DeclaredPlace> = {};
  for (const [property, origin] of Object.entries(properties)) {
    const spots = attributesOf(origin).flatMap((name) => {
      const spot = block.attributes.get(name) ?? block.blocks.find(({ type }) => type === name);
      return spot === undefined ? [] : [spot];
    });
    const [first] = spots;
    if (first !== undefined) found[property] = { file: block.file, line: first.line, column: first.column };
  }
  return found;
}

/** The last call on the way to a module that the author wrote. */
function ownCall(names: readonly string[], sources: Sources): SourceBlock | undefined {
  let found: SourceBlock | undefined;
  for (const [at, name] of names.entries()) {
    const caller = sources.moduleAt(names.slice(0, at));
    if (caller?.isOwn !== true) return found;
    found = caller.blocks.get(`module ${name}`) ?? found;
  }
  return found;
}
