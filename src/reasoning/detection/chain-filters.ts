import type { Account } from "../../core/account.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { explainFilterMismatch } from "../../languages/filter-pattern/explain.js";
import { parseFilterPattern } from "../../languages/filter-pattern/filter-pattern.js";
import type { FilterPattern } from "../../languages/filter-pattern/ast.js";
import { filterPatternQuestion } from "../../languages/filter-pattern/match.js";
import { isOverBroad } from "../../languages/filter-pattern/breadth.js";
import { within } from "../../languages/partial-record/search.js";
import type { Question } from "../../languages/partial-record/search.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import {
  isArray,
  isObject,
  readBoolean,
  readList,
  readProperty,
  readText,
} from "../../shared/read-property.js";
import { constantQuestion } from "./chain-question.js";
import { withReason } from "./chain.js";
import type { ChainLink, Mismatch } from "./chain.js";
import { eventWords } from "./demanded-events-text.js";
import { evidenceOf } from "../evidence.js";
import type { Publication } from "../firing/event.js";

const FILTER = "AWS::Logs::MetricFilter";

/** What must be read of metric filters. */
export const filterNeeds: readonly Need[] = [
  {
    type: FILTER,
    properties: [
      "FilterName",
      "FilterPattern",
      "LogGroupName",
      "MetricTransformations",
      "ApplyOnTransformedLogs",
      "FieldSelectionCriteria",
      "EmitSystemFieldDimensions",
    ],
  },
];

/** A metric that a filter writes; `selectors` are the places of the record that its dimensions take their values from. */
export type WrittenMetric = {
  readonly publication: Publication;
  readonly selectors: Readonly<Record<string, string>>;
  readonly counts: Claim;
};

/** A metric filter, understood as far as it can be. */
export type Filter = {
  readonly resource: Resource;
  readonly groupName: string;
  readonly link: ChainLink;
  readonly metrics: readonly WrittenMetric[];
};

/** The metric filters of an account. One whose log group or pattern could not be read is kept, as a doubt. */
export function filtersOf(account: Account): readonly Filter[] {
  const understand = understanding();
  return account.list(FILTER).resources.map((resource) => {
    const text = readText(resource, "FilterPattern");
    const { parsed, pattern, question } = understand(text.kind === "set" ? text.value : undefined);
    const group = readText(resource, "LogGroupName");
    const unread = claimOf(text, "FilterPattern", () =>
      parsed?.ok === false ? refuted(`CloudWatch Logs would refuse its pattern: ${parsed.message}`) : holding,
    );
    return {
      resource,
      groupName: group.kind === "set" ? group.value : "",
      link: linkOf(account, resource, {
        pattern,
        question,
        text: text.kind === "set" ? text.value : "",
        claim: everyClaim([unread, narrowing(resource)]),
      }),
      metrics: metricsOf(resource),
    };
  });
}

type Understood = {
  readonly parsed: ReturnType<typeof parseFilterPattern> | undefined;
  readonly pattern: FilterPattern | undefined;
  readonly question: Question;
};

// The same pattern often stands on many log groups; whoever asks it of an event then asks once.
function understanding(): (text: string | undefined) => Understood {
  const known = new Map<string | undefined, Understood>();
  return (text) => {
    const understood = known.get(text) ?? understand(text);
    known.set(text, understood);
    return understood;
  };
}

function understand(text: string | undefined): Understood {
  const parsed = text === undefined ? undefined : parseFilterPattern(text);
  const pattern = parsed?.ok === true ? parsed.value : undefined;
  return {
    parsed,
    pattern,
    question: within(
      "detail",
      pattern === undefined
        ? constantQuestion({ unknown: "its pattern is not understood" })
        : filterPatternQuestion(pattern),
    ),
  };
}

type Meaning = Pick<Understood, "pattern" | "question"> & { readonly text: string; readonly claim: Claim };

