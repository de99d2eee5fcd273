import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { explainMismatch } from "../../languages/event-pattern/explain.js";
import { eventPatternQuestion } from "../../languages/event-pattern/match.js";
import { parseEventPattern } from "../../languages/event-pattern/event-pattern.js";
import type { EventPattern } from "../../languages/event-pattern/event-pattern.js";
import { definitely } from "../../languages/partial-record/kleene.js";
import { NO_PROBE } from "../../languages/partial-record/choices.js";
import type { MessageBody } from "../../languages/filter-policy/filter-policy.js";
import { anyOf } from "../../languages/partial-record/search.js";
import type { Question } from "../../languages/partial-record/search.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { rememberByObject, rememberByText } from "../../shared/remember.js";
import { isObject, readList, readText } from "../../shared/read-property.js";
import { allQuestions, constantQuestion, scalarAt } from "./chain-question.js";
import { withReason } from "./chain.js";
import type { ChainLink, Mismatch } from "./chain.js";
import { eventWords } from "./demanded-events-text.js";
import { evidenceOf } from "../evidence.js";
import { bestReach, reachOf } from "../reach/reach.js";
import type { Reach } from "../reach/reach.js";
import type { ReachOptions } from "../reach/link.js";
import { targetMessage } from "../reach/message.js";
import { organizationOf } from "../admits/organization.js";

/** The type of EventBridge rules of classic buses. */
export const RULE = "AWS::Events::Rule";
const ALL_MANAGEMENT_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

const notARead: Question = {
  outcome: (event) => {
    const found = scalarAt(event, ["detail", "readOnly"]);
    return found.kind === "open" ? found : definitely(found.value !== true);
  },
  probe: (at) => ({ ...NO_PROBE, members: at.length < 2 }),
};

/** A pattern as questions: about any event, and about an event that is no read. */
type Understood = {
  readonly pattern: EventPattern | undefined;
  readonly matches: Question;
  readonly writes: Question;
};

// The same pattern often stands in many regions; whoever asks it of an event then asks once.
const understandingOf = rememberByObject<Account, (text: string) => Understood>(() =>
  rememberByText((text) => understand(text)),
);

const notUnderstood = questionsOf(undefined);

function understand(text: string): Understood {
  const parsed = parseEventPattern(text);
  return parsed.ok ? questionsOf(parsed.pattern) : notUnderstood;
}

function questionsOf(pattern: EventPattern | undefined): Understood {
  const matches =
    pattern === undefined
      ? constantQuestion({ unknown: "its pattern is not understood" })
      : eventPatternQuestion(pattern);
  return { pattern, matches, writes: allQuestions([notARead, matches]) };
}

const knownLinks = {
  calls: rememberByObject((account: Account) =>
    rememberByObject((rule: Resource) => makeRuleLink(account, rule, "calls")),
  ),
  "service-events": rememberByObject((account: Account) =>
    rememberByObject((rule: Resource) => makeRuleLink(account, rule, "service-events")),
  ),
};

/** A rule as a link: enabled, on the default bus, and matching. Of API calls, those that read come only where its state says so. Remembered, since many buckets ask. */
export function ruleLink(account: Account, rule: Resource, events: keyof typeof knownLinks): ChainLink {
  return knownLinks[events](account)(rule);
}

function makeRuleLink(account: Account, rule: Resource, events: "calls" | "service-events"): ChainLink {
  const state = readText(rule, "State");
  const text = readText(rule, "EventPattern");
  const { pattern, matches, writes } =
    text.kind === "set" ? understandingOf(account)(text.value) : notUnderstood;
  const takesReads =
    events === "service-events" || (state.kind === "set" && state.value === ALL_MANAGEMENT_EVENTS);
  return {
    name: "rule",
    ref: rule.arn ?? rule.id,
    id: rule.id,
    claim: everyClaim([onDefaultBus(rule), enabled(rule), hasPattern(rule)]),
    ...(text.kind === "set" ? { text: text.value } : {}),
    passes: takesReads ? matches : writes,
    stops: (event) =>
      isRead(event) && !takesReads
        ? `state ENABLED does not get read-only management events such as ${eventWords(event)}`
        : withReason(`does not match ${eventWords(event)}`, mismatchOf(pattern, event)),
    mismatch: (event) => (isRead(event) && !takesReads ? undefined : mismatchOf(pattern, event)),
    evidence: () => evidenceOf(account, rule, ["EventBusName", "State", "EventPattern"]),
  };
}

function isRead({ detail }: JsonObject): boolean {
  return isObject(detail) && detail["readOnly"] === true;
}

