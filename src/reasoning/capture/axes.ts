import { admits } from "../../languages/event-selector/event-selector.js";
import type {
  CloudTrailEvent,
  Condition,
  Selector,
  SelectorField,
} from "../../languages/event-selector/event-selector.js";
import { numbering, rememberByObject } from "../../shared/remember.js";
import { accessByVerb } from "../../shared/aws/call-access.js";
import type { CataloguedEvent } from "../../shared/aws/event-catalogue.js";
import { representatives } from "./atoms.js";
import type { EventSet } from "./demand.js";
import { anyText } from "./texts.js";
import type { TextSet } from "./texts.js";

/** One way to choose a part of an event, and the selectors that reject it (bit i: selector i). */
export type Option = { readonly part: Partial<CloudTrailEvent>; readonly rejectedBy: bigint };

/** The ways to choose one part of an event, in canonical order. The product of all axes stands for every demanded event. */
export type Axis = readonly Option[];

/** The axes of a set of events, in canonical order: name and access, console, principal, then resource, source, outcome, endpoint. */
export function axesOf(selectors: readonly Selector[], set: EventSet): readonly Axis[] {
  const { before, after } = axesAround(selectors, set);
  return [...before, undominated(resourceAxis(mentioning(selectors, "resources.ARN"), set)), ...after];
}

/** A key for a list of selectors. */
export function keyOfSelectors(selectors: readonly Selector[]): string {
  return selectors.map(numberOf).join(" ");
}

const numberOf = numbering();

/** The axes before and after that of the resource. */
type Around = { readonly before: readonly Axis[]; readonly after: readonly Axis[] };

// Sets that differ by their resource alone, as those of many buckets do, share the rest.
const knownAround = rememberByObject<EventSet["names"], (principals: TextSet) => Map<string, Around>>(() =>
  rememberByObject(() => new Map()),
);

function axesAround(selectors: readonly Selector[], set: EventSet): Around {
  const { category, eventType, eventSource, unlisted, literals, errorCodes } = set;
  if (set.sources !== undefined) return findAround(selectors, set);
  const known = knownAround(set.names)(set.principals);
  const key = JSON.stringify([
    keyOfSelectors(selectors),
    category,
    eventType,
    eventSource,
    unlisted,
    literals,
    errorCodes,
  ]);
  const around = known.get(key) ?? findAround(selectors, set);
  known.set(key, around);
  return around;
}

function mentioning(selectors: readonly Selector[], wanted: SelectorField): Mentions {
  return selectors.map(({ conditions }) => conditions.filter(({ field }) => field === wanted));
}

function findAround(selectors: readonly Selector[], set: EventSet): Around {
  const on = (field: SelectorField): Mentions => mentioning(selectors, field);
  const before = [
    fixedAxis(set),
    nameAxis(on("eventName"), on("readOnly"), set),
    axis(on("sessionCredentialFromConsole"), [undefined, "true"], (value) =>
      value === undefined ? {} : { sessionCredentialFromConsole: true },
    ),
    textAxis(on("userIdentity.arn"), set.principals, (userIdentityArn) => ({ userIdentityArn })),
  ];
  const after = [
    set.eventSource === undefined
      ? textAxis(on("eventSource"), set.sources ?? anySource, (eventSource) => ({ eventSource }))
      : neutral,
    set.errorCodes === undefined
      ? textAxis(on("errorCode"), anyError, (errorCode) => ({ errorCode }))
      : axis(on("errorCode"), set.errorCodes, (errorCode) => (errorCode === undefined ? {} : { errorCode })),
    textAxis(on("vpcEndpointId"), anyEndpoint(set), (vpcEndpointId) => ({ vpcEndpointId })),
  ];
  return { before: before.map(undominated), after: after.map(undominated) };
}

/** Whether a selector rejects every event of a set, by what they all have in common: category, type, source, resource type. */
export function rejectsAll(
  { conditions }: Selector,
  { category, eventType, eventSource, resource }: EventSet,
): boolean {
  const common: Readonly<Record<string, string | undefined>> = {
    eventCategory: category,
    eventType,
    "resources.type": resource?.type,
    ...(eventSource === undefined ? {} : { eventSource }),
  };
  return conditions.some(
    (condition) => Object.hasOwn(common, condition.field) && !admits(condition, common[condition.field]),
  );
}

