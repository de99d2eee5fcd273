import type { EventCategory } from "../../languages/event-selector/event-selector.js";
import { dataCatalogue, managementCatalogue } from "../../shared/aws/event-catalogue.js";
import type { CataloguedEvent, EventCatalogue } from "../../shared/aws/event-catalogue.js";
import { sortedUnique } from "../../shared/order.js";
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

/** The management events of a source. A source without a catalogue is judged in the open world, unless events are named. */
export function managementEvents(eventSource: string, choice: Choice): EventSet {
  return eventSet(
    {
      category: "Management",
      eventSource,
      catalogue: managementCatalogue(eventSource),
      defaultType: "AwsApiCall",
    },
    choice,
  );
}

/**
 * All management events of all sources but the excluded ones, those that AWS adds later included: API calls, what AWS
 * services do by themselves, console actions and sign-ins. Well-known calls come first, so that a witness speaks for itself.
 */
export function allManagementEvents(
  excluded: readonly string[],
  choice: Pick<Choice, "principals">,
): readonly EventSet[] {
  const sources = textsBut(excluded, ["example.amazonaws.com", "example"]);
  const known = managementEvents("ec2.amazonaws.com", {
    ...choice,
    names: ["RunInstances"],
    access: "write",
  });
  const knownReads = managementEvents("ec2.amazonaws.com", {
    ...choice,
    names: ["DescribeInstances"],
    access: "read",
  });
  const anything = managementTypes.map((eventType) => ({
    ...eventSet(
      { category: "Management", eventSource: undefined, catalogue: undefined, defaultType: eventType },
      choice,
    ),
    sources,
  }));
  return [known, knownReads, ...anything];
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
  readonly defaultType: string;
};

function eventSet(
  { category, eventSource, catalogue, defaultType }: Kind,
  { names, access = "all", world, principals, eventType = defaultType }: Choice,
): EventSet {
  const accesses: readonly boolean[] = readOnlyValues[access];
  const known = catalogue?.events ?? [];
  const usual = catalogue?.complete === true ? "closed" : "open";
  // Without a catalogue there is no closed world to speak of.
  const unlisted = names === undefined && (known.length === 0 || (world ?? usual) === "open") ? accesses : [];
  return {
    category,
    eventType,
    eventSource,
    names: chosenEvents(known, names)
      .map(({ name, readOnly }) => ({ name, readOnly: readOnly.filter((value) => accesses.includes(value)) }))
      // A known event of the other access is no unlisted one, so that it stays, without a value.
      .filter(({ readOnly }) => readOnly.length > 0 || unlisted.length > 0),
    unlisted,
    principals,
  };
}

// A name that is not catalogued may be a read or a write.
function chosenEvents(
  known: readonly CataloguedEvent[],
  names: readonly string[] | undefined,
): readonly CataloguedEvent[] {
  if (names === undefined) return known;
  return sortedUnique(names).map(
    (name) => known.find((event) => event.name === name) ?? { name, readOnly: [true, false] },
  );
}

const readOnlyValues: Readonly<Record<Access, readonly boolean[]>> = {
  read: [true],
  write: [false],
  all: [true, false],
};
