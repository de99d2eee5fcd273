import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import type { Waivers } from "../core/formats/waivers.js";
import type { Rule } from "../core/rule.js";
import type { LocatedWaiver, Waiver } from "../core/waiver.js";
import { isDay } from "../shared/calendar.js";
import { checkRuleName } from "./check-names.js";
import { checkRegion } from "./config/check-regions.js";
import { show } from "./diagnostics/describe.js";
import type { Fault, Path } from "./diagnostics/fault.js";
import { locateFaults, tidy } from "./schema/locate-faults.js";
import { checkDocument, readDocument } from "./read-document.js";
import type { Reading } from "./read-document.js";
import { isRecord, member } from "./diagnostics/schema-error.js";
import { sourceText } from "./diagnostics/source-text.js";

/** What waivers are checked against: every known rule; without it, any rule's name is accepted. */
export type WaiverContext = { readonly rules?: readonly Rule[] };

/** Loads a file of waivers; or tells every problem. Whether they have expired is not looked at. Never throws. */
export async function loadWaivers(
  file: string,
  context: WaiverContext = {},
): Promise<Loaded<readonly LocatedWaiver[]>> {
  return finish(await readDocument(file, "waivers"), context);
}

/** Takes a text as a file of waivers; `file` is the name that diagnostics give it. */
export async function parseWaivers(
  text: string,
  file: string,
  context: WaiverContext = {},
): Promise<Loaded<readonly LocatedWaiver[]>> {
  return finish(await checkDocument(sourceText(file, text), "waivers"), context);
}

function finish(
  { file, diagnostics, document }: Reading<Waivers>,
  { rules }: WaiverContext,
): Loaded<readonly LocatedWaiver[]> {
  if (document === undefined) return { ok: false, diagnostics };
  const faults = entriesOf(document.written).flatMap((entry, index) =>
    checkEntry(entry, ["waivers", index], rules),
  );
  // Of two words on one place the first is told, and ours on days say more than a pattern's.
  const problems: readonly Diagnostic[] = [
    ...locateFaults(faults, document.source, document.places),
    ...diagnostics,
  ];
  if (problems.length > 0 || document.valid === undefined) return { ok: false, diagnostics: tidy(problems) };
  return {
    ok: true,
    value: document.valid.waivers.map((waiver: Waiver, index) => ({
      waiver,
      file,
      at: document.places.ofValue(["waivers", index]),
    })),
  };
}

function entriesOf(written: unknown): readonly unknown[] {
  const waivers = member(written, "waivers");
  return Array.isArray(waivers) ? waivers : [];
}

// Looks at what is there, whatever its shape: the schema has told of the rest.
function checkEntry(entry: unknown, path: Path, rules: readonly Rule[] | undefined): readonly Fault[] {
  if (!isRecord(entry)) return [];
  const { rule, region, expires } = entry;
  return [
    typeof rule === "string" && rule !== "" && rules !== undefined
      ? checkRuleName(rule, [...path, "rule"], rules)
      : undefined,
    typeof region === "string" && region !== "" && region !== "global"
      ? checkRegion(region, [...path, "region"])
      : undefined,
    typeof expires === "string" && !isDay(expires) ? noDay(expires, [...path, "expires"]) : undefined,
  ].flatMap((fault) => fault ?? []);
}

function noDay(text: string, path: Path): Fault {
  return {
    path,
    at: "value",
    code: "bad-value",
    message: `expires: ${show(text)} is not a day of the calendar`,
    hint: "write the last day on which it holds as YYYY-MM-DD, such as 2026-12-31",
  };
}