function fixedAxis({ category, eventType, eventSource }: EventSet): Axis {
  return [
    {
      part: { eventCategory: category, eventType, ...(eventSource === undefined ? {} : { eventSource }) },
      rejectedBy: 0n,
    },
  ];
}

/** Per selector, its conditions on some fields. */
type Mentions = readonly (readonly Condition[])[];

const anySource = anyText(() => ["example.amazonaws.com", "example"]);
const anyError = anyText(() => []);
const anyName = anyText(() => ["UnlistedEvent"]);
const neutral: Axis = [{ part: {}, rejectedBy: 0n }];

function anyEndpoint({ category }: EventSet): TextSet {
  return anyText(() => (category === "NetworkActivity" ? ["vpce-0123456789abcdef0", "0"] : []));
}

function nameAxis(onName: Mentions, onReadOnly: Mentions, set: EventSet): Axis {
  const listed = set.names.map(({ name }) => name);
  const others = unlistedEvents(onName.flat(), set).filter(({ name }) => !listed.includes(name));
  return [...set.names, ...others].flatMap(({ name, readOnly }) =>
    readOnly.map((value) => ({
      part: { eventName: name, readOnly: value },
      rejectedBy: rejection(onName, name) | rejection(onReadOnly, value.toString()),
    })),
  );
}

// That an event bears a name because a selector names it is not known, unless its verb makes it a likely one.
function unlistedEvents(
  conditions: readonly Condition[],
  { unlisted, literals = "all" }: EventSet,
): readonly CataloguedEvent[] {
  if (unlisted.length === 0) return [];
  const named = new Set(conditions.flatMap(({ Equals, NotEquals }) => [...Equals, ...NotEquals]));
  return representatives(conditions, anyName).flatMap((name) => {
    if (literals === "all" || !named.has(name)) return [{ name, readOnly: unlisted }];
    const access = accessByVerb(name);
    if (literals === "none" || access === undefined) return [];
    const readOnly = unlisted.filter((value) => value === (access === "read"));
    return [{ name, readOnly }];
  });
}

function resourceAxis(mentions: Mentions, { resource }: EventSet): Axis {
  if (resource === undefined) return axis(mentions, [undefined], () => ({}));
  const { type, arns } = resource;
  return axis(
    mentions,
    "exactly" in arns ? [arns.exactly] : representatives(mentions.flat(), arns),
    (arn) => ({ resources: [{ type, ...(arn === undefined ? {} : { arn }) }] }),
  );
}

// A text that no condition can tell from a missing field stands for it; unless it is a readable example, the field is left out.
function textAxis(mentions: Mentions, set: TextSet, part: (text: string) => Partial<CloudTrailEvent>): Axis {
  const conditions = mentions.flat();
  if (conditions.length === 0) return neutral;
  const isNeutral = (text: string): boolean =>
    conditions.every((condition) => admits(condition, text) === admits(condition, undefined));
  const isNeedless = (text: string): boolean => isNeutral(text) && !set.words("").includes(text);
  return axis(mentions, representatives(conditions, set), (text) =>
    text === undefined || isNeedless(text) ? {} : part(text),
  );
}

function axis(
  mentions: Mentions,
  values: readonly (string | undefined)[],
  part: (value: string | undefined) => Partial<CloudTrailEvent>,
): Axis {
  return values.map((value) => ({ part: part(value), rejectedBy: rejection(mentions, value) }));
}

function rejection(mentions: Mentions, value: string | undefined): bigint {
  return maskOf(mentions.map((conditions) => conditions.some((condition) => !admits(condition, value))));
}

function maskOf(flags: readonly boolean[]): bigint {
  return flags.reduce((mask, flag, index) => (flag ? mask | (1n << BigInt(index)) : mask), 0n);
}

// An option is needless when an earlier one is rejected by the same selectors and perhaps more.
function undominated(options: Axis): Axis {
  const kept: Option[] = [];
  for (const option of options)
    if (!kept.some(({ rejectedBy }) => (rejectedBy & option.rejectedBy) === option.rejectedBy))
      kept.push(option);
  return kept;
}
