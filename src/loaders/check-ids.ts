import type { Diagnostic, Position } from "../core/diagnostic.js";
import { groupBy } from "../shared/group-by.js";
import { diagnose } from "./diagnostics/source-text.js";
import type { SourceText } from "./diagnostics/source-text.js";

/** An id that a person gave, and where. */
export type WrittenId = { readonly id: string; readonly source: SourceText; readonly at: Position };

/** What ids are compared with: those that ship, and the word for what they name. */
export type IdContext = { readonly shipped: ReadonlySet<string>; readonly noun: string };

/** Reports every place of an id that is given twice, or that something built in already has. */
export function checkIds(ids: readonly WrittenId[], context: IdContext): readonly Diagnostic[] {
  return [...groupBy(ids, ({ id }) => id).values()].flatMap((group) => checkGroup(group, context));
}

function checkGroup(group: readonly WrittenId[], { shipped, noun }: IdContext): readonly Diagnostic[] {
  return group.flatMap((written, index) => {
    const { id, source, at } = written;
    if (shipped.has(id))
      return [
        diagnose(
          source,
          {
            code: "built-in-id",
            message: `id: "${id}" is the id of a built-in ${noun}`,
            hint: `choose another id${noun === "rule" ? "; overrides in the config change a built-in rule" : ""}`,
          },
          at,
        ),
      ];
    const other = group[index === 0 ? 1 : 0];
    if (other === undefined) return [];
    return [
      diagnose(
        source,
        {
          code: "duplicate-id",
          message: `id: "${id}" is given to two ${noun}s`,
          hint: `the other is at ${sayPlace(other)}`,
        },
        at,
      ),
    ];
  });
}

function sayPlace({ source, at }: WrittenId): string {
  return `${source.file}:${at.line.toString()}:${at.column.toString()}`;
}
