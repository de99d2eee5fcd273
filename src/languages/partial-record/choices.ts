import { ANY_CHAR, ANY_RUN, compileText, type Automaton } from "../text-automaton.js";
import { glob, globPieces } from "../glob.js";
import {
  ABSENT,
  ANYTHING,
  anyText,
  exactly,
  partialList,
  partialRecord,
  type PartialValue,
  type Path,
} from "./partial-record.js";
import { textClasses, type TextClasses } from "../text-classes.js";
import { greatest } from "../../shared/many.js";

/** What a pattern can ask about one place of a record. */
export type Probe = {
  /** The shapes that texts there are compared with. */
  readonly texts: readonly Automaton[];
  /** Texts worth trying besides, such as the borders of address ranges. */
  readonly samples: readonly string[];
  /** Whether some shape was too large to look at. */
  readonly tooLarge: boolean;
  /** The borders that numbers there are compared with. */
  readonly numbers: readonly number[];
  /** Whether the pattern also looks below this place, at members. */
  readonly members: boolean;
  /** The longest list worth trying there; 0 when lists cannot matter. */
  readonly longestList: number;
};

/** Narrower values that together stand for every way in which an open value can answer the probe. */
export type Choices = { readonly options: readonly PartialValue[]; readonly complete: boolean };

/** A probe that asks nothing. */
export const NO_PROBE: Probe = {
  texts: [],
  samples: [],
  tooLarge: false,
  numbers: [],
  members: false,
  longestList: 0,
};

/** A probe that is worked out once for each place. The same shapes then are the same objects, for which texts are told apart once. */
export function rememberProbe(probe: (path: Path) => Probe): (path: Path) => Probe {
  const known = new Map<string, Probe>();
  return (path) => {
    const key = JSON.stringify(path);
    const before = known.get(key) ?? probe(path);
    known.set(key, before);
    return before;
  };
}

/** Asks everything that either probe asks. */
export function joinProbes(probes: readonly Probe[]): Probe {
  return {
    texts: probes.flatMap(({ texts }) => texts),
    samples: probes.flatMap(({ samples }) => samples),
    tooLarge: probes.some(({ tooLarge }) => tooLarge),
    numbers: probes.flatMap(({ numbers }) => numbers),
    members: probes.some(({ members }) => members),
    longestList: greatest(
      probes.map(({ longestList }) => longestList),
      0,
    ),
  };
}

/** Splits an open value. The simplest come first, so that witnesses stay small. */
export function choicesOf(open: PartialValue, probe: Probe): Choices {
  if (open.kind === "either") return { options: open.options, complete: true };
  if (open.kind === "text") return textChoices(open, probe);
  if (open.kind === "anything") return anyChoices(probe);
  return { options: [open], complete: true };
}

type OpenText = Extract<PartialValue, { readonly kind: "text" }>;

function textChoices(open: OpenText, probe: Probe): Choices {
  const classes = classesOf(open, probe.texts);
  if (classes === undefined) return { options: [exactly(`${open.prefix}x${open.suffix}`)], complete: false };
  const { texts, complete } = classes;
  const samples = probe.samples.filter((sample) => isOfShape(open, sample));
  // Samples are tried as they are: how they combine with shapes is not looked at.
  const isExact = !probe.tooLarge && (probe.samples.length === 0 || probe.texts.length === 0);
  return { options: [...texts, ...samples].map(exactly), complete: complete && isExact };
}

/** What one row of tests tells apart, by the texts that were asked about; the next test leads on to a longer row. */
type Row = { readonly next: WeakMap<Automaton, Row>; readonly classes: Map<string, TextClasses | undefined> };

// The same few shapes are asked of the same places of many records. What is known goes with the patterns that asked.
const rows = new WeakMap<Automaton, Row>();

function classesOf(open: OpenText, texts: readonly Automaton[]): TextClasses | undefined {
  const tests = [...new Set(texts)];
  const [first, ...others] = tests;
  if (first === undefined) return compareTexts(open, []);
  const { classes } = others.reduce((row, test) => rowOf(row.next, test), rowOf(rows, first));
  const key = JSON.stringify([open.prefix, open.suffix, open.examples]);
  if (!classes.has(key)) classes.set(key, compareTexts(open, tests));
  return classes.get(key);
}

function rowOf(known: WeakMap<Automaton, Row>, test: Automaton): Row {
  const row = known.get(test) ?? { next: new WeakMap(), classes: new Map() };
  known.set(test, row);
  return row;
}

function compareTexts(
  { prefix, suffix, examples }: OpenText,
  tests: readonly Automaton[],
): TextClasses | undefined {
  const edge = (text: string) => globPieces(glob([text]));
  const language = compileText([
    [...edge(prefix), { set: ANY_CHAR, min: 1, max: 1 }, ANY_RUN, ...edge(suffix)],
  ]);
  return language === undefined ? undefined : textClasses(language, tests, examples);
}

function isOfShape(
  { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
  text: string,
): boolean {
  return text.length > prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix);
}

// A value that answers no to everything comes first, then what can only answer yes more often. Lists of lists and
// longer lists can add no answer: every test holds for a list when it holds for one element.
function anyChoices(probe: Probe): Choices {
  const texts = choicesOf(anyText(), probe);
  const lists = Array.from({ length: probe.longestList }, (_, at) =>
    partialList(...Array.from({ length: at + 1 }, () => ANYTHING)),
  );
  const members = probe.members ? [partialRecord({})] : [];
  const scalars = ["", ...numberChoices(probe.numbers), true, false, null].map(exactly);
  return {
    options: [ABSENT, ...texts.options, ...members, ...scalars, exactly({}), ...lists],
    complete: texts.complete,
  };
}

/** Each border, a number between each two, and one beyond each end. */
function numberChoices(borders: readonly number[]): readonly number[] {
  const sorted = [...new Set(borders)].sort((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [1];
  const between = sorted.slice(1).map((border, at) => border / 2 + (sorted[at] ?? border) / 2);
  return [below(first), ...sorted, ...between, -below(-last)].filter(Number.isFinite);
}

// Subtracting 1 from a large double may change nothing.
function below(border: number): number {
  return border - Math.max(1, Math.abs(border) / 2);
}
