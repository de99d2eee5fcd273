import type { Account } from "../core/account.js";
import type { Resource } from "../core/resource.js";
import type { Evidence } from "../core/verdict.js";
import { doubtful, everyClaim, holding, refuted } from "../shared/claim.js";
import type { Claim } from "../shared/claim.js";
import { claimOf, isKnownGone } from "../shared/read-claim.js";
import { readProperty, readText } from "../shared/read-property.js";
import { resourceAdmits } from "./admits.js";
import { evidenceOf } from "./evidence.js";
import { indirectClaim } from "./reach-link.js";
import type { Link, ReachOptions } from "./reach-link.js";

/** The links of a target that is not a topic: it exists, admits the sender as far as is known, and counts as somebody. */
export function targetLinks(account: Account, target: string, options: ReachOptions): readonly Link[] {
  const kind = kinds.find(({ pattern }) => pattern.test(target.replace(/^arn:[^:]*:/u, "")));
  if (kind === undefined) return [linkOf(doubtful("undecidable", `whom ${target} reaches is not known`))];
  const found = kind.type === undefined ? undefined : account.find(kind.type, target);
  const exists = isKnownGone(found) ? refuted(`${target} does not exist`) : holding;
  const evidence = found === undefined ? [] : evidenceOf(account, found, ["Exists", "Policy", "ApiDestinationState"]);
  return [linkOf(everyClaim([exists, admission(found, kind, options), kind.judge({ account, target, options, found })]), evidence)];
}

function linkOf(claim: Claim, evidence: readonly Evidence[] = []): Link {
  return { name: "target", claim, evidence };
}

type Aim = { readonly account: Account; readonly target: string; readonly options: ReachOptions; readonly found: Resource | undefined };

/** A kind of target, by what follows "arn:<partition>:". `act`: what EventBridge must be allowed by the target's own policy. */
type Kind = { readonly pattern: RegExp; readonly type?: string; readonly act?: string; readonly judge: (aim: Aim) => Claim };

const kinds: readonly Kind[] = [
  { pattern: /^lambda:/u, type: "AWS::Lambda::Function", act: "lambda:InvokeFunction", judge: indirectly("a function") },
  { pattern: /^sqs:/u, type: "AWS::SQS::Queue", act: "sqs:SendMessage", judge: indirectly("a queue") },
  { pattern: /^(?:firehose|kinesis):/u, judge: indirectly("a stream") },
  { pattern: /^(?:states|ecs|batch|codebuild|codepipeline|execute-api|appsync|glue|sagemaker|redshift|redshift-serverless|inspector):/u, judge: indirectly("a workflow") },
  { pattern: /^aiops:/u, judge: indirectly("an investigation") },
  { pattern: /^ssm:[^:]*:[^:]*:opsitem(?:[:/]|$)/u, judge: () => holding },
  { pattern: /^ssm-incidents:/u, type: "AWS::SSMIncidents::ResponsePlan", judge: () => holding },
  { pattern: /^ssm:/u, judge: indirectly("an automation") },
  { pattern: /^(?:automate|swf|ec2):|^events:[^:]*:[^:]*:target\//u, judge: () => refuted("an EC2 action tells nobody") },
  { pattern: /^autoscaling:/u, judge: () => refuted("a scaling action tells nobody") },
  { pattern: /^logs:/u, judge: () => refuted("a log group by itself tells nobody") },
  { pattern: /^events:[^:]*:[^:]*:api-destination\//u, type: "AWS::Events::ApiDestination", judge: judgeApiDestination },
  { pattern: /^events:/u, judge: ({ target }) => doubtful("undecidable", `where ${target} leads is not followed`) },
];

function indirectly(what: string): (aim: Aim) => Claim {
  return ({ options }) => indirectClaim(what, options.indirect);
}

// Where the target's policy was not read, the doubt about who hears of it there is doubt enough.
function admission(found: Resource | undefined, { act }: Kind, { sender, roleArn }: ReachOptions): Claim {
  if (found === undefined || act === undefined || sender.publisher !== "events" || roleArn !== undefined) return holding;
  return readProperty(found, "Policy").kind === "not-collected" ? holding : resourceAdmits(found, sender, [act]);
}

function judgeApiDestination({ account, target, found }: Aim): Claim {
  if (found === undefined) return doubtful("not-collected", `${target} is not in this snapshot`);
  const isActive = stateClaim(found, "ApiDestinationState", "ACTIVE");
  const connection = claimOf(readText(found, "ConnectionArn"), "ConnectionArn", (arn = "") => {
    const resource = account.find("AWS::Events::Connection", arn);
    return resource === undefined ? doubtful("not-collected", `the connection of ${target} is not in this snapshot`) : stateClaim(resource, "ConnectionState", "AUTHORIZED");
  });
  return everyClaim([isActive, connection]);
}

function stateClaim(resource: Resource, property: string, wanted: string): Claim {
  return claimOf(readText(resource, property), property, (state = "not set") => (state === wanted ? holding : refuted(`${property} of ${resource.id} is ${state}`)));
}
