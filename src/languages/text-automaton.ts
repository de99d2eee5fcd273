/** A set of characters (UTF-16 units). `named` are the ones it singles out; any other it treats by ASCII class alone. */
export type CharSet = { readonly named: string; has(char: string): boolean };

/** One piece of a text shape: a set read `min` to `max` times. */
export type Piece = { readonly set: CharSet; readonly min: number; readonly max: number };

/** A non-deterministic automaton: from each state the moves that read a character, and the `skips` that read none. */
export type Automaton = {
  readonly start: States;
  readonly accepting: ReadonlySet<number>;
  readonly moves: readonly (readonly Move[])[];
  readonly skips: readonly (readonly number[])[];
};
/** States that the automaton may be in at once. */
export type States = ReadonlySet<number>;
type Move = { readonly set: CharSet; readonly to: number };

/** Every character. */
export const ANY_CHAR: CharSet = { named: "", has: () => true };
/** Any run of characters, the empty one too. */
export const ANY_RUN: Piece = { set: ANY_CHAR, min: 0, max: Infinity };

const MOST_STATES = 4000;

/** Compiles alternatives, each a sequence of pieces; undefined when that takes more than 4000 states. */
export function compileText(alternatives: readonly (readonly Piece[])[]): Automaton | undefined {
  const build: Build = { moves: [[]], skips: [[]] };
  const ends = new Set<number>();
  const starts: number[] = [];
  for (const pieces of alternatives) {
    starts.push(build.moves.length - 1);
    for (const piece of pieces) {
      if (build.moves.length + copies(piece) > MOST_STATES) return undefined;
      append(build, piece);
    }
    ends.add(build.moves.length - 1);
    addState(build);
  }
  return { ...build, start: withSkips(build.skips, new Set(starts)), accepting: ends };
}

/** The states reached by one character; each move is looked at once. */
export function step({ moves, skips }: Automaton, states: States, char: string): States {
  const next = new Set<number>();
  for (const state of states) {
    for (const { set, to } of moves[state] ?? []) if (set.has(char)) next.add(to);
  }
  return withSkips(skips, next);
}

/** Whether one of these states ends a text of the language. */
export function accepts({ accepting }: Automaton, states: States): boolean {
  return [...states].some((state) => accepting.has(state));
}

/** Whether the whole text is in the language; time is text length × moves. */
export function runsThrough(automaton: Automaton, text: string): boolean {
  let states = automaton.start;
  for (let at = 0; at < text.length && states.size > 0; at += 1)
    states = step(automaton, states, text.charAt(at));
  return accepts(automaton, states);
}

type Build = { readonly moves: Move[][]; readonly skips: number[][] };

function copies({ min, max }: Piece): number {
  return max === Infinity ? min + 1 : max;
}

function addState({ moves, skips }: Build): number {
  skips.push([]);
  return moves.push([]) - 1;
}

function append(build: Build, { set, min, max }: Piece): void {
  for (let count = 0; count < min; count += 1) advance(build, set);
  if (max === Infinity) {
    const last = build.moves.length - 1;
    const loop = addState(build);
    build.skips[last]?.push(loop);
    build.moves[loop]?.push({ set, to: loop });
    return;
  }
  for (let count = min; count < max; count += 1) {
    const before = build.moves.length - 1;
    build.skips[before]?.push(advance(build, set));
  }
}

function advance(build: Build, set: CharSet): number {
  const from = build.moves.length - 1;
  const to = addState(build);
  build.moves[from]?.push({ set, to });
  return to;
}

// A set's iteration also visits what is added on the way.
function withSkips(skips: Automaton["skips"], states: Set<number>): States {
  for (const state of states) for (const to of skips[state] ?? []) states.add(to);
  return states;
}
