import type { Automaton, CharSet, States } from "./text-automaton.js";
import { accepts, runsThrough, step } from "./text-automaton.js";

/** One text for each way in which texts of a language can answer a set of tests. */
export type TextClasses = {
  readonly texts: readonly string[];
  /** False when there may be a way that no text here stands for. */
  readonly complete: boolean;
};

const MOST_STATES_SEEN = 3000;
// ASCII stands for the classes \d \w \s, "é" for every other character that no test names.
const POOL = `xX0 _-./:@\t${asciiFrom("!", "~")}é`;

/** Walks the product of all automata breadth first, so each text is a shortest one; `examples` of the language come first. */
export function textClasses(
  language: Automaton,
  tests: readonly Automaton[],
  examples: readonly string[] = [],
): TextClasses {
  const texts = new Map<string, string>();
  const all = [language, ...tests];
  for (const example of examples) {
    if (runsThrough(language, example))
      keep(texts, tests.map((test) => runsThrough(test, example)).join(), example);
  }
  const alphabet = alphabetOf(all);
  const walks = all.map((automaton) => walkOf(automaton, alphabet));
  const start: Reached = { text: "", at: all.map(() => START) };
  const seen = new Set([start.at.join()]);
  const queue = [start];
  for (const { text, at } of queue) {
    const places = walks.flatMap((walk, index) => walk(at[index] ?? START) ?? []);
    const [isOwn, ...answers] = places.map((place) => place.accepts);
    if (isOwn === true) keep(texts, answers.join(), text);
    for (const { char, next } of onward(places, alphabet)) {
      const key = next.join();
      if (seen.has(key)) continue;
      if (seen.size >= MOST_STATES_SEEN) return { texts: [...texts.values()], complete: false };
      seen.add(key);
      queue.push({ text: text + char, at: next });
    }
  }
  return { texts: [...texts.values()], complete: true };
}

/** Where each letter leads that the language allows; most lead where the first does, and need not be looked at again. */
function onward(
  places: readonly Place[],
  alphabet: readonly string[],
): readonly { readonly char: string; readonly next: readonly number[] }[] {
  const telling = places.filter(({ tells }) => tells);
  return alphabet.flatMap((char, letter) => {
    const isNew = letter === 0 || telling.some(({ next }) => next[letter] !== next[0]);
    return isNew && places[0]?.ends[letter] !== true
      ? [{ char, next: places.map(({ next }) => next[letter] ?? START) }]
      : [];
  });
}

/** A text, and where it leads each automaton. */
type Reached = { readonly text: string; readonly at: readonly number[] };

/** All the states that an automaton may be in at once: whether a text may end here, and by letter, where it goes on and whether it cannot; whether it tells letters apart. */
type Place = {
  readonly accepts: boolean;
  readonly next: readonly number[];
  readonly ends: readonly boolean[];
  readonly tells: boolean;
};

const START = 0;

/** The places of an automaton by their numbers, each worked out when it is first come to. */
function walkOf(automaton: Automaton, alphabet: readonly string[]): (at: number) => Place | undefined {
  const numbers = new Map<string, number>();
  const reached: States[] = [];
  const places: Place[] = [];
  const numberOf = (states: States): number => {
    const key = states.size < 2 ? [...states].join() : [...states].sort((a, b) => a - b).join();
    const number = numbers.get(key) ?? reached.push(states) - 1;
    numbers.set(key, number);
    return number;
  };
  const placeOf = (states: States): Place => {
    const read = stepsFrom(automaton, states, alphabet);
    const next = read.map(numberOf);
    return {
      accepts: accepts(automaton, states),
      next,
      ends: read.map(({ size }) => size === 0),
      tells: next.some((number) => number !== next[0]),
    };
  };
  numberOf(automaton.start);
  return (at) => {
    const states = reached[at];
    return states === undefined ? undefined : (places[at] ??= placeOf(states));
  };
}

const NOWHERE: States = new Set();

// Most places of a plain text read one letter only.
function stepsFrom(automaton: Automaton, states: States, alphabet: readonly string[]): readonly States[] {
  const sets = [...states].flatMap((state) => (automaton.moves[state] ?? []).map(({ set }) => set));
  return alphabet.map((char) =>
    sets.some((set) => set.has(char)) ? step(automaton, states, char) : NOWHERE,
  );
}

function keep(texts: Map<string, string>, answers: string, text: string): void {
  if (!texts.has(answers)) texts.set(answers, text);
}

/** One character for each way in which the sets tell characters apart. */
function alphabetOf(automata: readonly Automaton[]): readonly string[] {
  const sets = new Set<CharSet>(
    automata.flatMap(({ moves }) => moves.flatMap((out) => out.map(({ set }) => set))),
  );
  const distinct = [...sets];
  const named = distinct.map((set) => set.named).join("");
  const characters = new Map<string, string>();
  for (const char of new Set([...POOL.split(""), ...named.split("")])) {
    keep(characters, distinct.map((set) => (set.has(char) ? "1" : "0")).join(""), char);
  }
  return [...characters.values()];
}

function asciiFrom(first: string, last: string): string {
  const codes: number[] = [];
  for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1) codes.push(code);
  return String.fromCharCode(...codes);
}