function linkOf(
  account: Account,
  resource: Resource,
  { pattern, question, text, claim }: Meaning,
): ChainLink {
  const name = readText(resource, "FilterName");
  const isBroad = pattern !== undefined && isOverBroad(pattern);
  const mismatch = (event: JsonObject): Mismatch | undefined => mismatchOf(pattern, event);
  return {
    name: "filter",
    ref: resource.id,
    id: name.kind === "set" ? name.value : resource.id,
    claim,
    text,
    passes: question,
    stops: (event) => withReason(`does not match ${eventWords(event)}`, mismatch(event)),
    mismatch,
    evidence: () => evidenceOf(account, resource, ["LogGroupName", "FilterPattern", "MetricTransformations"]),
    ...(isBroad
      ? { notes: [`Filter ${resource.id} matches nearly every event, so that its alarm says little.`] }
      : {}),
  };
}

function mismatchOf(pattern: FilterPattern | undefined, { detail }: JsonObject): Mismatch | undefined {
  const found =
    pattern === undefined || !isObject(detail) ? undefined : explainFilterMismatch(pattern, detail);
  return found && { ...found, path: ["detail", ...found.path] };
}

function narrowing(resource: Resource): Claim {
  const criteria = readProperty(resource, "FieldSelectionCriteria");
  const isNarrowed = criteria.kind === "set" && criteria.value !== "";
  const transformed = readBoolean(resource, "ApplyOnTransformedLogs");
  return everyClaim([
    isNarrowed
      ? doubtful("undecidable", "it looks at some accounts or regions only (FieldSelectionCriteria)")
      : holding,
    transformed.kind === "set" && transformed.value
      ? doubtful("undecidable", "it looks at events as a transformer has changed them")
      : holding,
  ]);
}

function metricsOf(resource: Resource): readonly WrittenMetric[] {
  const transformations = readList(resource, "MetricTransformations");
  if (transformations.kind !== "set") return [];
  const system = readList(resource, "EmitSystemFieldDimensions");
  const added = system.kind === "set" ? system.value.filter((name) => typeof name === "string") : [];
  return transformations.value
    .filter(isObject)
    .flatMap((transformation) => metricOf(transformation, resource.account, added) ?? []);
}

function metricOf(
  transformation: JsonObject,
  account: string,
  system: readonly string[],
): WrittenMetric | undefined {
  const {
    MetricNamespace: namespace,
    MetricName: metric,
    MetricValue: value,
    DefaultValue: fallback,
    Unit: unit,
    Dimensions: dimensions,
  } = transformation;
  if (typeof namespace !== "string" || typeof metric !== "string") return undefined;
  const selectors = Object.fromEntries(pairsOf(dimensions));
  const names = [...Object.keys(selectors), ...system];
  const number = Number(value);
  const publication: Publication = {
    account,
    namespace,
    metric,
    value: Number.isNaN(number) ? 1 : number,
    ...(typeof fallback === "number" ? { defaultValue: fallback } : {}),
    ...(names.length === 0 ? {} : { dimensionNames: names }),
    ...(typeof unit === "string" && unit !== "None" ? { unit } : {}),
  };
  return { publication, selectors, counts: countsClaim(typeof value === "string" ? value : "") };
}

function pairsOf(dimensions: JsonValue | undefined): readonly (readonly [string, string])[] {
  if (!isArray(dimensions)) return [];
  return dimensions
    .filter(isObject)
    .flatMap(({ Key: key, Value: value }) =>
      typeof key === "string" && typeof value === "string" ? [[key, value] as const] : [],
    );
}

// The text members of a record that people take by mistake; of any other, its events tell whether it holds a number.
const textual =
  /^\$\.(?:event(?:Name|Source|Time|Type|ID|Version|Category)|awsRegion|userAgent|sourceIPAddress|errorCode|errorMessage|requestID|recipientAccountId|userIdentity\.\w+)$/u;

function countsClaim(value: string): Claim {
  if (textual.test(value)) return refuted(`its metric value ${value} is text, which is no number`);
  if (value.startsWith("$"))
    return doubtful(
      "undecidable",
      `its metric value is ${value}, and whether that is a number above 0 only the events tell`,
    );
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (number > 0) return holding;
  return refuted(`its metric value is ${JSON.stringify(value)}, so that a match counts nothing`);
}
