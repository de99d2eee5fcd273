import { glob, globPieces } from "../../languages/glob.js";
import { all, definitely, undocumented, YES } from "../../languages/partial-record/kleene.js";
import type { Outcome } from "../../languages/partial-record/kleene.js";
import { memberOf, viewOf } from "../../languages/partial-record/partial-record.js";
import type { PartialValue } from "../../languages/partial-record/partial-record.js";
import { joinProbes, NO_PROBE, rememberProbe } from "../../languages/partial-record/choices.js";
import { weightOf } from "../../languages/partial-record/search.js";
import type { Question } from "../../languages/partial-record/search.js";
import { compileText } from "../../languages/text-automaton.js";
import { rememberByObject } from "../../shared/remember.js";

/** A row of questions that was asked before, and the longer rows that begin so. */
type Row = { joint?: Question; readonly next: (question: Question) => Row };

const startRow = newRow();

function newRow(): Row {
  return { next: rememberByObject(newRow) };
}

/** Whether all of several questions say yes: an event passes them one after the other. The same questions make the same one, so that it is answered once. */
export function allQuestions(questions: readonly Question[]): Question {
  const [only] = questions;
  if (only !== undefined && questions.length === 1) return only;
  const row = questions.reduce((before, question) => before.next(question), startRow);
  return (row.joint ??= {
    outcome: (record) => all(questions, (question) => question.outcome(record)),
    probe: rememberProbe((path) => joinProbes(questions.map((question) => question.probe(path)))),
    weight: weightOf(questions),
  });
}

/** A question that is answered beforehand: yes of everything, or not known of anything. */
export function constantQuestion(answer: "yes" | { readonly unknown: string }): Question {
  const outcome: Outcome = answer === "yes" ? { kind: "yes" } : undocumented(answer.unknown);
  return { outcome: () => outcome, probe: () => NO_PROBE };
}

/** Whether the text at a path is none of these. */
export function isNone(path: readonly string[], texts: ReadonlySet<string>): Question {
  const shapes = [...texts].flatMap((text) => compileText([globPieces(glob([text]))]) ?? []);
  return {
    outcome: (record) => {
      const found = scalarAt(record, path);
      return found.kind === "open"
        ? found
        : definitely(typeof found.value !== "string" || !texts.has(found.value));
    },
    probe: (at) =>
      at.length < path.length ? { ...NO_PROBE, members: true } : { ...NO_PROBE, texts: shapes },
  };
}

/** What stands at a path: a scalar, nothing (undefined; lists and objects count as nothing), or what is not fixed yet. */
export function scalarAt(
  record: PartialValue,
  path: readonly string[],
):
  | Extract<Outcome, { readonly kind: "open" }>
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null | undefined } {
  let value = record;
  for (const [depth, key] of path.entries()) {
    const inner = memberOf(value, key);
    if (inner === undefined) return { kind: "open", at: path.slice(0, depth) };
    value = inner;
  }
  const view = viewOf(value);
  if (view.kind === "open") return { kind: "open", at: path };
  return { kind: "scalar", value: view.kind === "scalar" ? view.value : undefined };
}

/** The same question for a search that only wants one event that is missed: once it is found, the rest counts as matched, so that the search ends there. For one search each. */
export function untilMissed(question: Question): Question {
  let isFound = false;
  return {
    outcome: (record) => {
      if (isFound) return YES;
      const outcome = question.outcome(record);
      isFound = outcome.kind === "no";
      return outcome;
    },
    probe: (path) => question.probe(path),
    weight: weightOf([question]),
  };
}
