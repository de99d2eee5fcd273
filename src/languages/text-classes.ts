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
export function textClasses(language: Automaton, tests: readonly Automaton[], examples: readonly string[] = []): TextClasses {
  const texts = new Map<string, string>();
  const all = [language, ...tests];
  for (const example of examples) {
    if (runsThrough(language, example)) keep(texts, tests.map((test) => runsThrough(test, example)).join(), example);
  }
  const alphabet = alphabetOf(all);
  const start: Reached = { text: "", states: all.map((automaton) => automaton.start) };
  const seen = new Set([keyOf(start)]);
  const queue = [start];
  for (const reached of queue) {
    const [own = NOWHERE, ...theirs] = reached.states;
    if (accepts(language, own)) keep(texts, tests.map((test, at) => accepts(test, theirs[at] ?? NOWHERE)).join(), reached.text);
    for (const char of alphabet) {
      const next = { text: reached.text + char, states: all.map((automaton, at) => step(automaton, reached.states[at] ?? NOWHERE, char)) };
      if (next.states[0]?.size === 0) continue;
      const key = keyOf(next);
      if (seen.has(key)) continue;
      if (seen.size >= MOST_STATES_SEEN) return { texts: [...texts.values()], complete: false };
      seen.add(key);
      queue.push(next);
    }
  }
  return { texts: [...texts.values()], complete: true };
}

type Reached = { readonly text: string; readonly states: readonly States[] };

const NOWHERE: States = new Set();

function keyOf({ states }: Reached): string {
  return states.map((set) => (set.size > 1 ? [...set].sort((a, b) => a - b) : [...set]).join()).join(";");
}

function keep(texts: Map<string, string>, answers: string, text: string): void {
  if (!texts.has(answers)) texts.set(answers, text);
}

/** One character for each way in which the sets tell characters apart. */
function alphabetOf(automata: readonly Automaton[]): readonly string[] {
  const sets = new Set<CharSet>(automata.flatMap(({ moves }) => moves.flatMap((out) => out.map(({ set }) => set))));
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
