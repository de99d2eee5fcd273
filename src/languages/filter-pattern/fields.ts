import type { Condition, FieldSlot } from "./ast.js";
import { compareField } from "./values.js";
import { all, any, NO, undocumented, YES, type Outcome } from "../partial-record/kleene.js";

/** Whether a line of the log has the fields of a space-delimited pattern. */
export function outcomeOnFields(slots: readonly FieldSlot[], line: string): Outcome {
  const fields = splitFields(line);
  const rest = slots.findIndex(({ kind }) => kind === "rest");
  const named = slots.filter((slot) => slot.kind === "field");
  if (fields.length < named.length) return NO;
  // Behind "..." the fields count from the line's end.
  const positionOf = (at: number) => (rest >= 0 && at >= rest ? fields.length - named.length + at : at);
  const values = new Map(named.map(({ name }, at) => [name, fields[positionOf(at)] ?? ""]));
  const outcome = all(named, ({ condition }) =>
    condition === undefined ? YES : outcomeOfCondition(condition, values),
  );
  if (rest >= 0 || fields.length === named.length || outcome.kind === "no") return outcome;
  return undocumented("AWS does not document a line with more fields than the pattern has");
}

function outcomeOfCondition(condition: Condition<string>, values: ReadonlyMap<string, string>): Outcome {
  if (condition.kind === "and") return all(condition.parts, (part) => outcomeOfCondition(part, values));
  if (condition.kind === "or") return any(condition.parts, (part) => outcomeOfCondition(part, values));
  const found = values.get(condition.place);
  if (condition.kind !== "compare")
    return undocumented("AWS documents IS and NOT EXISTS for JSON patterns only");
  if (condition.doubt !== undefined) return undocumented(condition.doubt);
  return found === undefined
    ? undocumented(`no field is named ${condition.place}`)
    : compareField(condition, found);
}

/** Fields are divided by spaces; what stands in [ ] or in quotes is one field. */
function splitFields(line: string): readonly string[] {
  return (line.match(/\[[^\]]*\]|"[^"]*"|\S+/g) ?? []).map((field) =>
    /^\[.*\]$|^".+"$/s.test(field) ? field.slice(1, -1) : field,
  );
}
