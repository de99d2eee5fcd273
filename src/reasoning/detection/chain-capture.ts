import { admits } from "../../languages/event-selector/event-selector.js";
import type { Condition, Selector, SelectorField } from "../../languages/event-selector/event-selector.js";
import { glob, globPieces } from "../../languages/glob.js";
import type { Glob } from "../../languages/glob.js";
import { all, any, definitely, undocumented, YES } from "../../languages/partial-record/kleene.js";
import type { Outcome } from "../../languages/partial-record/kleene.js";
import type { PartialValue, Path } from "../../languages/partial-record/partial-record.js";
import { joinProbes, NO_PROBE, rememberProbe } from "../../languages/partial-record/choices.js";
import type { Probe } from "../../languages/partial-record/choices.js";
import type { Question } from "../../languages/partial-record/search.js";
import { compileText } from "../../languages/text-automaton.js";
import type { Sink } from "../capture/sink.js";
import { scalarAt } from "./chain-question.js";

/** Whether the selectors of a sink take a record of a management event, as a question about the record. */
export function captureQuestion({
  selectors,
  selectorsUnread,
}: Pick<Sink, "selectors" | "selectorsUnread">): Question {
  const conditions = selectors.flatMap((selector) => selector.conditions);
  return {
    outcome: (record) => {
      const outcome = any(selectors, (selector) => outcomeOfSelector(selector, record));
      return outcome.kind === "unknown" && selectorsUnread !== undefined
        ? undocumented(selectorsUnread.because)
        : outcome;
    },
    probe: rememberProbe((path) =>
      joinProbes([NO_PROBE, ...conditions.map((condition) => probeAt(condition, path))]),
    ),
  };
}

function outcomeOfSelector({ conditions, undecidable }: Selector, record: PartialValue): Outcome {
  const doubt =
    undecidable.length === 0
      ? YES
      : undocumented(`its selectors are not fully understood: ${undecidable.join("; ")}`);
  return all(
    [...conditions.map((condition) => () => outcomeOfCondition(condition, record)), () => doubt],
    (ask) => ask(),
  );
}

const paths = {
  eventCategory: ["eventCategory"],
  eventType: ["eventType"],
  eventSource: ["eventSource"],
  eventName: ["eventName"],
  readOnly: ["readOnly"],
  "userIdentity.arn": ["userIdentity", "arn"],
  sessionCredentialFromConsole: ["sessionCredentialFromConsole"],
  errorCode: ["errorCode"],
  vpcEndpointId: ["vpcEndpointId"],
  // Selectors compare resources of data events only.
  "resources.type": undefined,
  "resources.ARN": undefined,
} as const satisfies Record<SelectorField, readonly string[] | undefined>;

function outcomeOfCondition(condition: Condition, record: PartialValue): Outcome {
  const path = paths[condition.field];
  const found = path === undefined ? ({ kind: "scalar", value: undefined } as const) : scalarAt(record, path);
  if (found.kind === "open") return found;
  const { value } = found;
  if (condition.field === "readOnly" && value === undefined)
    return undocumented("the record does not say whether it reads");
  return definitely(admits(condition, value === undefined || value === null ? undefined : value.toString()));
}

function probeAt(condition: Condition, path: Path): Probe {
  const own = paths[condition.field];
  if (own === undefined || !path.every((step, at) => own[at] === step)) return NO_PROBE;
  if (path.length < own.length) return { ...NO_PROBE, members: true };
  const texts = shapesOf(condition).map((shape) => compileText([globPieces(shape)]));
  return {
    ...NO_PROBE,
    texts: texts.filter((text) => text !== undefined),
    tooLarge: texts.includes(undefined),
  };
}

function shapesOf({
  Equals,
  NotEquals,
  StartsWith,
  NotStartsWith,
  EndsWith,
  NotEndsWith,
}: Condition): readonly Glob[] {
  return [
    ...[...Equals, ...NotEquals].map((text) => glob([text])),
    ...[...StartsWith, ...NotStartsWith].map((text) => glob([text, ""])),
    ...[...EndsWith, ...NotEndsWith].map((text) => glob(["", text])),
  ];
}
