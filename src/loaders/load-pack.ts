import type { Diagnostic, Loaded, Position } from "../core/diagnostic.js";
import type { Pack } from "../core/formats/pack.js";
import type { Rule } from "../core/formats/rule.js";
import type { Plugins } from "../core/plugins.js";
import { checkIds } from "./check-ids.js";
import { checkRuleName } from "./check-names.js";
import type { Fault, Path } from "./diagnostics/fault.js";
import { locateFaults, tidy } from "./schema/locate-faults.js";
import { readDocument } from "./read-document.js";
import type { WrittenDocument } from "./read-document.js";
import { keysOf, member } from "./diagnostics/schema-error.js";

/** A pack that a person wrote, and where: `at` is its id's key. */
export type LocatedPack = { readonly pack: Pack; readonly file: string; readonly at: Position };

/** What a pack is checked against: what ships, and a person's own rules. */
export type PackContext = {
  readonly plugins: Pick<Plugins, "rules" | "packs">;
  readonly rules?: readonly Rule[];
};

/** Loads a pack; its names and patterns must each find a rule. Or tells every problem. Never throws. */
export async function loadPack(
  file: string,
  { plugins, rules = [] }: PackContext,
): Promise<Loaded<LocatedPack>> {
  const { diagnostics, document } = await readDocument(file, "pack");
  if (document === undefined) return { ok: false, diagnostics };
  const known = [...(await plugins.rules()), ...rules];
  const names = namesIn(document.written).flatMap(({ name, path }) => checkPackName(name, path, known));
  const shipped = new Set((await plugins.packs()).map(({ id }) => id));
  const problems = [
    ...diagnostics,
    ...locateFaults(names, document.source, document.places),
    ...checkPackId(document, shipped),
  ];
  if (problems.length > 0 || document.valid === undefined) return { ok: false, diagnostics: tidy(problems) };
  return { ok: true, value: { pack: document.valid, file, at: document.places.ofKey(["id"]) } };
}

function checkPackId(
  { written, source, places }: WrittenDocument<Pack>,
  shipped: ReadonlySet<string>,
): readonly Diagnostic[] {
  const id = member(written, "id");
  return typeof id === "string"
    ? checkIds([{ id, source, at: places.ofValue(["id"]) }], { shipped, noun: "pack" })
    : [];
}

type WrittenName = { readonly name: string; readonly path: Path };

function namesIn(written: unknown): readonly WrittenName[] {
  const controls = member(written, "controls");
  return [
    ...namesAt(written, []),
    ...keysOf(controls).flatMap((control) => namesAt(member(controls, control), ["controls", control])),
  ];
}

function namesAt(holder: unknown, path: Path): readonly WrittenName[] {
  const rules = member(holder, "rules");
  const items: readonly unknown[] = Array.isArray(rules) ? rules : [];
  return items.flatMap((name, index) =>
    typeof name === "string" && name !== "" ? [{ name, path: [...path, "rules", index] }] : [],
  );
}

function checkPackName(name: string, path: Path, known: readonly Rule[]): readonly Fault[] {
  const fault = checkRuleName(
    name,
    path,
    known.filter(({ template }) => template !== true),
  );
  if (fault === undefined) return [];
  const isTemplate = known.some(({ id, template }) => id === name && template === true);
  if (!isTemplate) return [fault];
  return [
    {
      path,
      at: "value",
      code: "template-in-pack",
      message: `${name} is a template: it needs options, which a pack cannot give`,
      hint: "use it in a config",
    },
  ];
}
