import type { JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { parsePolicy } from "../../languages/iam-policy/iam-policy.js";
import type { Policy, PolicyStatement } from "../../languages/iam-policy/iam-policy.js";
import { decidePolicy } from "../../languages/iam-policy/decision.js";
import type { PolicyQuestion } from "../../languages/iam-policy/decision.js";
import { doubtful, everyClaim, holding, refuted, someClaim, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readProperty } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
import { contextOf, publishers, serviceOf } from "./publishers.js";
import type { Sender } from "./publishers.js";

/** Whether a topic's policy lets a service publish. A topic without a policy admits its owner alone. */
export function topicAdmits(topic: Resource, sender: Sender): Claim {
  return resourceAdmits(topic, sender, ["sns:Publish"]);
}

/** Whether the policy at `Policy` lets a service do some actions to a resource, such as sqs:SendMessage to a queue. */
export function resourceAdmits(resource: Resource, sender: Sender, actions: readonly string[]): Claim {
  const ask = (policy: Policy): Claim =>
    everyClaim(
      actions.map((action) =>
        admits(policy, sender, { action, ...(resource.arn === undefined ? {} : { resource: resource.arn }) }),
      ),
    );
  return claimOf(readProperty(resource, "Policy"), "Policy", (source) => {
    if (source === undefined) return withPolicy(source, ask);
    const { parsed, asksForSource, claims } = readPolicy(resource);
    const { publisher, account, arn = "" } = sender;
    const key = [publisher, account, asksForSource ? arn : "", ...actions].join(" ");
    const claim = claims.get(key) ?? withParsed(parsed, ask);
    claims.set(key, claim);
    return claim;
  });
}

type ParsedPolicy = ReturnType<typeof parsePolicy>;

/** A resource's policy, and its answers so far. A policy that does not ask for a source tells the alarms of an account, or its rules, the same. */
type ReadPolicy = {
  readonly parsed: ParsedPolicy;
  readonly asksForSource: boolean;
  readonly claims: Map<string, Claim>;
};

// Hundreds of alarms ask the same topic.
const readPolicy = rememberByObject((resource: Resource): ReadPolicy => {
  const policy = readProperty(resource, "Policy");
  const parsed = parsePolicy(policy.kind === "set" ? policy.value : null);
  return {
    parsed,
    asksForSource:
      parsed.ok &&
      parsed.policy.statements.some(({ conditions }) =>
        conditions.some(({ key }) => key === "aws:sourcearn"),
      ),
    claims: new Map(),
  };
});

/** Runs a question on a policy given as JSON text or JSON; no policy at all admits no service. */
export function withPolicy(source: JsonValue | undefined, ask: (policy: Policy) => Claim): Claim {
  if (source === undefined) return refuted("it has no policy");
  return withParsed(parsePolicy(source), ask);
}

function withParsed(parsed: ParsedPolicy, ask: (policy: Policy) => Claim): Claim {
  return parsed.ok
    ? ask(parsed.policy)
    : doubtful("undecidable", `its policy is not understood: ${parsed.problem}`);
}

type Act = { readonly action: string; readonly resource?: string };

function admits(policy: Policy, sender: Sender, act: Act): Claim {
  const asService = askService(policy, sender, act);
  if (!publishers[sender.publisher].asOwner) return asService;
  const { account } = sender;
  const question: PolicyQuestion = {
    ...act,
    asker: { kind: "account", account },
    context: contextOf(sender),
  };
  return someClaim([asService, claimDecision(policy, question, `account ${account}`)], "");
}

// EventBridge supports no Condition in the policy of a topic: a grant under one is none.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
function askService(policy: Policy, sender: Sender, act: Act): Claim {
  const service = serviceOf(sender);
  const hidesSource = publishers[sender.publisher].hidesSource && act.action.startsWith("sns:");
  const question: PolicyQuestion = {
    ...act,
    asker: { kind: "service", service },
    context: contextOf(sender, hidesSource),
  };
  if (!hidesSource) return claimDecision(policy, question, service);
  const counted = claimDecision(
    withoutGrants(policy, ({ conditions }) => conditions.length > 0),
    question,
    service,
  );
  return counted.is === "no" && isNamedUnderCondition(policy, question)
    ? refuted(`its policy admits ${service} under a Condition only, which EventBridge does not support`)
    : counted;
}

/** A policy without those of its Allow statements that a test picks. */
export function withoutGrants(
  { statements }: Policy,
  isDropped: (statement: PolicyStatement) => boolean,
): Policy {
  return {
    statements: statements.filter((statement) => statement.effect === "Deny" || !isDropped(statement)),
  };
}

function isNamedUnderCondition({ statements }: Policy, question: PolicyQuestion): boolean {
  const bare = statements.map((statement) =>
    statement.effect === "Allow" ? { ...statement, conditions: [] } : statement,
  );
  return decidePolicy({ statements: bare }, question).is === "yes";
}

/** A policy's answer to a question as a claim that says who is not admitted and why. */
export function claimDecision(policy: Policy, question: PolicyQuestion, who: string): Claim {
  const decision = decidePolicy(policy, question);
  const { is, because } = decision;
  if (is === "yes") return holding;
  const act = question.action ?? "anything";
  return is === "no"
    ? refuted(`its policy does not let ${who} do ${act}: ${because}`)
    : undecided({
        ...decision,
        reason: `it cannot be said whether its policy lets ${who} do ${act}: ${because}`,
      });
}
