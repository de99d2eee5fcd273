import { allOf, anyOf, opposite } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";
import type { Choice, Policy, PolicyCondition, PolicyPrincipal, PolicyStatement } from "./iam-policy.js";
import { choicesOf } from "./choices.js";
import { judgeCondition } from "./condition.js";
import { matchesNobody } from "./holdable.js";
import { coversPattern, hasVariable } from "./patterns.js";
import { piecesOf } from "./pieces.js";
import type { Profiles } from "./pieces.js";
import { coversPrincipals, judgePrincipals } from "./principals.js";
import type { Asker, RequestContext } from "./question.js";

/** May the asker do this? An action or resource with `*` asks for all that it stands for; without one, for anything that the policy allows. */
export type PolicyQuestion = {
  readonly asker: Asker;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: RequestContext;
};

/**
 * The answer, the statement that decides where one does, and a phrase such as: statement "world" allows it.
 * `denied`: an explicit Deny stands in the way, so that nothing beside the policy can help.
 */
export type PolicyDecision = {
  readonly is: Truth;
  readonly because: string;
  readonly statement?: string;
  readonly denied: boolean;
  /** Set where the policy names more than can be gone through; what is asked is then unknown. */
  readonly tooComplex?: true;
};

/**
 * Decides what a resource policy says to a question. An explicit Deny wins; a grant whose condition cannot be decided is
 * unknown. Of strangers ("anyone", "outsider") it is asked whether some of them may.
 */
export function decidePolicy(policy: Policy, question: PolicyQuestion): PolicyDecision {
  const denials = policy.statements.filter(({ effect }) => effect === "Deny");
  const grants = policy.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((grant) => judgeStatement(grant, denials, question));
  return grants.length === 0 ? nothing : bestOf(grants);
}

const nothing: PolicyDecision = { is: "no", because: "no statement allows it", denied: false };

// A stranger's request may be any: what it may carry is tried, since the same choice meets the grant and the denials.
function judgeChoices(
  grant: PolicyStatement,
  denials: readonly PolicyStatement[],
  question: PolicyQuestion,
): Grant {
  const { asker, context = {} } = question;
  const isStranger = asker.kind === "anyone" || asker.kind === "outsider";
  if (!isStranger) return judgeGrant(grant, denials, question);
  const judged = choicesOf(grant, denials, context).map((choice) =>
    judgeGrant(grant, denials, { ...question, context: { ...context, ...choice } }),
  );
  return bestOf(judged);
}

function bestOf(grants: readonly Grant[]): Grant {
  return (
    grants.find(({ is }) => is === "yes") ?? grants.find(({ is }) => is === "unknown") ?? nearestMiss(grants)
  );
}

function judgeStatement(
  grant: PolicyStatement,
  denials: readonly PolicyStatement[],
  question: PolicyQuestion,
): readonly Grant[] {
  const pieces = piecesOf(grant, profilesOf(denials, question));
  if (pieces === undefined)
    return [
      outcome(grant, "unknown", { depth: 3, because: "names too much to be decided", tooComplex: true }),
    ];
  return pieces.map((piece) => judgeChoices(piece, denials, question));
}

// What judgeGrant asks of a piece's principals, actions and resources.
function profilesOf(denials: readonly PolicyStatement[], question: PolicyQuestion): Profiles {
  const { action, resource, asker } = question;
  return {
    principals: (piece) => [
      judgePrincipals(piece, asker).can,
      ...denials.map((denial) => deniesWho(denial, piece, asker)),
    ],
    ...(action === undefined
      ? { actions: (piece) => denials.map((denial) => takesAll(denial.actions, piece, lower)) }
      : {}),
    ...(resource === undefined
      ? { resources: (piece) => denials.map((denial) => takesAll(denial.resources, piece, same)) }
      : {}),
  };
}

/** One grant's part in a decision; the further it got, the better it explains a refusal. */
type Grant = PolicyDecision & { readonly depth: number };

function nearestMiss(grants: readonly Grant[]): Grant {
  const deepest = grants.reduce((most, { depth }) => Math.max(most, depth), 0);
  const nearest = deepest === 0 ? undefined : grants.find(({ depth }) => depth === deepest);
  return nearest ?? { ...nothing, depth: 0 };
}

function judgeGrant(
  grant: PolicyStatement,
  denials: readonly PolicyStatement[],
  question: PolicyQuestion,
): Grant {
  const named = judgePrincipals(grant.principals, question.asker).can;
  const touches = allOf([
    named,
    takes(grant.actions, question.action, lower),
    takes(grant.resources, question.resource, same),
  ]);
  if (touches === "no") return outcome(grant, "no", { depth: 0, because: "does not name it" });
  const condition = judgeConditions(grant, question);
  if (condition.is === "no")
    return outcome(grant, "no", {
      depth: 1,
      because: `allows it under a condition on ${condition.key} that ${condition.isDead ? "matches nobody" : "does not hold"}`,
    });
  const denial = strongest(denials, grant, question);
  if (denial?.is === "yes")
    return outcome(denial.statement, "no", { depth: deniedDepth, because: "denies it" });
  if (condition.is === "unknown")
    return outcome(grant, "unknown", {
      depth: 3,
      because: `allows it under a condition on ${condition.key} that cannot be decided`,
    });
  if (touches === "unknown")
    return outcome(grant, "unknown", {
      depth: 3,
      because: "may allow it: whom or what it names cannot be decided",
    });
  if (denial !== undefined) return outcome(denial.statement, "unknown", { depth: 3, because: "may deny it" });
  return outcome(grant, "yes", { depth: 4, because: "allows it" });
}

