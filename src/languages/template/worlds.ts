/** How one undecided thing is decided in a world. */
export type Choice =
  | { readonly kind: "value"; readonly value: string; readonly words: string }
  /** None of these texts. */
  | { readonly kind: "other"; readonly not: readonly string[]; readonly words: string }
  | { readonly kind: "truth"; readonly value: boolean; readonly words: string };

/** What one run through a set of templates knows of its world, and what it would have liked to know. */
export class Session {
  /** Undecided things that mattered, in the order in which they were met. */
  readonly demands = new Map<string, readonly Choice[]>();
  /** Whether what is evaluated matters to anybody: only then is it worth a world. */
  isRecording = true;
  #steps = 0;

  constructor(
    readonly choices: ReadonlyMap<string, Choice>,
    readonly mostSteps = 500_000,
  ) {}

  /** Counts one step of work; false once there were too many, and then for ever. */
  step(): boolean {
    this.#steps += 1;
    return this.#steps <= this.mostSteps;
  }

  /** Whether the work was cut short. */
  get isExhausted(): boolean {
    return this.#steps > this.mostSteps;
  }

  /** How something is decided here; where it is not, it is asked for. */
  choose(key: string, alternatives: () => readonly Choice[]): Choice | undefined {
    const chosen = this.choices.get(key);
    if (chosen !== undefined || !this.isRecording || this.demands.has(key)) return chosen;
    const ways = alternatives();
    if (ways.length > 0) this.demands.set(key, ways);
    return undefined;
  }
}

/** One way to decide what is undecided, and what comes of it. */
export type Explored<T> = { readonly given: readonly string[]; readonly result: T };

type Branch<T> = { readonly session: Session; readonly result: T };

/**
 * Runs once for each way to decide what turns out to matter, all ways together at most `most`. What would make more stays
 * undecided in all of them. Deterministic, and the order in which demands arise does not change which worlds there are.
 */
export function exploreWorlds<T>(run: (session: Session) => T, most = 16): readonly Explored<T>[] {
  const start = (choices: ReadonlyMap<string, Choice>): Branch<T> => {
    const session = new Session(choices);
    return { session, result: run(session) };
  };
  let branches = [start(new Map())];
  const refused = new Set<string>();
  for (let key = nextDemand(branches, refused); key !== undefined; key = nextDemand(branches, refused)) {
    const demanded = key;
    const waysOf = ({ session }: Branch<T>): number => session.demands.get(demanded)?.length ?? 1;
    const total = branches.reduce((sum, branch) => sum + waysOf(branch), 0);
    if (total > most) refused.add(demanded);
    else
      branches = branches.flatMap((branch) =>
        branch.session.demands.has(demanded) ? split(branch, demanded).map(start) : [branch],
      );
  }
  return branches.map(({ session, result }) => ({
    given: [...session.choices.values()].map(({ words }) => words),
    result,
  }));
}

function nextDemand<T>(branches: readonly Branch<T>[], refused: ReadonlySet<string>): string | undefined {
  if (branches.some(({ session }) => session.isExhausted)) return undefined;
  for (const { session } of branches)
    for (const key of session.demands.keys()) if (!refused.has(key)) return key;
  return undefined;
}

function split<T>({ session }: Branch<T>, key: string): readonly ReadonlyMap<string, Choice>[] {
  const ways = session.demands.get(key) ?? [];
  return ways.map((way) => new Map([...session.choices, [key, way]]));
}
