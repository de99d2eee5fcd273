import { allOf, anyOf, truthOf } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";

/** The fields that AWS documents for advanced event selectors. Any other field makes a selector undecidable. */
export const selectorFields = [
  "eventCategory",
  "resources.type",
  "eventSource",
  "eventType",
  "readOnly",
  "eventName",
  "userIdentity.arn",
  "sessionCredentialFromConsole",
  "resources.ARN",
  "errorCode",
  "vpcEndpointId",
] as const;
export type SelectorField = (typeof selectorFields)[number];

/** The operators of a field selector. */
export const selectorOperators = [
  "Equals",
  "StartsWith",
  "EndsWith",
  "NotEquals",
  "NotStartsWith",
  "NotEndsWith",
] as const;
export type SelectorOperator = (typeof selectorOperators)[number];

/** One field selector. An operator without values says nothing. */
export type Condition = { readonly field: SelectorField } & {
  readonly [operator in SelectorOperator]: readonly string[];
};

/** One event selector, basic ones translated: all conditions must hold. Parts that were not understood stand in `undecidable`, in words. */
export type Selector = { readonly conditions: readonly Condition[]; readonly undecidable: readonly string[] };

/** The kinds of events that a sink can be told to record. */
export type EventCategory = "Management" | "Data" | "NetworkActivity";

/** What of an event record decides a match. A member that is missing is missing in the record. */
export type CloudTrailEvent = {
  readonly eventCategory: EventCategory;
  /** AwsApiCall, AwsServiceEvent, AwsConsoleSignIn, … */
  readonly eventType: string;
  readonly eventSource?: string;
  readonly eventName: string;
  /** Missing in old records; then a condition on it is undecidable. */
  readonly readOnly?: boolean;
  readonly userIdentityArn?: string;
  readonly sessionCredentialFromConsole?: boolean;
  readonly resources?: readonly EventResource[];
  readonly errorCode?: string;
  readonly vpcEndpointId?: string;
};

/** A resource that an event names. */
export type EventResource = { readonly type: string; readonly arn?: string };

/** A condition; operators that are not given say nothing. */
export function condition(
  field: SelectorField,
  values: Partial<Record<SelectorOperator, readonly string[]>>,
): Condition {
  return {
    field,
    Equals: [],
    StartsWith: [],
    EndsWith: [],
    NotEquals: [],
    NotStartsWith: [],
    NotEndsWith: [],
    ...values,
  };
}

/** What a trail or an event data store records that was never told otherwise: every management event. */
export const defaultSelectors: readonly Selector[] = [
  { conditions: [condition("eventCategory", { Equals: ["Management"] })], undecidable: [] },
];

/** A selector of which nothing is known, and why. */
export function unknownSelector(because: string): Selector {
  return { conditions: [], undecidable: [because] };
}

/** Whether one of several selectors takes an event. */
export function matchSelectors(selectors: readonly Selector[], event: CloudTrailEvent): Truth {
  return anyOf(selectors.map((selector) => matchSelector(selector, event)));
}

/** Whether a selector takes an event; "no" if the parts that were understood already reject it. */
export function matchSelector(selector: Selector, event: CloudTrailEvent): Truth {
  return allOf([
    ...selector.conditions.filter(isPlain).map((condition) => matchPlain(condition, event)),
    matchResources(selector, event),
    selector.undecidable.length === 0 ? "yes" : "unknown",
  ]);
}

/** The first field, in the order of `selectorFields`, by which a selector's understood parts reject an event. */
export function rejectingField(selector: Selector, event: CloudTrailEvent): SelectorField | undefined {
  return selectorFields.find((field) => {
    const upTo = selectorFields.slice(0, selectorFields.indexOf(field) + 1);
    const conditions = selector.conditions.filter((condition) => upTo.includes(condition.field));
    return matchSelector({ conditions, undecidable: [] }, event) === "no";
  });
}

/**
 * Whether a condition holds for a value; undefined is a field that the event does not have.
 * Positive operators are alternatives to each other, negative ones must all not hit, and both sides must hold.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
 */
export function admits(condition: Condition, value: string | undefined): boolean {
  const selects = condition.Equals.length + condition.StartsWith.length + condition.EndsWith.length > 0;
  if (value === undefined) return !selects;
  return (!selects || isSelected(condition, value)) && !isDeselected(condition, value);
}

function isSelected({ Equals, StartsWith, EndsWith }: Condition, value: string): boolean {
  return (
    Equals.includes(value) ||
    StartsWith.some((prefix) => value.startsWith(prefix)) ||
    EndsWith.some((suffix) => value.endsWith(suffix))
  );
}

function isDeselected({ NotEquals, NotStartsWith, NotEndsWith }: Condition, value: string): boolean {
  return (
    NotEquals.includes(value) ||
    NotStartsWith.some((prefix) => value.startsWith(prefix)) ||
    NotEndsWith.some((suffix) => value.endsWith(suffix))
  );
}

type PlainField = Exclude<SelectorField, "resources.type" | "resources.ARN">;

const readers = {
  eventCategory: ({ eventCategory }) => eventCategory,
  eventType: ({ eventType }) => eventType,
  eventSource: ({ eventSource }) => eventSource,
  eventName: ({ eventName }) => eventName,
  readOnly: ({ readOnly }) => readOnly?.toString(),
  "userIdentity.arn": ({ userIdentityArn }) => userIdentityArn,
  // The field is only there when it is true.
  sessionCredentialFromConsole: ({ sessionCredentialFromConsole }) =>
    sessionCredentialFromConsole === true ? "true" : undefined,
  errorCode: ({ errorCode }) => errorCode,
  vpcEndpointId: ({ vpcEndpointId }) => vpcEndpointId,
} satisfies Record<PlainField, (event: CloudTrailEvent) => string | undefined>;

function isPlain(condition: Condition): condition is Condition & { readonly field: PlainField } {
  return condition.field !== "resources.type" && condition.field !== "resources.ARN";
}

function matchPlain(condition: Condition & { readonly field: PlainField }, event: CloudTrailEvent): Truth {
  if (condition.field === "readOnly" && event.readOnly === undefined) return "unknown";
  return truthOf(admits(condition, readers[condition.field](event)));
}

// An event may name several resources, such as an object and its bucket: one of them must meet the type and the ARN conditions together.
function matchResources({ conditions }: Selector, { resources = [] }: CloudTrailEvent): Truth {
  const types = conditions.filter(({ field }) => field === "resources.type");
  const arns = conditions.filter(({ field }) => field === "resources.ARN");
  const candidates: readonly Partial<EventResource>[] = resources.length === 0 ? [{}] : resources;
  const fits = ({ type, arn }: Partial<EventResource>): boolean =>
    types.every((condition) => admits(condition, type)) && arns.every((condition) => admits(condition, arn));
  return truthOf(candidates.some(fits));
}
