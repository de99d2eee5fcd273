import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import type { Evidence } from "../../core/verdict.js";
import { parseArn } from "../../shared/aws/arn.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readBoolean, readText } from "../../shared/read-property.js";
import { resourceAdmits } from "../admits/admits.js";
import { encryptionKey, keyAdmitsInto, keyAdmitsRole } from "../admits/key.js";
import { publishers } from "../admits/publishers.js";
import type { Sender } from "../admits/publishers.js";
import { evidenceOf } from "../evidence.js";
import { roleLink } from "./link.js";
import type { Link, ReachOptions } from "./link.js";

const QUEUE = "AWS::SQS::Queue";
const FUNCTION = "AWS::Lambda::Function";

type Kind = {
  readonly type: string;
  readonly noun: string;
  readonly action: string;
  readonly facts: readonly string[];
};

const kinds: Readonly<Record<string, Kind>> = {
  sqs: {
    type: QUEUE,
    noun: "queue",
    action: "sqs:SendMessage",
    facts: [EXISTS, "FifoQueue", "ContentBasedDeduplication"],
  },
  lambda: { type: FUNCTION, noun: "function", action: "lambda:InvokeFunction", facts: [EXISTS, "State"] },
};

/** What must be read of the queues and functions that resources name at a path, and of the keys of those queues. */
export function receiverNeeds(referencedBy: string, path: string): readonly Need[] {
  return [...queueNeeds(referencedBy, path), functionNeed(referencedBy, path)];
}

/** As `receiverNeeds`, of queues alone. */
export function queueNeeds(referencedBy: string, path: string): readonly Need[] {
  return [
    {
      type: QUEUE,
      properties: [EXISTS, "Policy", "KmsMasterKeyId", "FifoQueue", "ContentBasedDeduplication"],
      only: { referencedBy, path },
    },
    {
      type: "AWS::KMS::Key",
      properties: ["KeyManager", "KeyState", "KeyPolicy"],
      only: { referencedBy: QUEUE, path: "KmsMasterKeyId" },
    },
  ];
}

/** As `receiverNeeds`, of functions alone. */
export function functionNeed(referencedBy: string, path: string): Need {
  return { type: FUNCTION, properties: [EXISTS, "State", "Policy"], only: { referencedBy, path } };
}

/** How something is sent to a queue or function; of `ReachOptions`, what concerns them. */
export type Delivery = Pick<ReachOptions, "sender" | "roleArn" | "messageGroup">;

/** Whether an ARN is that of a queue or function. */
export function isReceiver(arn: string): boolean {
  return kindOf(arn) !== undefined;
}

function kindOf(arn: string): Kind | undefined {
  const { service = "" } = parseArn(arn) ?? {};
  return Object.hasOwn(kinds, service) ? kinds[service] : undefined;
}

/** Whether a queue or function exists and takes what a service sends; who hears of it there is another question. */
export function receiverTakes(
  account: Account,
  arn: string,
  delivery: Delivery,
): { readonly claim: Claim; readonly evidence: readonly Evidence[] } {
  const links = receiverLinks(account, arn, delivery);
  return {
    claim: everyClaim(links.map(({ claim }) => claim)),
    evidence: links.flatMap(({ evidence }) => evidence),
  };
}

/** The links to a queue or function: it exists where the sender can reach it and can take the message; its policy and its key admit the sender. */
export function receiverLinks(account: Account, arn: string, delivery: Delivery): readonly Link[] {
  const kind = kindOf(arn);
  if (kind === undefined)
    return [{ name: "target", claim: doubtful("undecidable", `what ${arn} is is not known`), evidence: [] }];
  const what = `${kind.noun} ${arn}`;
  const found = account.find(kind.type, arn);
  const range = isInRange(arn, what, delivery.sender);
  if (found === undefined)
    return [
      {
        name: "target",
        claim: everyClaim([range, doubtful("not-collected", `${what} is not in this snapshot`)]),
        evidence: [],
      },
    ];
  if (isKnownGone(found))
    return [
      { name: "target", claim: gone(account, found, what), evidence: evidenceOf(account, found, [EXISTS]) },
    ];
  const aim: Aim = { account, kind, found, delivery };
  const named = (claim: Claim): Claim =>
    claim.is === "yes" ? claim : { ...claim, because: `${what}: ${claim.because}` };
  const target = everyClaim([range, named(everyClaim([existence(found), isReady(aim)]))]);
  const links = [admission(aim), encryption(aim)].map((link) => ({ ...link, claim: named(link.claim) }));
  return [{ name: "target", claim: target, evidence: evidenceOf(account, found, kind.facts) }, ...links];
}

