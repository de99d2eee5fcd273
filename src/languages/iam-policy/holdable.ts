import type { Policy, PolicyCondition } from "./iam-policy.js";
import { arnParts, operatorOf } from "./operators.js";
import { hasVariable, hasWildcard } from "./patterns.js";

type Compared = Pick<PolicyCondition, "key" | "operator">;

/**
 * Whether some request can carry what a value of a policy wants of a key: an account key holds twelve digits, so that
 * it never equals an ARN. True where the shapes of a key's values are not known.
 */
export function canBeHeld(wanted: string, { key, operator }: Compared): boolean {
  if (hasVariable(wanted)) return true;
  if (operator === "bool") return /^(?:true|false)$/iu.test(wanted);
  const shape = shapes[key];
  if (shape === undefined || operatorOf(operator) === undefined) return true;
  const folded = operator.endsWith("ignorecase") ? wanted.toLowerCase() : wanted;
  return shape(folded, operator.endsWith("like") || operator.startsWith("arn"));
}

/** Whether no request meets a condition, whoever makes it, since the key never holds any of its values. */
export function matchesNobody(condition: PolicyCondition): boolean {
  const { operator, values, ifExists, quantifier } = condition;
  const isWanting = operatorOf(operator)?.negated === false && !ifExists && quantifier !== "all";
  return isWanting && values.length > 0 && !values.some((wanted) => canBeHeld(wanted, condition));
}

/** Whether a text, or a pattern where `*` and `?` are wildcards, fits something that the key can hold. */
type Shape = (wanted: string, isPattern: boolean) => boolean;

const account: Shape = (wanted, isPattern) => {
  if (!isPattern) return /^\d{12}$/u.test(wanted);
  const fixed = wanted.replaceAll("*", "").length;
  return (
    /^[\d*?]*$/u.test(wanted) && (wanted.includes("*") ? fixed <= accountDigits : fixed === accountDigits)
  );
};
const accountDigits = 12;

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
const organization: Shape = (wanted, isPattern) => {
  const pattern = isPattern ? /^(?:[*?]|o[*?]|o-[a-z\d*?])[a-z\d*?-]*$/u : /^o-[a-z\d]+$/u;
  return pattern.test(wanted);
};
const organizationPath: Shape = (wanted, isPattern) => organization(wanted.split("/")[0] ?? "", isPattern);

// Every ARN has six parts, the fifth of which is an account's number, or empty, or a word such as aws.
const arn: Shape = (wanted, isPattern) => {
  if (isPattern && hasWildcard(wanted)) {
    const start = wanted.slice(0, wanted.search(/[*?]/u));
    return start.startsWith("arn:") || "arn:".startsWith(start);
  }
  const parts = arnParts(wanted);
  return parts.length === arnLength && parts[0] === "arn" && !/^(?!\d{12}$)[\d-]+$/u.test(parts[4] ?? "");
};
const arnLength = 6;

// The ARN of a role's session is the role's here. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
const principalArn: Shape = (wanted, isPattern) =>
  arn(wanted, isPattern) && !/^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role\//u.test(wanted);

const shapes: Readonly<Record<string, Shape>> = {
  "aws:principalaccount": account,
  "aws:resourceaccount": account,
  "aws:sourceaccount": account,
  "aws:sourceowner": account,
  "kms:calleraccount": account,
  "s3:dataaccesspointaccount": account,
  "s3:resourceaccount": account,
  "aws:principalorgid": organization,
  "aws:resourceorgid": organization,
  "aws:sourceorgid": organization,
  "aws:principalorgpaths": organizationPath,
  "aws:sourceorgpaths": organizationPath,
  "aws:principalarn": principalArn,
  "aws:sourcearn": arn,
  "s3:dataaccesspointarn": arn,
};

/** The statements of a policy that never apply, since one of their conditions matches nobody, in words. */
export function idleStatements({ statements }: Policy): readonly string[] {
  return statements.flatMap(({ name, effect, conditions }) => {
    const dead = conditions.find(matchesNobody);
    if (dead === undefined) return [];
    const values = dead.values.map((value) => JSON.stringify(value)).join(" or ");
    const what = effect === "Allow" ? "grants" : "refuses";
    return [`Statement "${name}" ${what} nothing: ${dead.key} never holds ${values}, which matches nobody.`];
  });
}
