import type { EventCategory } from "../../languages/event-selector/event-selector.js";
import { accessOf, dataCatalogue, managementCatalogue } from "../../shared/aws/event-catalogue.js";
import type { CataloguedEvent, EventCatalogue } from "../../shared/aws/event-catalogue.js";
import { knownCalls } from "../../shared/aws/known-calls.js";
import type { KnownCall } from "../../shared/aws/known-calls.js";
import { groupBy } from "../../shared/group-by.js";
import { byText, sortedUnique } from "../../shared/order.js";
import { rememberByText } from "../../shared/remember.js";
import { textsBut } from "./texts.js";
import type { TextSet } from "./texts.js";

/** Which accesses are demanded. */
export type Access = "read" | "write" | "all";

/** "closed": the events that are known today. "open": also an event that AWS adds later. */
export type World = "closed" | "open";

/** A set of events, the product of its members: any of these events, by anyone, by any client, with any outcome. */
export type EventSet = {
  readonly category: EventCategory;
  readonly eventType: string;
  /** undefined: any source, of `sources` where they are given. */
  readonly eventSource: string | undefined;
  readonly sources?: TextSet;
  /** The events known by name, A–Z; with no `readOnly` value where an event is known and not demanded. */
  readonly names: readonly CataloguedEvent[];
  /** The `readOnly` values of events beyond the named ones; empty in the closed world. */
  readonly unlisted: readonly boolean[];
  /** What names of `unlisted` events selectors may single out: `told`, those whose verb tells their access; `none`; or `all`. */
  readonly literals?: "told" | "none" | "all";
  /** Whether it is not known which of several `readOnly` values the one named event has. */
  readonly isAccessUnknown?: boolean;
  readonly resource?: { readonly type: string; readonly arns: ArnSet };
  readonly principals: TextSet;
  /** Only of network activity: the demanded outcomes, undefined for a call that succeeds. */
  readonly errorCodes?: readonly (string | undefined)[];
};

/** The resources that are demanded: one, or all of an infinite set. */
export type ArnSet = { readonly exactly: string } | TextSet;

/** What is demanded of one region. The same sets of events may serve many regions. */
export type RegionDemand = { readonly region: string; readonly events: readonly EventSet[] };

/** Which events of a source or type are demanded; `names` narrows to some. */
export type Choice = {
  readonly names?: readonly string[];
  readonly access?: Access;
  readonly world?: World;
  readonly principals: TextSet;
  readonly eventType?: string;
};

/**
 * The management events of a source, those of unknown access one by one. A source without a catalogue is judged in the
 * open world, unless events are named.
 */
export function managementEvents(eventSource: string, choice: Choice): readonly EventSet[] {
  const { names, access = "all" } = choice;
  const of = (some: readonly string[] | undefined): EventSet =>
    eventSet(
      {
        category: "Management",
        eventSource,
        catalogue: managementCatalogue(eventSource),
        samples: knownOf(eventSource),
        defaultType: "AwsApiCall",
      },
      { ...choice, ...(some === undefined ? {} : { names: some }) },
    );
  if (names === undefined || access !== "all") return [of(names)];
  const isTold = (name: string): boolean => accessOf(eventSource, name) !== undefined;
  const told = names.filter(isTold);
  return [
    ...(told.length === 0 ? [] : [of(told)]),
    ...names.filter((name) => !isTold(name)).map((name) => ({ ...of([name]), isAccessUnknown: true })),
  ];
}

const knownOf = rememberByText((eventSource): readonly CataloguedEvent[] =>
  knownCalls
    .filter((call) => call.eventSource === eventSource)
    .map(({ eventName, readOnly }) => ({ name: eventName, readOnly: [readOnly] }))
    .sort((a, b) => byText(a.name, b.name)),
);

/**
 * All management events of all sources but the excluded ones, those that AWS adds later included: API calls, what AWS
 * services do by themselves, console actions and sign-ins. Well-known calls come first, so that a witness speaks for itself.
 */
export function allManagementEvents(
  excluded: readonly string[],
  choice: Pick<Choice, "principals">,
): readonly EventSet[] {
  const sources = textsBut(excluded, ["example.amazonaws.com", "example"]);
  const known = [...wellKnown, ...groupBy(knownCalls, ({ eventSource }) => eventSource).values()].filter(
    ([call]) => call !== undefined && !excluded.includes(call.eventSource),
  );
  const anything = managementTypes.map((eventType) => ({
    ...eventSet(
      { category: "Management", eventSource: undefined, catalogue: undefined, defaultType: eventType },
      choice,
    ),
    sources,
  }));
  return [...known.flatMap((calls) => knownSets(calls, choice)), ...anything];
}

const wellKnown: readonly (readonly KnownCall[])[] = [
  [{ eventSource: "ec2.amazonaws.com", eventName: "RunInstances", readOnly: false }],
  [{ eventSource: "ec2.amazonaws.com", eventName: "DescribeInstances", readOnly: true }],
];

