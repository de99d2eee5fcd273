import type { Choice, PolicyPrincipal } from "./iam-policy.js";
import { arnParts } from "./operators.js";
import { anySpan, chosen, fixed, oppositeSpan } from "./question.js";
import type { Asker, Span } from "./question.js";

/** Whether the asker can be, and must be, among a statement's principals. */
export function judgePrincipals(principals: Choice<PolicyPrincipal>, asker: Asker): Span {
  const named = anySpan(principals.of.map((principal) => judgePrincipal(principal, asker)));
  return principals.not ? oppositeSpan(named) : named;
}

/** Whether one statement's principals take in all that another one names and that the asker can be. */
export function coversPrincipals(
  wide: Choice<PolicyPrincipal>,
  narrow: Choice<PolicyPrincipal>,
  asker: Asker,
): boolean {
  if (judgePrincipals(wide, asker).must === "yes") return true;
  if (wide.not || narrow.not) return false;
  const names = new Set(wide.of.map(identityOf));
  return narrow.of.every(
    (principal) => judgePrincipal(principal, asker).can === "no" || names.has(identityOf(principal)),
  );
}

function judgePrincipal(principal: PolicyPrincipal, asker: Asker): Span {
  if (principal.kind === "*") return fixed("yes");
  if (asker.kind === "service") return fixed(isService(principal, asker.service) ? "yes" : "no");
  if (asker.kind === "account")
    return fixed(
      principal.kind === "AWS" && ownerOf(principal.value) === asker.account && isRoot(principal.value)
        ? "yes"
        : "no",
    );
  return judgeStranger(principal, asker);
}

function judgeStranger(
  { kind, value }: PolicyPrincipal,
  asker: Extract<Asker, { readonly kind: "anyone" | "outsider" }>,
): Span {
  if (kind === "Service") return fixed("no");
  // An identity provider's users, and whose a canonical id is, are not in the policy.
  if (kind === "Federated" || (kind === "CanonicalUser" && asker.kind === "outsider"))
    return { can: "unknown", must: "no" };
  if (kind === "CanonicalUser" || asker.kind === "anyone") return fixed("no");
  const owner = ownerOf(value);
  if (owner !== undefined) return asker.home.accounts.includes(owner) ? fixed("no") : chosen;
  // What is left of a deleted user or role is its id, which fits nobody any more.
  return /^A(?:ID|RO)A[A-Z\d]+$/u.test(value) ? fixed("no") : { can: "unknown", must: "no" };
}

function isService({ kind, value }: PolicyPrincipal, service: string): boolean {
  return kind === "Service" && plainService(value) === plainService(service);
}

// In the China regions many principals end in .com.cn.
function plainService(service: string): string {
  return service.toLowerCase().replace(/\.cn$/u, "");
}

function ownerOf(principal: string): string | undefined {
  const account = principal.startsWith("arn:") ? arnParts(principal)[4] : principal;
  return account !== undefined && /^\d{12}$/u.test(account) ? account : undefined;
}

function isRoot(principal: string): boolean {
  return !principal.startsWith("arn:") || arnParts(principal)[5] === "root";
}

// An account's number and its root ARN are the same principal.
function identityOf({ kind, value }: PolicyPrincipal): string {
  return `${kind} ${isRoot(value) ? (ownerOf(value) ?? value) : value}`;
}
