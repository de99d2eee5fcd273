import { truthOf, anyOf, opposite } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";
import { parseNetwork } from "../../shared/ip-network.js";
import type { PolicyCondition } from "./iam-policy.js";
import { canBeHeld } from "./holdable.js";
import { arnParts, operatorOf } from "./operators.js";
import { hasVariable, hasWildcard } from "./patterns.js";
import { chosen, fixed } from "./question.js";
import type { Asker, Span } from "./question.js";

type Stranger = Extract<Asker, { readonly kind: "anyone" | "outsider" }>;

/** A value of the policy for a stranger: "yes" where a stranger's request can carry a fitting value, "no" where none can. */
type Fits = (wanted: string, asker: Stranger, style: Style) => Truth;

/** How the operator reads `*`: as itself, as any run of characters, or as any run within one part of an ARN; addresses have none. */
type Style = "exact" | "like" | "arn" | "address";

/**
 * Whether a stranger's requests can and must meet a condition. Keys that say who asks or from where are theirs by
 * nature; every other key they choose. Source: S3 User Guide, "The meaning of public".
 */
export function freeSpan(condition: PolicyCondition, asker: Stranger): Span {
  const { key, operator: name, quantifier, values } = condition;
  if (timeKeys.has(key)) return fixed("unknown");
  if (name === "null") return chosen;
  const operator = operatorOf(name);
  if (operator === undefined) return fixed("unknown");
  if (values.length === 0) return operator.negated ? fixed("unknown") : fixed(truthOf(condition.ifExists));
  const held = values.filter((wanted) => canBeHeld(wanted, condition));
  const fits = identityKeys[key];
  if (fits === undefined) return held.length > 0 ? chosen : neverHeld(condition, operator.negated);
  const style = styleOf(name);
  const met = anyOf(held.map((wanted) => (hasVariable(wanted) ? "unknown" : fits(wanted, asker, style))));
  if (operator.negated)
    return missed({ met, matchesAll: style !== "exact" && values.includes("*"), quantifier });
  // A stranger's request need not carry the key at all: IfExists and ForAllValues then let it pass.
  return { can: condition.ifExists || quantifier === "all" ? "yes" : met, must: "no" };
}

/** Whether a stranger may give a key any value: it says neither who asks nor from where or when. */
export function isChosenKey(key: string): boolean {
  return !timeKeys.has(key) && identityKeys[key] === undefined;
}

function missed({
  met,
  matchesAll,
  quantifier,
}: {
  readonly met: Truth;
  readonly matchesAll: boolean;
  readonly quantifier: "any" | "all" | undefined;
}): Span {
  if (quantifier === "any") return matchesAll ? fixed("no") : chosen;
  return { can: "yes", must: opposite(met) };
}

// What wants a value that no request carries is never met, and what shuns it always, unless it asks for a value at all.
function neverHeld({ ifExists, quantifier }: PolicyCondition, isNegated: boolean): Span {
  if (isNegated) return quantifier === "any" ? chosen : fixed("yes");
  return ifExists || quantifier === "all" ? chosen : fixed("no");
}

function styleOf(operator: string): Style {
  if (operator.startsWith("arn")) return "arn";
  if (operator.endsWith("ipaddress")) return "address";
  return operator.endsWith("like") ? "like" : "exact";
}

const timeKeys: ReadonlySet<string> = new Set(["aws:currenttime", "aws:epochtime", "aws:tokenissuetime"]);

const identityKeys: Readonly<Record<string, Fits>> = {
  "aws:principalaccount": fitsAccount,
  "aws:sourceaccount": fitsAccount,
  "aws:sourceowner": fitsAccount,
  "kms:calleraccount": fitsAccount,
  "s3:dataaccesspointaccount": fitsAccount,
  "aws:principalorgid": fitsOrganization,
  "aws:sourceorgid": fitsOrganization,
  "aws:principalorgpaths": fitsOrganizationPath,
  "aws:sourceorgpaths": fitsOrganizationPath,
  "aws:principalarn": fitsArn,
  "aws:sourcearn": fitsArn,
  "s3:dataaccesspointarn": fitsArn,
  "aws:sourceip": fitsAddress,
  "aws:vpcsourceip": fitsAddress,
  "aws:sourcevpc": fitsNetworkId,
  "aws:sourcevpce": fitsNetworkId,
  // Whose an id is cannot be told from it, and AWS leaves open what it makes of the pattern AROLEID:*.
  "aws:userid": (wanted, { kind }) => (kind === "anyone" && !hasWildcard(wanted) ? "no" : "unknown"),
  // Once on AWS's list of fixed values, no longer on newer ones.
  "s3:x-amz-server-side-encryption-aws-kms-key-id": () => "unknown",
};

function fitsAccount(wanted: string, asker: Stranger, style: Style): Truth {
  if (hasWildcard(wanted)) return truthOf(style !== "exact");
  return truthOf(asker.kind === "outsider" && !asker.home.accounts.includes(wanted));
}

function fitsOrganization(wanted: string, asker: Stranger, style: Style): Truth {
  if (hasWildcard(wanted)) return truthOf(style !== "exact");
  if (asker.kind === "anyone") return "no";
  const { organization } = asker.home;
  return organization === undefined ? "unknown" : truthOf(organization !== wanted);
}

function fitsOrganizationPath(wanted: string, asker: Stranger, style: Style): Truth {
  return fitsOrganization(wanted.split("/")[0] ?? "", asker, style);
}

function fitsNetworkId(wanted: string, _asker: Stranger, style: Style): Truth {
  return truthOf(hasWildcard(wanted) && style !== "exact");
}

function fitsArn(wanted: string, asker: Stranger, style: Style): Truth {
  const [, , service = "", , account = "", resource = ""] = arnParts(wanted);
  if (style === "exact" && hasWildcard(wanted)) return "no";
  if (/^\d{12}$/u.test(account)) return fitsOwnedArn({ wanted, account }, asker, style);
  // A bucket's ARN has no account; a bucket that is named in full is one fixed thing.
  if (service === "s3" && resource !== "" && !hasWildcard(resource)) return "no";
  return truthOf(hasWildcard(wanted) || asker.kind === "outsider");
}

// Under StringLike a * before the account also runs over colons: a stranger who names a thing "x:<account>:y" could fit.
function fitsOwnedArn(
  { wanted, account }: { readonly wanted: string; readonly account: string },
  asker: Stranger,
  style: Style,
): Truth {
  const runsOver = style === "like" && hasWildcard(wanted.slice(0, wanted.indexOf(`:${account}`)));
  return anyOf([fitsAccount(account, asker, style), runsOver ? "unknown" : "no"]);
}

// Ranges wider than /8 (IPv6: /32) count as everybody.
function fitsAddress(wanted: string, _asker: Stranger, style: Style): Truth {
  if (style === "exact" && wanted.includes("/")) return "no";
  const network = parseNetwork(wanted);
  if (network === undefined) return "unknown";
  return truthOf(network.prefix < (network.bits === 32 ? widestV4 : widestV6));
}

const widestV4 = 8;
const widestV6 = 32;