type Aim = {
  readonly account: Account;
  readonly kind: Kind;
  readonly found: Resource;
  readonly delivery: Delivery;
};

// SQS answers for another account's queue that it does not exist, or that one may not see it, by one and the same error.
function gone({ id }: Account, { account, type }: Resource, what: string): Claim {
  return type === QUEUE && account !== id
    ? doubtful("unreadable", `${what} does not exist, or is not shown to account ${id}`)
    : refuted(`${what} does not exist`);
}

function existence(found: Resource): Claim {
  const exists = readBoolean(found, EXISTS);
  return exists.kind === "unreadable" ? claimOf(exists, "whether it exists", () => holding) : holding;
}

function isInRange(arn: string, what: string, { publisher, region: from }: Sender): Claim {
  const region = parseArn(arn)?.region ?? "";
  const stays = publishers[publisher].staysInRegion && from !== undefined;
  return !stays || from === region
    ? holding
    : refuted(`${what} is in ${region}, and cannot be reached from ${from}`);
}

function isReady({ kind, found, delivery }: Aim): Claim {
  return kind.type === QUEUE ? takesOrder(found, delivery) : isInvocable(found);
}

// The name of a FIFO queue ends in .fifo, and no other's does.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-s3-bucket-queueconfiguration.html
function takesOrder(queue: Resource, { sender, messageGroup = "" }: Delivery): Claim {
  if (!queue.id.endsWith(".fifo")) return holding;
  if (sender.publisher === "s3") return refuted("it is a FIFO queue, and S3 sends to standard queues only");
  if (sender.publisher !== "events") return holding;
  if (messageGroup === "") return refuted("it is a FIFO queue, and the target names no message group");
  return claimOf(
    readBoolean(queue, "ContentBasedDeduplication"),
    "ContentBasedDeduplication",
    (on = false) => (on ? holding : refuted("it is a FIFO queue without content-based deduplication")),
  );
}

// A function that is pending or inactive becomes active again; a failed one must be deleted and made anew.
// https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
function isInvocable(found: Resource): Claim {
  return claimOf(readText(found, "State"), "State", (state) =>
    state === "Failed" ? refuted("it is in state Failed, and cannot be invoked") : holding,
  );
}

function admission({ account, kind, found, delivery }: Aim): Link {
  return (
    roleLink(found, delivery) ?? {
      name: "policy",
      claim: resourceAdmits(found, asInvoker(delivery.sender, kind), [kind.action]),
      evidence: evidenceOf(account, found, ["Policy"]),
    }
  );
}

// Alarms invoke functions under another principal than they publish to topics.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
function asInvoker(sender: Sender, { type }: Kind): Sender {
  return type === FUNCTION && sender.publisher === "cloudwatch"
    ? { ...sender, publisher: "alarm-function" }
    : sender;
}

function encryption({ account, kind, found, delivery: { sender, roleArn } }: Aim): Link {
  if (kind.type !== QUEUE) return { name: "key", claim: holding, evidence: [] };
  const key = encryptionKey(account, found);
  const evidence = [
    ...evidenceOf(account, found, ["KmsMasterKeyId"]),
    ...(key === undefined ? [] : evidenceOf(account, key, ["KeyState", "KeyPolicy"])),
  ];
  const claim =
    roleArn === undefined ? keyAdmitsInto(account, found, sender) : keyAdmitsRole(account, found, roleArn);
  return { name: "key", claim, evidence };
}
