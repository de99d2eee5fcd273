import { rejectingField, selectorFields } from "../../languages/event-selector/event-selector.js";
import type {
  CloudTrailEvent,
  Selector,
  SelectorField,
} from "../../languages/event-selector/event-selector.js";
import { sortedUnique } from "../../shared/order.js";
import { listed } from "../../shared/text/words.js";

/** Why none of the selectors takes an event, told of the one that comes closest: "records write-only management events". */
export function describeMiss(selectors: readonly Selector[], event: CloudTrailEvent): string {
  const fields = selectors.flatMap((selector) => rejectingField(selector, event) ?? []);
  const furthest = selectorFields.findLast((field) => fields.includes(field));
  return furthest === undefined ? "records nothing" : words[furthest](event, selectors);
}

type Words = (event: CloudTrailEvent, selectors: readonly Selector[]) => string;

const categoryWords: Readonly<Record<string, string>> = {
  Management: "management",
  Data: "data",
  NetworkActivity: "network activity",
};

const words = {
  eventCategory: (_, selectors) => `records ${listed(categoriesOf(selectors))} events only`,
  "resources.type": ({ resources = [] }) =>
    `records no data events of ${resources[0]?.type ?? "this resource type"}`,
  eventSource: ({ eventSource = "this source" }) => `its selectors leave out the event source ${eventSource}`,
  eventType: ({ eventType }) => `its selectors leave out events of type ${eventType}`,
  readOnly: ({ readOnly, eventCategory }) =>
    `records ${readOnly === true ? "write" : "read"}-only ${categoryWords[eventCategory] ?? eventCategory} events`,
  eventName: ({ eventName }) => `its selectors leave out ${eventName}`,
  "userIdentity.arn": ({ userIdentityArn }) =>
    `its selectors leave out calls by ${userIdentityArn ?? "AWS services"}`,
  sessionCredentialFromConsole: ({ sessionCredentialFromConsole }) =>
    `its selectors leave out calls ${sessionCredentialFromConsole === true ? "from console sessions" : "from outside the console"}`,
  "resources.ARN": ({ resources = [] }) => `its selectors leave out ${resources[0]?.arn ?? "this resource"}`,
  errorCode: ({ errorCode }) =>
    `its selectors leave out ${errorCode === undefined ? "calls that succeed" : errorCode}`,
  vpcEndpointId: ({ vpcEndpointId }) =>
    `its selectors leave out calls through ${vpcEndpointId ?? "this endpoint"}`,
} satisfies Record<SelectorField, Words>;

function categoriesOf(selectors: readonly Selector[]): readonly string[] {
  const values = selectors.flatMap(({ conditions }) =>
    conditions.filter(({ field }) => field === "eventCategory").flatMap(({ Equals }) => Equals),
  );
  return sortedUnique(
    values.map((value) => (Object.hasOwn(categoryWords, value) ? (categoryWords[value] ?? value) : value)),
  );
}
