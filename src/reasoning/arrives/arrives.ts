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
import type { RequestContext } from "../../languages/iam-policy/question.js";
import { bucketAdmits } from "../admits/bucket.js";
import { groupPolicyProperties, logGroupAdmits, logPolicyNeed } from "../admits/log-group.js";
import { organizationContext, organizationOf } from "../admits/organization.js";
import { bucketKeyPath, bucketStores, storageKeyProperties, storageProperties } from "../admits/storage.js";
import { evidenceOf } from "../evidence.js";
import { senders } from "./senders.js";
import type { LogOrigin, SenderKind } from "./senders.js";

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

/** The properties of a log group that `arrives` reads, beside its policy. */
const logGroupProperties = ["Exists", "RetentionInDays", "LogGroupClass"] as const;

/** What must be read of the log groups and buckets that resources of a type name at a path, for a kind of sender. */
export function arrivalNeeds(
  named: { readonly referencedBy: string; readonly path: string },
  kinds: readonly ("log-group" | "bucket")[],
  kind: SenderKind,
): readonly Need[] {
  const isAdmitted = senders[kind].service !== undefined;
  const groups: readonly Need[] = [
    {
      type: destinationTypes.group,
      properties: [...logGroupProperties, ...(isAdmitted ? groupPolicyProperties : [])],
      only: named,
    },
    ...(isAdmitted ? [logPolicyNeed] : []),
  ];
  const buckets: readonly Need[] = [
    {
      type: destinationTypes.bucket,
      properties: isAdmitted ? [EXISTS, "Policy", ...storageProperties] : [EXISTS],
      only: named,
    },
    ...(isAdmitted
      ? [
          {
            type: "AWS::KMS::Key",
            properties: [...storageKeyProperties],
            only: { referencedBy: destinationTypes.bucket, path: bucketKeyPath, of: named },
          },
        ]
      : []),
  ];
  return kinds.flatMap((place) => (place === "bucket" ? buckets : groups));
}

/**
 * Whether what a sender writes arrives and stays in a log group, bucket or stream, named by its ARN: it exists, has the demanded name,
 * admits the sender, has a key that the sender can use, and keeps long enough. The first link that is broken is the reason.
 */
export function arrives(
  account: Account,
  arn: string,
  { origin, demand = {} }: { readonly origin: LogOrigin; readonly demand?: DestinationDemand },
): DestinationAnswer {
  const plain = arn.replace(/:\*$/u, "");
  const service = parseArn(plain)?.service;
  if (service === "logs") return inGroup(account, plain, { origin, demand });
  if (service === "s3") return inBucket(account, plain, origin);
  if (service === "firehose")
    return ofPlace(account, { ref: plain, type: destinationTypes.stream, noun: "delivery stream" });
  return {
    ref: arn,
    claim: doubtful("undecidable", `${arn} is no log group, bucket or delivery stream`),
    evidence: [],
  };
}

function inGroup(
  account: Account,
  ref: string,
  { origin, demand }: { readonly origin: LogOrigin; readonly demand: DestinationDemand },
): DestinationAnswer {
  const answer = ofGroup(account, ref, demand);
  const { service } = senders[origin.kind];
  const group = account.find(destinationTypes.group, ref);
  if (service === undefined || group === undefined || answer.claim.is === "no") return answer;
  const admitted = logGroupAdmits(
    account,
    { arn: ref, region: group.region },
    // A delivery cannot be made without a policy: where none is seen, CloudWatch Logs keeps the one that it added itself.
    { service, context: contextOf(account, service, origin), unsaid: holding },
  );
  return {
    ...answer,
    claim: everyClaim([answer.claim, because(admitted, `log group ${group.id}`)]),
    evidence: [...answer.evidence, ...evidenceOf(account, group, groupPolicyProperties)],
  };
}

function inBucket(account: Account, plain: string, origin: LogOrigin): DestinationAnswer {
  const [ref = plain, ...path] = plain.split("/");
  const answer = ofPlace(account, { ref, type: destinationTypes.bucket, noun: "bucket" });
  const { service, folder } = senders[origin.kind];
  const bucket = account.find(destinationTypes.bucket, ref);
  if (service === undefined || bucket === undefined || answer.claim.is === "no") return answer;
  const prefix = [...path.filter((part) => part !== ""), folder].join("/");
  const writer = {
    service,
    prefix: prefix.replace("{account}", origin.account),
    account: origin.account,
    ...(origin.arn === undefined ? {} : { arn: origin.arn }),
    ...organizationOf(account, origin.account),
  };
  const admitted = everyClaim([bucketAdmits(bucket, writer), bucketStores(account, bucket, writer)]);
  return {
    ...answer,
    claim: everyClaim([answer.claim, because(admitted, `bucket ${bucket.id}`)]),
    evidence: [...answer.evidence, ...evidenceOf(account, bucket, ["Policy", "BucketEncryption"])],
  };
}

function because(claim: Claim, what: string): Claim {
  return claim.is === "yes" ? claim : { ...claim, because: `${what}: ${claim.because}` };
}

function contextOf(account: Account, service: string, origin: LogOrigin): RequestContext {
  return {
    "aws:SecureTransport": ["true"],
    "aws:PrincipalIsAWSService": ["true"],
    "aws:PrincipalServiceName": [service],
    "aws:PrincipalOrgID": null,
    "aws:SourceAccount": [origin.account],
    ...organizationContext(organizationOf(account, origin.account)),
    ...(origin.arn === undefined ? {} : { "aws:SourceArn": [origin.arn] }),
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
