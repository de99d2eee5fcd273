import type { Account } from "../../core/account.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Reading, Resource } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Remediation, Support, Verdict } from "../../core/verdict.js";
import { parseArn } from "../../shared/aws/arn.js";
import { everyClaim, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isObject, readProperty } from "../../shared/read-property.js";
import { deliveryNeeds, logDelivery } from "./delivery.js";
import type { DeliveryDemand } from "./delivery.js";
import { arrivalNeeds, arrives, logGroupArn } from "../arrives/arrives.js";
import type { DestinationAnswer } from "../arrives/arrives.js";
import { evidenceOf } from "../evidence.js";

/** A property that switches a log on and names its place; `defaultNames` count where it is on without a name. */
export type LogSwitch = {
  readonly path: string;
  readonly destination: "log-group" | "bucket";
  readonly defaultNames: readonly string[];
};

/** Which log of which resources must be written, and where it may go. */
export type AccessLogDemand = {
  readonly type: string;
  readonly noun: string;
  readonly log: string;
  /** Absent where CloudWatch Logs delivers the log. */
  readonly switched?: LogSwitch;
  readonly logTypes: readonly string[];
  readonly destination: DeliveryDemand;
};

/** What must be read to judge a log. */
export function accessLogNeeds({ type, switched, logTypes }: AccessLogDemand): readonly Need[] {
  const own = { type, properties: switched === undefined ? [] : [rootOf(switched)] };
  if (switched !== undefined)
    return [
      own,
      ...arrivalNeeds({ referencedBy: type, path: switched.path }, [switched.destination], "service"),
    ];
  return logTypes.length === 0 ? [own] : [own, ...deliveryNeeds];
}

/** Whether a resource's log is on and can arrive; the first link that is broken is the witness. */
export function judgeAccessLog(account: Account, resource: Resource, demand: AccessLogDemand): Verdict {
  const { switched } = demand;
  return switched === undefined
    ? judgeDelivered(account, resource, demand)
    : judgeSwitched(account, resource, { ...demand, switched });
}

function judgeSwitched(
  account: Account,
  resource: Resource,
  demand: AccessLogDemand & { readonly switched: LogSwitch },
): Verdict {
  const { switched } = demand;
  const property = rootOf(switched);
  const reading = readProperty(resource, property);
  const evidence = evidenceOf(account, resource, [property]);
  const answers = placesOf(account, resource, { switched, reading }).map((arn) =>
    arrives(account, arn, {
      origin: { kind: "service", account: resource.account, region: resource.region },
      demand: demand.destination,
    }),
  );
  const claim = claimOf(reading, property, (value) =>
    value === undefined ? refuted(`${property} is not set`) : anyArrives(answers),
  );
  return conclude(resource, claim, {
    demand,
    support: { evidence: [...evidence, ...answers.flatMap((answer) => answer.evidence)] },
    where: answers[0]?.ref,
    gone: claim.is === "no" ? answers.find((answer) => answer.claim === claim)?.gone : undefined,
  });
}

function anyArrives(answers: readonly DestinationAnswer[]): Claim {
  return someClaim(
    answers.map(({ claim }) => claim),
    "it is on without a destination",
  );
}

function placesOf(
  account: Account,
  resource: Resource,
  { switched, reading }: { readonly switched: LogSwitch; readonly reading: Reading<JsonValue> },
): readonly string[] {
  if (reading.kind !== "set") return [];
  const [, ...members] = switched.path.split(".");
  const named = members.reduce<JsonValue | undefined>(
    (value, member) => (isObject(value) ? value[member] : undefined),
    reading.value,
  );
  const names = typeof named === "string" && named !== "" ? [named] : switched.defaultNames;
  return names.map((name) =>
    name.startsWith("arn:")
      ? name
      : switched.destination === "bucket"
        ? `arn:${account.partition}:s3:::${name}`
        : logGroupArn(account, resource, name),
  );
}

function judgeDelivered(account: Account, resource: Resource, demand: AccessLogDemand): Verdict {
  const answers = demand.logTypes.map((logType) =>
    logDelivery(account, { resource, logType, demand: demand.destination }),
  );
  const claim = everyClaim(answers.map((answer) => answer.claim));
  const notes = answers.flatMap((answer) => answer.notes);
  const support = {
    evidence: answers.flatMap(({ evidence }) => evidence),
    candidates: answers.flatMap(({ candidates }) => candidates),
    ...(notes.length === 0 ? {} : { notes }),
  };
  const gone = claim.is === "no" ? answers.find((answer) => answer.claim === claim)?.gone : undefined;
  return conclude(resource, claim, { demand, support, gone });
}

type Conclusion = {
  readonly demand: AccessLogDemand;
  readonly support: Support;
  readonly where?: string | undefined;
  readonly gone?: string | undefined;
};

function conclude(
  resource: Resource,
  claim: Claim,
  { demand: { noun, log }, support, where, gone }: Conclusion,
): Verdict {
  const what = `the ${log} of ${noun} ${resource.id}`;
  if (claim.is === "yes") return pass(`${what} is written`, support);
  if (claim.is === "unknown")
    return unknown(claim.reason, `whether ${what} is written cannot be said: ${claim.because}`, support);
  const witness: JsonObject = {
    resource: resource.arn ?? resource.id,
    because: claim.because,
    ...(where === undefined ? {} : { destination: where }),
  };
  const remediation = gone === undefined ? undefined : groupRemedy(gone, what);
  return fail(`${what} is not written: ${claim.because}`, {
    ...support,
    witness,
    ...(remediation && { remediation }),
  });
}

// Everything that leads to the log group is there; making it all again would be refused.
function groupRemedy(arn: string, what: string): Remediation | undefined {
  const { region, resource } = parseArn(arn) ?? {};
  if (region === undefined || resource === undefined) return undefined;
  const name = resource.replace(/^log-group:/u, "");
  return {
    text: `Make the log group ${name} again, with the retention that you want: all that leads ${what} there still stands.`,
    cli: `aws logs create-log-group --log-group-name ${name} --region ${region}\naws logs put-retention-policy --log-group-name ${name} --retention-in-days DAYS --region ${region}\n`,
  };
}

function rootOf({ path }: LogSwitch): string {
  return path.split(".")[0] ?? path;
}
