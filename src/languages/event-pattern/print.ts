import type { EventPattern, PatternEntry } from "./event-pattern.js";
import type { NumberText, TextTest, ValueTest } from "./tests.js";

/** Writes a pattern as JSON without spaces; parsing it gives the same pattern. */
export function printEventPattern({ entries }: EventPattern): string {
  return printEntries(entries);
}

/** Writes one entry of a leaf as JSON. */
export function printTest(test: ValueTest): string {
  switch (test.kind) {
    case "equals":
      return test.operator === undefined
        ? JSON.stringify(test.value)
        : `{"exactly":${JSON.stringify(test.value)}}`;
    case "number":
      return test.number.text;
    case "text":
      return printText(test.test);
    case "anything-but":
      return `{"anything-but":${printList(test.values.map(printValue), test.single)}}`;
    case "anything-but-text":
      return `{"anything-but":{"${test.tests[0]?.operator ?? "prefix"}":${printList(
        test.tests.map(({ text }) => JSON.stringify(text)),
        test.single,
      )}}}`;
    case "numeric":
      return `{"numeric":[${test.bounds.map(({ comparison, number }) => `"${comparison}",${number.text}`).join(",")}]}`;
    case "cidr":
      return `{"cidr":${JSON.stringify(test.text)}}`;
    case "exists":
      return `{"exists":${test.present}}`;
  }
}

function printEntries(entries: readonly PatternEntry[]): string {
  return `{${entries.map(printEntry).join(",")}}`;
}

function printEntry(entry: PatternEntry): string {
  if (entry.kind === "or") return `"$or":[${entry.branches.map(printEntries).join(",")}]`;
  const value =
    entry.kind === "leaf" ? `[${entry.tests.map(printTest).join(",")}]` : printEntries(entry.entries);
  return `${JSON.stringify(entry.key)}:${value}`;
}

function printText({ operator, text, folded }: TextTest): string {
  const value = JSON.stringify(text);
  return `{"${operator}":${folded ? `{"equals-ignore-case":${value}}` : value}}`;
}

function printValue(value: string | NumberText): string {
  return typeof value === "string" ? JSON.stringify(value) : value.text;
}

function printList(values: readonly string[], single: boolean): string {
  return single ? (values[0] ?? "") : `[${values.join(",")}]`;
}