const deniedDepth = 2;

function outcome(
  { name }: PolicyStatement,
  is: Truth,
  {
    depth,
    because,
    tooComplex,
  }: { readonly depth: number; readonly because: string; readonly tooComplex?: true },
): Grant {
  return {
    ...(tooComplex === undefined ? {} : { tooComplex }),
    is,
    depth,
    because: `statement "${name}" ${because}`,
    statement: name,
    denied: is === "no" && depth === deniedDepth,
  };
}

function judgeConditions(
  { conditions }: PolicyStatement,
  question: PolicyQuestion,
): { readonly is: Truth; readonly key: string; readonly isDead?: boolean } {
  const judged = conditions.map((condition) => ({ condition, is: canHold(condition, conditions, question) }));
  const decisive = judged.find(({ is }) => is === "no") ?? judged.find(({ is }) => is === "unknown");
  if (decisive === undefined) return { is: "yes", key: "" };
  const { is, condition } = decisive;
  return { is, key: condition.key, isDead: matchesNobody(condition) };
}

// What a stranger chooses for one condition binds the choice for another one on the same key.
function canHold(
  condition: PolicyCondition,
  all: readonly PolicyCondition[],
  { asker, context = {} }: PolicyQuestion,
): Truth {
  const { can, must } = judgeCondition(condition, asker, context);
  const isBound = must !== can && all.filter(({ key }) => key === condition.key).length > 1;
  return can === "yes" && isBound ? "unknown" : can;
}

type Denial = { readonly is: "yes" | "unknown"; readonly statement: PolicyStatement };

function strongest(
  denials: readonly PolicyStatement[],
  grant: PolicyStatement,
  question: PolicyQuestion,
): Denial | undefined {
  const judged = denials.map((statement) => ({ statement, is: deniesGrant(statement, grant, question) }));
  return (
    judged.find((one): one is Denial => one.is === "yes") ??
    judged.find((one): one is Denial => one.is === "unknown")
  );
}

function deniesGrant(denial: PolicyStatement, grant: PolicyStatement, question: PolicyQuestion): Truth {
  const named = deniesWho(denial, grant.principals, question.asker);
  const actions = takesAll(
    denial.actions,
    question.action === undefined ? grant.actions : [question.action],
    lower,
  );
  const resources = takesAll(
    denial.resources,
    question.resource === undefined ? grant.resources : [question.resource],
    same,
  );
  const conditions = denial.conditions.map((condition) => mustHold(condition, grant, question));
  return allOf([named, actions, resources, ...conditions]);
}

function deniesWho(denial: PolicyStatement, who: Choice<PolicyPrincipal>, asker: Asker): Truth {
  if (coversPrincipals(denial.principals, who, asker)) return "yes";
  const { can } = judgePrincipals(denial.principals, asker);
  return can === "yes" ? "no" : can;
}

// A stranger dodges a denial by choosing another value, unless the grant wants a value of the same key.
function mustHold(
  condition: PolicyCondition,
  grant: PolicyStatement,
  { asker, context = {} }: PolicyQuestion,
): Truth {
  const { can, must } = judgeCondition(condition, asker, context);
  const isBound = can !== "no" && must === "no" && grant.conditions.some(({ key }) => key === condition.key);
  return isBound ? "unknown" : must;
}

type Fold = (text: string) => string;
const lower: Fold = (text) => text.toLowerCase();
const same: Fold = (text) => text;

function takes(choice: Choice<string>, wanted: string | undefined, fold: Fold): Truth {
  if (wanted === undefined) return "yes";
  const taken = anyOf(choice.of.map((pattern) => coversPattern(fold(pattern), fold(wanted))));
  return choice.not ? opposite(taken) : taken;
}

function takesAll(choice: Choice<string>, wanted: Choice<string> | readonly string[], fold: Fold): Truth {
  if (!("not" in wanted)) return takesEvery(choice, wanted, fold);
  if (wanted.not) return takesTheRest(choice);
  const taken = takesEvery(choice, wanted.of, fold);
  // Of all that a statement grants, a denial of a part leaves something.
  return taken === "unknown" && !choice.of.some(hasVariable) ? "no" : taken;
}

// All but something: only a denial of everything surely takes that in.
function takesTheRest(choice: Choice<string>): Truth {
  return !choice.not && choice.of.includes("*") ? "yes" : "no";
}

function takesEvery(choice: Choice<string>, wanted: readonly string[], fold: Fold): Truth {
  return allOf(wanted.map((one) => takes(choice, one, fold)));
}
