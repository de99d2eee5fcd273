import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import type { Evidence } from "../../core/verdict.js";
import { parseArn } from "../../shared/aws/arn.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readBoolean, readNumber, readText } from "../../shared/read-property.js";
import { evidenceOf } from "../evidence.js";

/** What a place that receives logs must be like. */
export type DestinationDemand = {
  /** What the name of a log group must begin with; a service may be unable to write to any other. */
  readonly prefix?: string;
  /** Days that a log group must keep its events at least; keeping them for ever is enough. */
  readonly retentionDays?: number;
};

/** Where logs go, and whether they can stay there. */
export type DestinationAnswer = {
  readonly ref: string;
  readonly claim: Claim;
  readonly evidence: readonly Evidence[];
  /** The ARN of a log group that is gone, where that is why. */
  readonly gone?: string;
};

/** The types that receive logs. */
const destinationTypes = {
  group: "AWS::Logs::LogGroup",
  bucket: "AWS::S3::Bucket",
  stream: "AWS::KinesisFirehose::DeliveryStream",
} as const;

/** The properties of a log group that `destinationOf` reads. */
const logGroupProperties = ["Exists", "RetentionInDays", "LogGroupClass"] as const;

/** What must be read of the log groups and buckets that resources of a type name at a path. */
export function destinationNeeds(
  referencedBy: string,
  path: string,
  kinds: readonly ("log-group" | "bucket")[],
): readonly Need[] {
  const only = { referencedBy, path };
  return kinds.map((kind) =>
    kind === "bucket"
      ? { type: destinationTypes.bucket, properties: [EXISTS], only }
      : { type: destinationTypes.group, properties: logGroupProperties, only },
  );
}

/** Whether a log group, bucket or stream, named by its ARN, can take logs: it exists, has the demanded name, and keeps them long enough. */
export function destinationOf(
  account: Account,
  arn: string,
  demand: DestinationDemand = {},
): DestinationAnswer {
  const plain = arn.replace(/:\*$/u, "");
  const service = parseArn(plain)?.service;
  if (service === "logs") return ofGroup(account, plain, demand);
  if (service === "s3")
    return ofPlace(account, {
      ref: plain.replace(/\/.*$/u, ""),
      type: destinationTypes.bucket,
      noun: "bucket",
    });
  if (service === "firehose")
    return ofPlace(account, { ref: plain, type: destinationTypes.stream, noun: "delivery stream" });
  return {
    ref: arn,
    claim: doubtful("undecidable", `${arn} is no log group, bucket or delivery stream`),
    evidence: [],
  };
}

/** The ARN of a log group of an account, by its name. */
export function logGroupArn({ partition }: Account, { region, account }: Resource, name: string): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}

function ofGroup(
  account: Account,
  ref: string,
  { prefix = "", retentionDays = 0 }: DestinationDemand,
): DestinationAnswer {
  const name = parseArn(ref)?.resource.replace(/^log-group:/u, "") ?? ref;
  if (!name.startsWith(prefix))
    return {
      ref,
      claim: refuted(`log group ${name} does not begin with ${prefix}, and no other can be written to`),
      evidence: [],
    };
  const group = account.find(destinationTypes.group, ref);
  if (group === undefined)
    return {
      ref,
      claim: doubtful("not-collected", `log group ${name} is not in this snapshot`),
      evidence: [],
    };
  const evidence = evidenceOf(account, group, retentionDays > 0 ? logGroupProperties : ["Exists"]);
  if (isKnownGone(group))
    return { ref, claim: refuted(`log group ${name} does not exist`), evidence, gone: ref };
  return {
    ref,
    claim: everyClaim([existence(group, `log group ${name}`), retention(group, name, retentionDays)]),
    evidence,
  };
}

type Place = { readonly ref: string; readonly type: string; readonly noun: string };

function ofPlace(account: Account, { ref, type, noun }: Place): DestinationAnswer {
  const found = account.find(type, ref);
  const name = ref.slice(ref.lastIndexOf(":") + 1);
  if (found === undefined)
    return { ref, claim: doubtful("not-collected", `${noun} ${name} is not in this snapshot`), evidence: [] };
  return {
    ref,
    claim: isKnownGone(found)
      ? refuted(`${noun} ${name} does not exist`)
      : existence(found, `${noun} ${name}`),
    evidence: evidenceOf(account, found, ["Exists"]),
  };
}

// Whether something exists is only asked of what a reference names; what a list showed does.
function existence(resource: Resource, what: string): Claim {
  const exists = readBoolean(resource, "Exists");
  return exists.kind === "unreadable" ? claimOf(exists, `whether ${what} exists`, () => holding) : holding;
}

function retention(group: Resource, name: string, days: number): Claim {
  if (days === 0) return holding;
  const kept = claimOf(readNumber(group, "RetentionInDays"), `RetentionInDays of ${name}`, (found) =>
    atLeast(found, name, days),
  );
  // A log group of this class keeps its events for one day, whatever its retention says.
  const short = claimOf(readText(group, "LogGroupClass"), `LogGroupClass of ${name}`, (logClass) =>
    logClass === "DELIVERY" && days > 1
      ? refuted(`log group ${name} is of class DELIVERY and keeps its events for one day`)
      : holding,
  );
  return everyClaim([kept, short]);
}

function atLeast(found: number | undefined, name: string, days: number): Claim {
  return found === undefined || found >= days
    ? holding
    : refuted(
        `log group ${name} keeps its events for ${found.toString()} days, ${days.toString()} are demanded`,
      );
}
