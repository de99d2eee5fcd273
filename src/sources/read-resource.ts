import type { Collector, Identity, Properties, ReadCall } from "../core/collector.js";
import type { JsonObject } from "../core/json.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import type { Ask } from "./caller.js";
import type { Entry, ReadOutcome } from "./entry.js";
import { brokenBy, explain, pluginFailure } from "./failure.js";
import { askPages } from "./pages.js";
import type { PagedAnswer } from "./pages.js";
import { answers } from "./plan.js";
import { propertiesToJson } from "./to-json.js";

/** What reading one resource takes. */
export type Reader = {
  readonly ask: Ask;
  readonly partition: string;
  /** The listed resources of the same type and region. */
  listed(): readonly Identity[];
};

/** Makes one reading call of one resource; the same call is never made again. */
export function readOnce(
  entry: Entry,
  read: ReadCall,
  by: Reader & { readonly collector: Collector },
): Promise<ReadOutcome> {
  const made = entry.reads.get(read) ?? readNow(entry, read, by);
  entry.reads.set(read, made);
  return made;
}

async function readNow(
  entry: Entry,
  read: ReadCall,
  by: Reader & { readonly collector: Collector },
): Promise<ReadOutcome> {
  const outcome = entry.lost ?? (await readKnowing(entry, read, by));
  entry.outcomes.set(read, outcome);
  return outcome;
}

async function readKnowing(
  entry: Entry,
  read: ReadCall,
  by: Reader & { readonly collector: Collector },
): Promise<ReadOutcome> {
  try {
    return await readDeclared(entry, read, by);
  } catch (error) {
    return { kind: "failed", because: explain(pluginFailure(error), read.operation, entry.identity.region) };
  }
}

async function readDeclared(
  entry: Entry,
  read: ReadCall,
  by: Reader & { readonly collector: Collector },
): Promise<ReadOutcome> {
  const known = await whatComesFirst(entry, read, by);
  if (known.kind !== "read") return known;
  const input = read.input(entry.identity, known.properties, by.listed());
  const inputs = input === undefined ? [] : [input].flat();
  if (inputs.length === 0) return { kind: "read", properties: propertiesToJson(read.properties, {}) };
  const region = read.at === "leader" ? leaderRegion(by.partition) : entry.identity.region;
  const { pages, failure } = await askAll(by.ask, read, { region, inputs });
  if (failure === undefined) return understand(pages, read, { entry, region });
  const learned = read.notSet?.includes(failure.name) === true ? {} : read.learn?.(failure);
  if (learned !== undefined) return { kind: "read", properties: propertiesToJson(read.properties, learned) };
  if (read.gone?.includes(failure.name) === true)
    return { kind: "gone", because: explain(failure, read.operation, region) };
  return { kind: "failed", because: explain(failure, read.operation, region) };
}

async function askAll(
  ask: Ask,
  { operation, pages }: ReadCall,
  { region, inputs }: { readonly region: string; readonly inputs: readonly JsonObject[] },
): Promise<PagedAnswer> {
  const answers = await Promise.all(
    inputs.map((input) => askPages(ask, operation, { region, input, pages })),
  );
  const failure = answers.find((answer) => answer.failure !== undefined)?.failure;
  return {
    pages: answers.flatMap((answer) => answer.pages),
    ...(failure === undefined ? {} : { failure }),
  };
}

async function whatComesFirst(
  entry: Entry,
  read: ReadCall,
  by: Reader & { readonly collector: Collector },
): Promise<ReadOutcome> {
  const { after = [] } = read;
  // Only what is declared before may be waited for: so no two calls wait for each other.
  const before = by.collector.reads.slice(0, by.collector.reads.indexOf(read));
  const outcomes = await Promise.all(after.map((property) => firstKnown(entry, property, { ...by, before })));
  const missing = outcomes.find(({ kind }) => kind !== "read");
  if (missing !== undefined) return missing;
  const properties: JsonObject[] = outcomes.map((outcome, at) => only(outcome, after[at] ?? ""));
  return { kind: "read", properties: Object.assign({}, ...properties) as JsonObject };
}

async function firstKnown(
  entry: Entry,
  property: string,
  by: Reader & { readonly collector: Collector; readonly before: readonly ReadCall[] },
): Promise<ReadOutcome> {
  const { list } = by.collector;
  if (entry.listed !== undefined && list?.properties.includes(property) === true) {
    return { kind: "read", properties: propertiesToJson([property], entry.listed.properties) };
  }
  const read = by.before.find((candidate) => answers(candidate, property));
  return read === undefined ? { kind: "skipped" } : readOnce(entry, read, by);
}

function only(outcome: ReadOutcome, property: string): JsonObject {
  return outcome.kind === "read" ? { [property]: outcome.properties[property] ?? null } : {};
}

// A collector catches nothing; an answer that it cannot take apart makes its properties unreadable, and does not end the run.
function understand(
  pages: readonly unknown[],
  read: ReadCall,
  { entry, region }: { readonly entry: Entry; readonly region: string },
): ReadOutcome {
  try {
    // The collector declares the operation together with the type of its output.
    const parts = pages
      .map((page) => read.read(page as never, entry.identity))
      .filter((part) => part !== undefined);
    if (parts.length === 0) return { kind: "gone" };
    return { kind: "read", properties: propertiesToJson(read.properties, parts.reduce(join, {})) };
  } catch (error) {
    return { kind: "failed", because: explain(brokenBy(error), read.operation, region) };
  }
}

function join(before: Properties, next: Properties): Properties {
  const joined = Object.entries(next).map(([name, value]) => {
    const earlier = before[name];
    if (Array.isArray(earlier) && Array.isArray(value))
      return [name, [...(earlier as readonly unknown[]), ...(value as readonly unknown[])]] as const;
    return [name, earlier ?? value] as const;
  });
  return { ...before, ...Object.fromEntries(joined) };
}
