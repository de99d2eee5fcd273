import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import { notApplicable } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { dataEvents, managementEvents, networkEvents, shareSets } from "../../reasoning/capture/demand.js";
import type { Choice, EventSet, RegionDemand } from "../../reasoning/capture/demand.js";
import { sinkNeeds } from "../../reasoning/capture/needs.js";
import { resourceSets } from "../../reasoning/capture/resources.js";
import { sinksOf } from "../../reasoning/capture/sinks.js";
import { principals } from "../../reasoning/capture/texts.js";
import { captureVerdict } from "../../reasoning/capture/verdict.js";
import { isServed } from "../../shared/aws/served-regions.js";
import { listed } from "../../shared/text/words.js";

const source = {
  type: "string",
  pattern: "^[a-z0-9][a-z0-9.-]*\\.[a-z0-9.-]+$",
  description: "An event source, such as glacier.amazonaws.com.",
} as const;
const texts = {
  type: "array",
  minItems: 1,
  uniqueItems: true,
  items: { type: "string", minLength: 1 },
} as const;
const names = { ...texts, description: "Only these events. Default: every event of the source." } as const;
const access = {
  enum: ["read", "write", "all"],
  description: "Only reads, only writes, or both. Default: all.",
} as const;

const options = {
  type: "object",
  additionalProperties: false,
  anyOf: [{ required: ["events"] }, { required: ["data"] }, { required: ["network"] }],
  properties: {
    events: {
      type: "object",
      additionalProperties: false,
      description: "Management events of one source or several.",
      anyOf: [{ required: ["source"] }, { required: ["sources"] }],
      properties: {
        source,
        sources: { type: "array", minItems: 1, uniqueItems: true, items: source },
        names,
        access,
        eventType: { type: "string", minLength: 1, description: "Default: AwsApiCall." },
      },
    },
    data: {
      type: "object",
      additionalProperties: false,
      required: ["type"],
      description:
        "Data events of a resource type; of all its resources, present and future, unless some are named.",
      properties: {
        type: {
          type: "string",
          minLength: 1,
          description: "A resources.type of CloudTrail, such as AWS::S3::Object.",
        },
        buckets: { ...texts, description: "Only the objects of these buckets. With type AWS::S3::Object." },
        arns: {
          type: "array",
          minItems: 1,
          uniqueItems: true,
          items: { type: "string", pattern: "^arn:" },
          description: "Only these ARNs; a last * takes all that begin so.",
        },
        source: { ...source, description: "The event source, for a type that is not in the catalogue." },
        names,
        access,
      },
    },
    network: {
      type: "object",
      additionalProperties: false,
      required: ["source"],
      description: "Network activity through VPC endpoints.",
      properties: {
        source,
        names,
        access,
        denied: { type: "boolean", description: "Only what an endpoint policy refuses. Default: false." },
      },
    },
    regions: { ...texts, description: "Only these regions, of those looked at. Default: all." },
    world: {
      enum: ["closed", "open"],
      description:
        "closed: the events known today. open: also events that AWS adds later. Default: closed where every event of the source is catalogued.",
    },
    delivered: { type: "boolean", description: "What is recorded must arrive somewhere. Default: true." },
  },
} as const;

type Options = FromSchema<typeof options>;

/** Whether trails, event data stores and channels together capture every demanded event, in every region looked at. */
export const cloudtrailCaptures = defineEvaluator<Options>({
  id: "cloudtrail-captures",
  summary: "CloudTrail captures, and delivers, every event of a demanded set, in every region",
  options,
  needs: ({ delivered = true }) => sinkNeeds({ delivered }),
  evaluate: (account, chosen) => [aboutAccount(account, judge(account, chosen))],
});

function judge(account: Account, chosen: Options): Verdict {
  const regions = account.regions.filter((region) => chosen.regions?.includes(region) ?? true);
  if (regions.length === 0)
    return notApplicable(
      `none of the regions that the rule names is looked at (${listed(chosen.regions ?? [])})`,
    );
  const demand = shareSets(
    regions
      .map((region) => ({ region, events: demandedIn(region, account, chosen) }))
      .filter(({ events }) => events.length > 0),
  );
  if (demand.length === 0)
    return notApplicable(
      `no demanded event can occur in ${listed(regions)}: the service is not offered there, or no event of it is of the demanded access`,
    );
  const verdict = captureVerdict({
    account,
    sinksOf,
    demand,
    delivered: chosen.delivered ?? true,
    everyRegion: chosen.regions === undefined,
  });
  const unseen = (chosen.regions ?? []).filter((region) => !regions.includes(region));
  return unseen.length === 0
    ? verdict
    : {
        ...verdict,
        notes: [
          ...(verdict.notes ?? []),
          `The rule also names ${listed(unseen)}, which this run does not look at.`,
        ],
      };
}

function demandedIn(region: string, account: Account, chosen: Options): RegionDemand["events"] {
  const { partition, id } = account;
  const common = {
    principals: principals(partition, id),
    ...(chosen.world === undefined ? {} : { world: chosen.world }),
  };
  return [
    ...managementIn(region, chosen, common),
    ...dataIn(region, account, { chosen, common }),
    ...networkIn(region, chosen, common),
  ].filter(({ names: known, unlisted }) => known.length + unlisted.length > 0);
}

function managementIn(region: string, { events }: Options, common: Choice): readonly EventSet[] {
  if (events === undefined) return [];
  const { source: one, sources: several = [], ...choice } = events;
  const sources = [...new Set([...(one === undefined ? [] : [one]), ...several])];
  return sources
    .filter((name) => isServedIn(name, region))
    .flatMap((name) => managementEvents(name, { ...common, ...choice }));
}

function dataIn(
  region: string,
  account: Account,
  { chosen: { data }, common }: { readonly chosen: Options; readonly common: Choice },
): readonly EventSet[] {
  if (data === undefined) return [];
  const { type, buckets, arns, source: from, ...choice } = data;
  // Requests go to a bucket's own region; where that is not known, any region may be it.
  const here = buckets?.filter(
    (bucket) => (account.find("AWS::S3::Bucket", bucket)?.region ?? region) === region,
  );
  const sets = resourceSets(
    { type, ...(here === undefined ? {} : { buckets: here }), ...(arns === undefined ? {} : { arns }) },
    { partition: account.partition, account: account.id, region },
  );
  return sets.flatMap((set) =>
    dataEvents(
      { type, arns: set, ...(from === undefined ? {} : { source: from }) },
      { ...common, ...choice },
    ),
  );
}

function networkIn(region: string, { network }: Options, common: Choice): readonly EventSet[] {
  if (network === undefined || !isServedIn(network.source, region)) return [];
  const { source: from, denied = false, ...choice } = network;
  return [networkEvents(from, denied, { ...common, ...choice })];
}

function isServedIn(eventSource: string, region: string): boolean {
  return isServed(eventSource.replace(/\.amazonaws\.com$/u, ""), region);
}
