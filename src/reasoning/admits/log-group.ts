import type { Account } from "../../core/account.js";
import type { JsonValue } from "../../core/json.js";
import type { Reading } from "../../core/resource.js";
import { parsePolicy } from "../../languages/iam-policy/iam-policy.js";
import type { Policy } from "../../languages/iam-policy/iam-policy.js";
import type { RequestContext } from "../../languages/iam-policy/question.js";
import { doubtful, everyClaim, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readProperty } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { claimDecision } from "./admits.js";

const GROUP = "AWS::Logs::LogGroup";
const POLICIES = "AWS::Logs::ResourcePolicy";

/** What `logGroupAdmits` reads of a log group: the policy of its own. */
export const groupPolicyProperties = ["ResourcePolicyDocument"] as const;

/** What must be listed for `logGroupAdmits`: the policies of the account, each for many log groups. */
export const logPolicyNeed = { type: POLICIES, properties: ["PolicyDocument"] } as const;

/** A service that writes to log groups, and what its requests carry. */
export type LogSender = {
  readonly service: string;
  readonly context: RequestContext;
  /** What holds where no policy is there at all; default: nobody is let in. */
  readonly unsaid?: Claim;
};

/**
 * Whether a service may write to a log group: by the resource policies of its account and region, or by the group's own.
 * All of them count together, as one policy, so that a Deny in one ends what another grants.
 */
export function logGroupAdmits(
  account: Account,
  group: { readonly arn: string; readonly region: string },
  sender: LogSender,
): Claim {
  const arn = group.arn.replace(/:\*$/u, "");
  const read = documentsOf(account, { arn, region: group.region }).map(policyIn);
  const statements = read.flatMap(({ policy }) => policy?.statements ?? []);
  const unread = read.find(({ doubt }) => doubt !== undefined)?.doubt;
  const nobody = refuted(`no resource policy lets ${sender.service} write to log groups`);
  if (statements.length === 0) return unread ?? sender.unsaid ?? nobody;
  const claim = mayWrite({ statements }, sender, `${arn}:log-stream:*`);
  // What could not be read may grant what the rest does not.
  return claim.is === "no" && unread !== undefined ? unread : claim;
}

type Document =
  { readonly reading: Reading<JsonValue>; readonly property: string } | { readonly doubt: Claim };

function documentsOf(
  account: Account,
  { arn, region }: { readonly arn: string; readonly region: string },
): readonly Document[] {
  const { resources, blind } = account.list(POLICIES);
  const group = account.find(GROUP, arn);
  return [
    ...resources
      .filter((policy) => policy.region === region)
      .map((policy) => ({
        reading: readProperty(policy, "PolicyDocument"),
        property: `PolicyDocument of ${policy.id}`,
      })),
    ...blind
      .filter((place) => place.region === region)
      .map((place) => ({
        doubt: doubtful(
          place.kind,
          `resource policies of log groups could not be listed: ${explainBlind(place)}`,
        ),
      })),
    ...(group === undefined
      ? []
      : [
          {
            reading: readProperty(group, "ResourcePolicyDocument"),
            property: `ResourcePolicyDocument of log group ${group.id}`,
          },
        ]),
  ];
}

function policyIn(document: Document): { readonly policy?: Policy; readonly doubt?: Claim } {
  if ("doubt" in document) return document;
  const { reading, property } = document;
  if (reading.kind === "absent") return {};
  if (reading.kind !== "set") return { doubt: claimOf(reading, property, () => refuted("")) };
  const parsed = parsePolicy(reading.value);
  return parsed.ok
    ? { policy: parsed.policy }
    : { doubt: doubtful("undecidable", `${property} is not understood: ${parsed.problem}`) };
}

function mayWrite(policy: Policy, { service, context }: LogSender, resource: string): Claim {
  return everyClaim(
    ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) =>
      claimDecision(policy, { asker: { kind: "service", service }, action, resource, context }, service),
    ),
  );
}
