import type { Account, Blind } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import type { Candidate, Evidence } from "../../core/verdict.js";
import { parseArn } from "../../shared/aws/arn.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isArray, readObject, readProperty, readText } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { listed } from "../../shared/text/words.js";
import { arrivalNeeds, arrives } from "../arrives/arrives.js";
import type { DestinationAnswer, DestinationDemand } from "../arrives/arrives.js";
import { evidenceOf } from "../evidence.js";

/** The three things that CloudWatch Logs delivers with, and what is read of them. */
export const deliveryTypes = {
  source: {
    type: "AWS::Logs::DeliverySource",
    properties: ["Name", "ResourceArn", "ResourceArns", "LogType", "Status", "DeliverySourceConfiguration"],
  },
  delivery: {
    type: "AWS::Logs::Delivery",
    properties: ["DeliverySourceName", "DeliveryDestinationArn", "DeliveryDestinationType", "RecordFields"],
  },
  destination: {
    type: "AWS::Logs::DeliveryDestination",
    properties: ["DestinationResourceArn", "DeliveryDestinationType"],
  },
} as const;

/** What must be read to follow deliveries to where they end. */
export const deliveryNeeds: readonly Need[] = [
  ...Object.values(deliveryTypes),
  ...arrivalNeeds(
    { referencedBy: deliveryTypes.destination.type, path: "DestinationResourceArn" },
    ["log-group", "bucket"],
    "delivery",
  ),
];

/** What is asked of a delivered log. */
export type DeliveryDemand = DestinationDemand & {
  /** A sample of the records is enough; by default every record is wanted. */
  readonly sampling?: "allow";
};

/** Whether one kind of log of a resource is delivered, and what was considered. */
export type DeliveryAnswer = {
  readonly claim: Claim;
  readonly candidates: readonly Candidate[];
  readonly evidence: readonly Evidence[];
  /** What the logs leave out. */
  readonly notes: readonly string[];
  /** The ARN of a log group that is gone, where that is why. */
  readonly gone?: string;
};

/** Whether a resource's logs of one type go from a delivery source through a delivery to a destination that exists. */
export function logDelivery(
  account: Account,
  {
    resource,
    logType,
    demand,
  }: { readonly resource: Resource; readonly logType: string; readonly demand: DeliveryDemand },
): DeliveryAnswer {
  const world = { account, region: resource.region, demand };
  const sources = listIn(world, "source").filter((source) => concerns(source, resource, logType));
  const answers = sources.map((source) => ofSource(world, source));
  const hidden = [...blindIn(world, "source").map(blindClaim), ...unseenRegion(world)];
  const claim = someClaim(
    [...answers.map((answer) => answer.claim), ...hidden],
    `it has no delivery source for ${logType}`,
  );
  const deciding = answers.find((answer) => answer.claim.is === claim.is);
  return {
    claim,
    candidates: answers.flatMap(({ candidates }) => candidates),
    evidence: answers.flatMap(({ evidence }) => evidence),
    notes: claim.is === "yes" ? (deciding?.notes ?? []) : [],
    ...goneIn(answers, claim),
  };
}

// Which of several ways a claim was taken from.
function goneIn(
  answers: readonly Pick<DeliveryAnswer, "claim" | "gone">[],
  claim: Claim,
): Pick<DeliveryAnswer, "gone"> {
  const gone = answers.find((answer) => answer.claim === claim)?.gone;
  return gone === undefined ? {} : { gone };
}

// Deliveries are listed in the regions that are looked at; a bucket that something names may be in another.
function unseenRegion({ account, region }: World): readonly Claim[] {
  return account.regions.includes(region)
    ? []
    : [doubtful("not-collected", `the log deliveries of ${region} were not looked at`)];
}

type World = { readonly account: Account; readonly region: string; readonly demand: DeliveryDemand };

// The API allows one resource per source; a delivery source of a channel is none of its group.
function concerns(source: Resource, { arn }: Resource, logType: string): boolean {
  const of = readProperty(source, "ResourceArn");
  const all = readProperty(source, "ResourceArns");
  const first =
    of.kind === "set" ? of.value : all.kind === "set" && isArray(all.value) ? all.value[0] : undefined;
  const type = readText(source, "LogType");
  return arn !== undefined && first === arn && type.kind === "set" && type.value === logType;
}

function ofSource(world: World, source: Resource): DeliveryAnswer {
  const { account } = world;
  const evidence = evidenceOf(account, source, [
    "ResourceArn",
    "LogType",
    "Status",
    "DeliverySourceConfiguration",
  ]);
  const status = readText(source, "Status");
  if (status.kind === "set" && status.value === "INACTIVE")
    return conclude(source, refuted(`delivery source ${source.id} is inactive`), { evidence });
  const deliveries = listIn(world, "delivery").filter(
    (delivery) => textOf(delivery, "DeliverySourceName") === source.id,
  );
  const answers = deliveries.map((delivery) => ofDelivery(world, source, delivery));
  const hidden = blindIn(world, "delivery").map(blindClaim);
  const delivered = someClaim(
    [...answers.map((answer) => answer.claim), ...hidden],
    `delivery source ${source.id} has no delivery, and sends nothing`,
  );
  const claim = everyClaim([delivered, ...(world.demand.sampling === "allow" ? [] : [isWhole(source)])]);
  return conclude(source, claim, {
    evidence: [...evidence, ...answers.flatMap((answer) => answer.evidence)],
    notes: answers.find((answer) => answer.claim.is === "yes")?.notes ?? [],
    ...goneIn(answers, claim),
  });
}

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html
function isWhole(source: Resource): Claim {
  const property = "DeliverySourceConfiguration";
  return claimOf(readObject(source, property), `${property} of ${source.id}`, (configuration) => {
    const rate = configuration?.["samplingRate"];
    if (rate === undefined || Number(rate) >= 100) return holding;
    return refuted(
      `delivery source ${source.id} has the samplingRate ${JSON.stringify(rate).replaceAll('"', "")}: the other records are dropped`,
    );
  });
}

