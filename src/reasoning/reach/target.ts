import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import type { Evidence } from "../../core/verdict.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";
import { evidenceOf } from "../evidence.js";
import { indirectClaim } from "./link.js";
import type { Link, ReachOptions } from "./link.js";
import { isReceiver, receiverLinks } from "./receiver.js";

/** The links of a target that is not a topic: it exists, takes what is sent as far as that is read, and counts as somebody. */
export function targetLinks(account: Account, target: string, options: ReachOptions): readonly Link[] {
  const kind = kinds.find(({ pattern }) => pattern.test(target.replace(/^arn:[^:]*:/u, "")));
  if (kind === undefined) return [linkOf(doubtful("undecidable", `whom ${target} reaches is not known`))];
  const found = kind.type === undefined ? undefined : account.find(kind.type, target);
  if (isReceiver(target))
    return throughReceiver(
      receiverLinks(account, target, options),
      kind.judge({ account, target, options, found }),
    );
  const exists = isKnownGone(found) ? refuted(`${target} does not exist`) : holding;
  const evidence = found === undefined ? [] : evidenceOf(account, found, ["Exists", "ApiDestinationState"]);
  return [linkOf(everyClaim([exists, kind.judge({ account, target, options, found })]), evidence)];
}

// That nobody knows who hears of it there says more than that it could not be read.
function throughReceiver([target, ...more]: readonly Link[], somebody: Claim): readonly Link[] {
  if (target === undefined) return [linkOf(somebody)];
  const claim = target.claim.is === "no" ? target.claim : everyClaim([somebody, target.claim]);
  return [{ ...target, claim }, ...more];
}

/** Whether an API destination is active, and its connection authorized. */
export function apiDestinationTakes(account: Account, target: string): Claim {
  const found = account.find(API_DESTINATION, target);
  return isKnownGone(found)
    ? refuted(`${target} does not exist`)
    : judgeApiDestination({ account, target, found });
}

const API_DESTINATION = "AWS::Events::ApiDestination";

/** What must be read to judge the API destinations that EventBridge rules send to. */
export const apiDestinationNeeds: readonly Need[] = [
  {
    type: API_DESTINATION,
    properties: ["Exists", "ApiDestinationState", "ConnectionArn"],
    only: { referencedBy: "AWS::Events::Rule", path: "Targets[].Arn" },
  },
  {
    type: "AWS::Events::Connection",
    properties: ["Exists", "ConnectionState"],
    only: { referencedBy: API_DESTINATION, path: "ConnectionArn" },
  },
];

function linkOf(claim: Claim, evidence: readonly Evidence[] = []): Link {
  return { name: "target", claim, evidence };
}

type Aim = {
  readonly account: Account;
  readonly target: string;
  readonly options: ReachOptions;
  readonly found: Resource | undefined;
};

/** A kind of target, by what follows "arn:<partition>:". */
type Kind = { readonly pattern: RegExp; readonly type?: string; readonly judge: (aim: Aim) => Claim };

const kinds: readonly Kind[] = [
  { pattern: /^lambda:/u, judge: indirectly("a function") },
  { pattern: /^sqs:/u, judge: indirectly("a queue") },
  { pattern: /^(?:firehose|kinesis):/u, judge: indirectly("a stream") },
  {
    pattern:
      /^(?:states|ecs|batch|codebuild|codepipeline|execute-api|appsync|glue|sagemaker|redshift|redshift-serverless|inspector):/u,
    judge: indirectly("a workflow"),
  },
  { pattern: /^aiops:/u, judge: indirectly("an investigation") },
  { pattern: /^ssm:[^:]*:[^:]*:opsitem(?:[:/]|$)/u, judge: () => holding },
  { pattern: /^ssm-incidents:/u, type: "AWS::SSMIncidents::ResponsePlan", judge: () => holding },
  { pattern: /^ssm:/u, judge: indirectly("an automation") },
  {
    pattern: /^(?:automate|swf|ec2):|^events:[^:]*:[^:]*:target\//u,
    judge: () => refuted("an EC2 action tells nobody"),
  },
  { pattern: /^autoscaling:/u, judge: () => refuted("a scaling action tells nobody") },
  { pattern: /^logs:/u, judge: () => refuted("a log group by itself tells nobody") },
  { pattern: /^events:[^:]*:[^:]*:api-destination\//u, type: API_DESTINATION, judge: judgeApiDestination },
  {
    pattern: /^events:/u,
    judge: ({ target }) => doubtful("undecidable", `where ${target} leads is not followed`),
  },
];

function indirectly(what: string): (aim: Aim) => Claim {
  return ({ options }) => indirectClaim(what, options.indirect);
}

function judgeApiDestination({ account, target, found }: Omit<Aim, "options">): Claim {
  if (found === undefined) return doubtful("not-collected", `${target} is not in this snapshot`);
  const isActive = stateClaim(found, "ApiDestinationState", "ACTIVE");
  const connection = claimOf(readText(found, "ConnectionArn"), "ConnectionArn", (arn = "") => {
    const resource = account.find("AWS::Events::Connection", arn);
    if (isKnownGone(resource)) return refuted(`the connection of ${target} does not exist`);
    return resource === undefined
      ? doubtful("not-collected", `the connection of ${target} is not in this snapshot`)
      : stateClaim(resource, "ConnectionState", "AUTHORIZED");
  });
  return everyClaim([isActive, connection]);
}

function stateClaim(resource: Resource, property: string, wanted: string): Claim {
  return claimOf(readText(resource, property), property, (state = "not set") =>
    state === wanted ? holding : refuted(`${property} of ${resource.id} is ${state}`),
  );
}
