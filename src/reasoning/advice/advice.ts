import type { Account, Blind } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Reading, Resource } from "../../core/resource.js";
import {
  isArray,
  isObject,
  readList,
  readObject,
  readProperty,
  readText,
  readTime,
} from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";

/** The types that Trusted Advisor's two APIs are read as. */
export const adviceTypes = {
  access: "AWS::TrustedAdvisor::Access",
  check: "AWS::TrustedAdvisor::Check",
  recommendation: "AWS::TrustedAdvisor::Recommendation",
} as const;

/** What must be read to judge checks, with `flagged` also the resources that they flag. */
export function adviceNeeds({ flagged }: { readonly flagged: boolean }): readonly Need[] {
  return [
    {
      type: adviceTypes.check,
      properties: [
        "Name",
        "Category",
        "Headings",
        "Status",
        "Timestamp",
        "ResourcesSummary",
        ...(flagged ? ["FlaggedResources"] : []),
      ],
    },
    {
      type: adviceTypes.recommendation,
      properties: [
        "Name",
        "Type",
        "LifecycleStage",
        "CheckArn",
        "Status",
        "StatusReason",
        "Pillars",
        "ResourcesAggregates",
        "LastUpdatedAt",
      ],
    },
  ];
}

/** What Trusted Advisor says of one check, by whichever API. */
export type Advice = {
  readonly id: string;
  /** The check, or the recommendation where the newer API alone answers. */
  readonly resource: Resource;
  readonly name: string;
  readonly categories: readonly string[];
  /** ok, warning, error or not_available. */
  readonly status: Reading<string>;
  /** When it was last refreshed: milliseconds since 1970, UTC. */
  readonly refreshed: Reading<number>;
  /** The newer API says that there was nothing to look at. */
  readonly hasNoData: boolean;
  readonly suppressed: number;
  readonly flagged: readonly JsonObject[];
  readonly properties: readonly string[];
};

/** All advice, or why there is none to be had. */
export type AdviceList =
  | { readonly kind: "advice"; readonly advice: readonly Advice[] }
  | { readonly kind: "no-access"; readonly reason: Blind["kind"]; readonly because: string };

/** What Trusted Advisor says of the account: by the Support API, which tells more, else by the newer one. */
export function adviceOf(account: Account): AdviceList {
  const checks = account.list(adviceTypes.check);
  const recommendations = account.list(adviceTypes.recommendation);
  if (checks.blind.length === 0)
    return {
      kind: "advice",
      advice: checks.resources.map((check) => ofCheck(check, recommendations.resources)),
    };
  if (recommendations.blind.length === 0)
    return {
      kind: "advice",
      advice: worstOfEach(recommendations.resources.filter(isOpen).map(ofRecommendation)),
    };
  const refusals = [...checks.blind, ...recommendations.blind];
  const plan = refusals.find(isPlanRefusal);
  const [first = plan] = checks.blind;
  if (plan !== undefined)
    return {
      kind: "no-access",
      reason: plan.kind,
      because: `the support plan gives no access to Trusted Advisor's APIs (${plan.reason}), which says nothing of what the checks would find`,
    };
  return {
    kind: "no-access",
    reason: first?.kind ?? "unreadable",
    because: `Trusted Advisor could not be read: ${refusals.map(explainBlind).join("; ")}`,
  };
}

// A priority recommendation, which an account team makes, stands until somebody closes it. https://docs.aws.amazon.com/awssupport/latest/user/trusted-advisor-priority.html
function isOpen(recommendation: Resource): boolean {
  return (
    textOf(recommendation, "Type") !== "priority" ||
    !["dismissed", "resolved"].includes(textOf(recommendation, "LifecycleStage"))
  );
}

const badness: readonly string[] = ["ok", "warning", "error"];

// One check can have a standard recommendation and priority ones.
function worstOfEach(advice: readonly Advice[]): readonly Advice[] {
  const rank = ({ status }: Advice): number => (status.kind === "set" ? badness.indexOf(status.value) : -1);
  const worst = new Map<string, Advice>();
  for (const one of advice) {
    const known = worst.get(one.id);
    if (known === undefined || rank(one) > rank(known)) worst.set(one.id, one);
  }
  return [...worst.values()];
}

/** Whether a list was refused for the support plan, not for a missing permission. */
export function isPlanRefusal({ reason, message = "" }: Blind): boolean {
  return reason === "SubscriptionRequiredException" || /support level/iu.test(message);
}

function ofCheck(check: Resource, recommendations: readonly Resource[]): Advice {
  const summary = readObject(check, "ResourcesSummary");
  const same = recommendations.filter((recommendation) =>
    textOf(recommendation, "CheckArn").endsWith(`check/${check.id}`),
  );
  return {
    id: check.id,
    resource: check,
    name: textOf(check, "Name"),
    categories: [textOf(check, "Category")],
    status: readText(check, "Status"),
    refreshed: readTime(check, "Timestamp"),
    hasNoData: same.some(saysNoData),
    suppressed: summary.kind === "set" ? countIn(summary.value, "resourcesSuppressed") : 0,
    flagged: objectsIn(check, "FlaggedResources"),
    properties: ["Status", "Timestamp", "ResourcesSummary"],
  };
}

function ofRecommendation(recommendation: Resource): Advice {
  const aggregates = readObject(recommendation, "ResourcesAggregates");
  const pillars = readList(recommendation, "Pillars");
  const [, id = recommendation.id] = /check\/(.+)$/u.exec(textOf(recommendation, "CheckArn")) ?? [];
  return {
    id,
    resource: recommendation,
    name: textOf(recommendation, "Name"),
    categories: pillars.kind === "set" ? pillars.value.filter((pillar) => typeof pillar === "string") : [],
    status: readText(recommendation, "Status"),
    refreshed: readTime(recommendation, "LastUpdatedAt"),
    hasNoData: saysNoData(recommendation),
    suppressed: aggregates.kind === "set" ? countIn(aggregates.value, "ExcludedCount") : 0,
    flagged: [],
    properties: ["Status", "StatusReason", "LastUpdatedAt", "ResourcesAggregates"],
  };
}

// Green because there was nothing to look at.
function saysNoData(recommendation: Resource): boolean {
  return textOf(recommendation, "StatusReason") === "no_data_ok";
}

function countIn(counts: JsonObject, name: string): number {
  const count = counts[name];
  return typeof count === "number" ? count : 0;
}

function objectsIn(resource: Resource, property: string): readonly JsonObject[] {
  const reading = readProperty(resource, property);
  return reading.kind === "set" && isArray(reading.value) ? reading.value.filter(isObject) : [];
}

function textOf(resource: Resource, property: string): string {
  const reading = readText(resource, property);
  return reading.kind === "set" ? reading.value : "";
}
