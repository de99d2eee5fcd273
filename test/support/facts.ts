import { readFileSync, readdirSync } from "node:fs";

/** A verdict about a recorded account, judged by hand. */
export type Expectation = {
  readonly id: string;
  readonly control: string;
  readonly verdict: "PASS" | "FAIL" | "WARN" | "NOT_EVALUATED" | "NOT_APPLICABLE";
  /** An ARN, a name, or "account". */
  readonly resource: string;
  readonly region: string;
  readonly uncertain?: boolean;
  readonly reason?: string;
  readonly defect?: string;
  readonly facts: readonly Fact[];
};

/** An API call with what it must answer. */
export type Fact = {
  readonly call: string;
  readonly region?: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** a.b[k=v].c[0].length; a * in v is a wildcard. */
  readonly path?: string;
  readonly is?: unknown;
  readonly has?: string;
  readonly lacks?: string;
  readonly absent?: boolean;
  readonly error?: string;
  /** An age such as 24h. */
  readonly younger?: string;
  readonly older?: string;
};

/** An answer, or the name of its error. */
export type Answer = { readonly output: object } | { readonly error: string };

const folder = new URL("aws/expected/", import.meta.url);

/** Every expectation of every recorded account. */
export function readExpectations(): readonly (Expectation & { readonly account: string })[] {
  return readdirSync(folder)
    .filter((file) => file !== "controls.json")
    .flatMap((file) => {
      const { account, expected } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
        account: string;
        expected: Expectation[];
      };
      return expected.map((expectation) => ({ ...expectation, account }));
    });
}

/** Every fact behind them. */
export function readFacts(): readonly {
  readonly id: string;
  readonly control: string;
  readonly account: string;
  readonly fact: Fact;
}[] {
  return readExpectations().flatMap(({ id, control, account, facts }) =>
    facts.map((fact) => ({ id, control, account, fact })),
  );
}

/** Whether an answer is what the fact says. */
export function holds(fact: Fact, answer: Answer): boolean {
  if ("error" in answer) return fact.error === answer.error;
  if (fact.error !== undefined) return false;
  const found = fact.path === undefined ? answer.output : valueAt(answer.output, fact.path);
  if ("is" in fact) return canonical(found) === canonical(fact.is);
  if (fact.has !== undefined)
    return Array.isArray(found) ? found.includes(fact.has) : textOf(found).includes(fact.has);
  if (fact.lacks !== undefined) return found !== undefined && !textOf(found).includes(fact.lacks);
  if (fact.absent === true) return found === undefined || found === null;
  return isOfAge(fact, Date.now() - Date.parse(textOf(found)));
}

const isOfAge = ({ younger, older = "" }: Fact, age: number): boolean =>
  younger === undefined ? age > milliseconds(older) : age < milliseconds(younger);

function valueAt(start: unknown, path: string): unknown {
  const segments = path.match(/[^.[\]]+(?=\.|\[|$)|\[[^\]]*\]/g) ?? [];
  return segments.reduce<unknown>(
    (value, segment) =>
      segment.startsWith("[")
        ? memberAt(value, segment.slice(1, -1))
        : (value as Record<string, unknown> | undefined)?.[segment],
    start,
  );
}

function memberAt(value: unknown, selector: string): unknown {
  if (!Array.isArray(value)) return undefined;
  const [, key, wanted] = /^([^=]+)=(.*)$/.exec(selector) ?? [];
  if (key === undefined || wanted === undefined) return value[Number(selector)];
  const pattern = new RegExp(
    `^${wanted
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
  return value.find((item) => pattern.test(textOf((item as Record<string, unknown>)[key])));
}

const textOf = (value: unknown): string =>
  value instanceof Date
    ? value.toISOString()
    : typeof value === "string"
      ? value
      : value === undefined
        ? ""
        : JSON.stringify(value);
const milliseconds = (age: string): number =>
  Number(age.slice(0, -1)) * ({ m: 60e3, h: 3600e3, d: 86400e3 }[age.slice(-1)] ?? Number.NaN);

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