/** Known calls of one source as a set of events, with nothing beyond them. */
function knownSets(calls: readonly KnownCall[], choice: Pick<Choice, "principals">): readonly EventSet[] {
  const [first] = calls;
  if (first === undefined) return [];
  const names = calls.map(({ eventName }) => eventName);
  return managementEvents(first.eventSource, { ...choice, names });
}

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
const managementTypes = ["AwsApiCall", "AwsServiceEvent", "AwsConsoleAction", "AwsConsoleSignIn"] as const;

/**
 * The data events of a resource type: API calls, and what the service records by itself, where such events are
 * catalogued and chosen. `source` is only asked for where the type is not catalogued.
 */
export function dataEvents(
  resource: { readonly type: string; readonly arns: ArnSet; readonly source?: string },
  choice: Choice,
): readonly EventSet[] {
  const { type, arns, source } = resource;
  const catalogue = dataCatalogue(type);
  const calls = {
    ...eventSet(
      {
        category: "Data",
        eventSource: source ?? catalogue?.eventSource,
        catalogue,
        defaultType: "AwsApiCall",
      },
      choice,
    ),
    resource: { type, arns },
  };
  const names = calls.names.filter(
    ({ name, readOnly }) => readOnly.length > 0 && catalogue?.byItself?.includes(name) === true,
  );
  return names.length === 0
    ? [calls]
    : [calls, { ...calls, eventType: "AwsServiceEvent", names, unlisted: [] }];
}

/** The network activity of a source through VPC endpoints; `denied`: only what an endpoint policy refuses. */
export function networkEvents(eventSource: string, denied: boolean, choice: Choice): EventSet {
  const set = eventSet(
    { category: "NetworkActivity", eventSource, catalogue: undefined, defaultType: "AwsVpceEvents" },
    choice,
  );
  return { ...set, errorCodes: denied ? ["VpceAccessDenied"] : [undefined, "VpceAccessDenied"] };
}

/** Lets regions that demand the same share one set, so that it is searched once. For demands of one account. */
export function shareSets(demand: readonly RegionDemand[]): readonly RegionDemand[] {
  const shared = new Map<string, EventSet>();
  const share = (set: EventSet): EventSet => {
    const { principals, resource, ...rest } = set;
    const arns =
      resource !== undefined &&
      ("exactly" in resource.arns ? ["exactly", resource.arns.exactly] : ["after", resource.arns.prefix]);
    const key = JSON.stringify([rest, principals.prefix, resource?.type, arns]);
    const known = shared.get(key) ?? set;
    shared.set(key, known);
    return known;
  };
  return demand.map(({ region, events }) => ({ region, events: events.map(share) }));
}

type Kind = {
  readonly category: EventCategory;
  readonly eventSource: string | undefined;
  readonly catalogue: EventCatalogue | undefined;
  /** Some events of a source that is not catalogued. */
  readonly samples?: readonly CataloguedEvent[];
  readonly defaultType: string;
};

function eventSet(kind: Kind, choice: Choice): EventSet {
  const { category, eventSource, catalogue, samples = [], defaultType } = kind;
  const { names, access = "all", principals, eventType = defaultType } = choice;
  const accesses: readonly boolean[] = readOnlyValues[access];
  const unlisted = names === undefined && isOpen(kind, choice) ? accesses : [];
  const known = catalogue?.events ?? samples;
  return {
    category,
    eventType,
    eventSource,
    names: chosenEvents(known, names, category === "Management" ? eventSource : undefined)
      .map(({ name, readOnly }) => ({ name, readOnly: readOnly.filter((value) => accesses.includes(value)) }))
      // A known event of the other access is no unlisted one, so that it stays, without a value.
      .filter(({ readOnly }) => readOnly.length > 0 || unlisted.length > 0),
    unlisted,
    literals: catalogue === undefined ? "told" : "none",
    principals,
  };
}

// Without a catalogue there is no closed world to speak of.
function isOpen({ catalogue }: Kind, { world }: Choice): boolean {
  if (catalogue === undefined) return true;
  return (world ?? (catalogue.complete ? "closed" : "open")) === "open";
}

// Of a name that is not catalogued its verb may tell whether it reads; else it may do either.
function chosenEvents(
  known: readonly CataloguedEvent[],
  names: readonly string[] | undefined,
  eventSource: string | undefined,
): readonly CataloguedEvent[] {
  if (names === undefined) return known;
  const told = (name: string): readonly boolean[] | undefined =>
    eventSource === undefined ? undefined : accessOf(eventSource, name);
  return sortedUnique(names).map(
    (name) => known.find((event) => event.name === name) ?? { name, readOnly: told(name) ?? [true, false] },
  );
}

const readOnlyValues: Readonly<Record<Access, readonly boolean[]>> = {
  read: [true],
  write: [false],
  all: [true, false],
};