function conclude(
  source: Resource,
  claim: Claim,
  {
    evidence,
    notes = [],
    ...more
  }: Pick<DeliveryAnswer, "evidence" | "gone"> & { readonly notes?: readonly string[] },
): DeliveryAnswer {
  const status = { yes: "pass", no: "fail", unknown: "unknown" } as const;
  return {
    claim,
    evidence,
    notes,
    ...more,
    candidates: [
      {
        ref: source.arn ?? source.id,
        status: status[claim.is],
        ...(claim.is === "yes" ? {} : { brokenLink: claim.because }),
      },
    ],
  };
}

function ofDelivery(world: World, source: Resource, delivery: Resource): Omit<DeliveryAnswer, "candidates"> {
  const { account } = world;
  const evidence = evidenceOf(account, delivery, ["DeliverySourceName", "DeliveryDestinationArn"]);
  let answer: Pick<DestinationAnswer, "evidence" | "gone"> = { evidence: [] };
  const claim = claimOf(
    readText(delivery, "DeliveryDestinationArn"),
    `DeliveryDestinationArn of ${delivery.id}`,
    (arn = "") => {
      const { claim: reached, ...found } = ofDestination(world, source, arn);
      answer = found;
      return reached;
    },
  );
  return {
    ...answer,
    claim,
    evidence: [...evidence, ...answer.evidence],
    notes: missingFields(delivery),
  };
}

function ofDestination(world: World, source: Resource, arn: string): Omit<DestinationAnswer, "ref"> {
  const { account, demand } = world;
  const destination = account.find(deliveryTypes.destination.type, arn);
  if (destination === undefined) return { claim: unseen(world, arn), evidence: [] };
  const evidence = evidenceOf(account, destination, ["DestinationResourceArn"]);
  const target = readText(destination, "DestinationResourceArn");
  if (target.kind !== "set")
    return {
      claim: claimOf(target, `DestinationResourceArn of ${destination.id}`, () =>
        doubtful("undecidable", `what delivery destination ${destination.id} leads to is not told`),
      ),
      evidence,
    };
  const { region, account: owner } = source;
  const from = source.arn ?? `arn:${account.partition}:logs:${region}:${owner}:delivery-source:${source.id}`;
  const origin = { kind: "delivery", account: owner, region, arn: from } as const;
  const answer = arrives(account, target.value, { origin, demand });
  const { claim, gone } = answer;
  return {
    claim,
    evidence: [...evidence, ...answer.evidence],
    ...(gone === undefined ? {} : { gone }),
  };
}

// One of another account is not in the list of this one.
function unseen(world: World, arn: string): Claim {
  const owner = parseArn(arn)?.account;
  if (owner !== undefined && owner !== "" && owner !== world.account.id)
    return doubtful(
      "undecidable",
      `delivery destination ${arn} is account ${owner}'s, and what it leads to cannot be seen from here`,
    );
  const [hidden] = blindIn(world, "destination");
  return hidden === undefined ? refuted(`delivery destination ${arn} does not exist`) : blindClaim(hidden);
}

// What an audit record must say at least: when, who, what and how it ended.
const auditFields = [
  "event_timestamp",
  "client_ip",
  "method",
  "request",
  "status_code",
  "request_id",
  "resource_arn",
];

function missingFields(delivery: Resource): readonly string[] {
  const reading = readProperty(delivery, "RecordFields");
  if (reading.kind !== "set" || !isArray(reading.value)) return [];
  const { value: fields } = reading;
  const missing = auditFields.filter((field) => !fields.includes(field));
  return missing.length === 0 ? [] : [`Delivery ${delivery.id} leaves out ${listed(missing)}.`];
}

function listIn({ account, region }: World, kind: keyof typeof deliveryTypes): readonly Resource[] {
  return account.list(deliveryTypes[kind].type).resources.filter((resource) => resource.region === region);
}

function blindIn({ account, region }: World, kind: keyof typeof deliveryTypes): readonly Blind[] {
  return account
    .list(deliveryTypes[kind].type)
    .blind.filter((blind) => blind.region === region || blind.region === "global");
}

function blindClaim(blind: Blind): Claim {
  return doubtful(
    blind.kind,
    `the ${blind.type} list of ${blind.region} could not be read: ${explainBlind(blind)}`,
  );
}

function textOf(resource: Resource, property: string): string {
  const reading = readText(resource, property);
  return reading.kind === "set" ? reading.value : "";
}