function mismatchOf(pattern: EventPattern | undefined, event: JsonObject): Mismatch | undefined {
  return pattern === undefined ? undefined : explainMismatch(pattern, event);
}

function onDefaultBus(rule: Resource): Claim {
  return claimOf(readText(rule, "EventBusName"), "EventBusName", (bus = "default") =>
    bus === "default" || bus.endsWith(":event-bus/default")
      ? holding
      : refuted(`is on the bus ${bus}, and events of AWS services come to the default bus only`),
  );
}

function enabled(rule: Resource): Claim {
  return claimOf(readText(rule, "State"), "State", (state = "ENABLED") =>
    state === "DISABLED" ? refuted("is DISABLED") : holding,
  );
}

function hasPattern(rule: Resource): Claim {
  return claimOf(readText(rule, "EventPattern"), "EventPattern", (text) => {
    if (text === undefined) return refuted("has no event pattern, so that it routes no event");
    const parsed = parseEventPattern(text);
    return parsed.ok ? holding : refuted(`EventBridge would refuse its pattern: ${parsed.message}`);
  });
}

/** What counts as somebody, and what an event says, as far as that is known. */
export type TargetOptions = { readonly indirect?: ReachOptions["indirect"]; readonly message?: MessageBody };

/** Whether one target at least brings the event to somebody. */
export function targetLink(account: Account, rule: Resource, options: TargetOptions): ChainLink {
  const targets = readList(rule, "Targets");
  const reaches =
    targets.kind === "set"
      ? targets.value
          .filter(isObject)
          .map((target) => ({ target, reach: reachTarget(account, rule, { target, options }) }))
      : [];
  const best = bestReach(reaches.map(({ reach }) => reach));
  const constant = reaches.filter(
    ({ target, reach }) => reach === best && typeof target["Input"] === "string",
  );
  return {
    name: "target",
    ref: best.target === "" ? (rule.arn ?? rule.id) : best.target,
    id: rule.id,
    claim: claimOf(targets, "Targets", () =>
      reaches.length === 0 ? refuted("has no target") : someClaim([best.claim], ""),
    ),
    evidence: () => [
      ...evidenceOf(account, rule, ["Targets"]),
      ...best.links.flatMap(({ evidence }) => evidence),
    ],
    notes: [
      ...best.notes.map((note) => `Rule ${rule.id} ${note}.`),
      ...constant.map(() => `Rule ${rule.id} sends a constant text, which says nothing of the event.`),
    ],
  };
}

function reachTarget(
  account: Account,
  rule: Resource,
  { target, options }: { readonly target: JsonObject; readonly options: TargetOptions },
): Reach {
  const { Arn: arn, RoleArn: role } = target;
  const { indirect, message = { kind: "unknown" } } = options;
  return reachOf(account, typeof arn === "string" ? arn : "", {
    sender: {
      publisher: "events",
      account: rule.account,
      region: rule.region,
      arn: rule.arn ?? rule.id,
      ...organizationOf(account, rule.account),
    },
    message: () => targetMessage(target, message),
    ...messageGroupOf(target),
    ...(typeof role === "string" ? { roleArn: role } : {}),
    ...(indirect === undefined ? {} : { indirect }),
  });
}

/** The message group that a target names for a FIFO queue. */
export function messageGroupOf({ SqsParameters: parameters }: JsonObject): {
  readonly messageGroup?: string;
} {
  const group = isObject(parameters) ? parameters["MessageGroupId"] : undefined;
  return typeof group === "string" ? { messageGroup: group } : {};
}

/** Whether trails record an event at all, since EventBridge gets only what a trail logs. `sure` counts trails without doubt alone. */
export function recordedLink(questions: readonly Question[], claim: Claim): ChainLink {
  return {
    name: "trail",
    ref: "trails",
    id: "",
    claim:
      questions.length === 0
        ? refuted("no trail records there, and EventBridge gets only the API calls that a trail logs")
        : claim,
    passes: anyOf(questions),
    stops: (event) =>
      `no trail records ${eventWords(event)}, and EventBridge gets only the API calls that a trail logs`,
    evidence: () => [],
  };
}

/** What stands for a list of rules that could not be read. */
export function hiddenRuleLink(
  region: string,
  because: string,
  reason: "unreadable" | "not-collected",
): ChainLink {
  return {
    name: "rule",
    ref: `${RULE} ${region}`,
    id: `the EventBridge rules of ${region}`,
    claim: doubtful(reason, `could not be listed: ${because}`),
    evidence: () => [],
  };
}
