import { iamAction } from "../aws/services.js";
import type { Operation } from "../core/collector.js";
import { PluginError } from "../core/plugin-error.js";
import type { Unreadable } from "../core/resource.js";
import { lookInto } from "./error-facts.js";
import type { ErrorFacts } from "./error-facts.js";

/** What became of a request that failed; decides whether it is worth another attempt. */
export type FailureKind =
  "refused" | "throttled" | "timed-out" | "unreachable" | "transient" | "credentials" | "permanent";

/** A failed request, in our words. */
export type Failure = {
  readonly kind: FailureKind;
  /** The error's own name, as collectors list it under `notSet` and `gone`. */
  readonly name: string;
  /** As it stands in gaps: AccessDenied, Throttled, TimedOut, Unreachable, Malformed, CredentialsExpired, CredentialsMissing, CredentialsRejected, GatewayError, else AWS's own name. */
  readonly reason: string;
  /** One line, without secrets. */
  readonly message: string;
};

type Family = {
  readonly kind: FailureKind;
  readonly reason?: string;
  readonly fits: (facts: ErrorFacts) => boolean;
};

const named = (...names: readonly string[]): ((facts: ErrorFacts) => boolean) => {
  const known = new Set(names);
  return ({ name, code }) => known.has(name) || (code !== undefined && known.has(code));
};

function wrapped(saying: RegExp): (facts: ErrorFacts) => boolean {
  const isWrapper = named(
    "GeneralServiceException",
    "HandlerFailureException",
    "HandlerInternalFailureException",
    "ServiceInternalErrorException",
  );
  return (facts) => isWrapper(facts) && saying.test(facts.message);
}

// The first that fits. Names: CommonErrors of the query and JSON protocols, S3 and EC2 error code lists, Node's error codes.
const families: readonly Family[] = [
  {
    kind: "throttled",
    reason: "Throttled",
    fits: named(
      "Throttling",
      "ThrottlingException",
      "ThrottledException",
      "RequestThrottled",
      "RequestThrottledException",
      "TooManyRequestsException",
      "RequestLimitExceeded",
      "SlowDown",
      "ProvisionedThroughputExceededException",
      "BandwidthLimitExceeded",
      "PriorRequestNotComplete",
      "LimitExceededFault",
      "EC2ThrottledException",
    ),
  },
  { kind: "throttled", reason: "Throttled", fits: ({ status }) => status === 429 },
  // Cloud Control asks the service with the caller's own rights, and wraps what that said.
  { kind: "throttled", reason: "Throttled", fits: wrapped(/\bthrottl|rate exceeded|too many requests/iu) },
  { kind: "refused", reason: "AccessDenied", fits: wrapped(/not authorized to perform|\baccess ?denied/iu) },
  {
    kind: "credentials",
    reason: "CredentialsExpired",
    fits: named("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"),
  },
  {
    kind: "credentials",
    reason: "CredentialsMissing",
    fits: named("CredentialsProviderError", "TokenProviderError", "ProviderError"),
  },
  {
    kind: "credentials",
    reason: "CredentialsRejected",
    fits: named(
      "InvalidClientTokenId",
      "UnrecognizedClientException",
      "SignatureDoesNotMatch",
      "InvalidSignatureException",
      "InvalidAccessKeyId",
      "AuthFailure",
      "MissingAuthenticationToken",
      "MissingAuthenticationTokenException",
      "IncompleteSignature",
      "InvalidToken",
    ),
  },
  {
    kind: "refused",
    reason: "AccessDenied",
    fits: named(
      "AccessDenied",
      "AccessDeniedException",
      "UnauthorizedOperation",
      "AuthorizationError",
      "AuthorizationErrorException",
      "NotAuthorized",
      "NotAuthorizedException",
      "UnauthorizedException",
      "Forbidden",
      "ForbiddenException",
    ),
  },
  // The SDK renames these to TimeoutError, but a connection that breaks is no host that hangs.
  { kind: "transient", reason: "Unreachable", fits: named("ECONNRESET", "EPIPE", "ECONNABORTED") },
  {
    kind: "timed-out",
    reason: "TimedOut",
    fits: named("TimeoutError", "ETIMEDOUT", "ESOCKETTIMEDOUT", "RequestTimeout", "RequestTimeoutException"),
  },
  {
    kind: "unreachable",
    reason: "Unreachable",
    fits: named(
      "ECONNREFUSED",
      "ENOTFOUND",
      "EAI_AGAIN",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "EADDRNOTAVAIL",
      "EPROTO",
    ),
  },
  {
    kind: "unreachable",
    reason: "Unreachable",
    fits: ({ code }) => code !== undefined && /CERT|SELF_SIGNED|_TLS_|_SSL_|LEAF_SIGNATURE/u.test(code),
  },
  // An answer without a body, as to a HEAD request, says no more than its status.
  {
    kind: "refused",
    reason: "AccessDenied",
    fits: ({ name, status }) => status === 403 && /^(403|Unknown|UnknownError)$/u.test(name),
  },
  // A gateway on the way, or a service that is down, answers with a page of its own: AWS has not spoken.
  { kind: "transient", reason: "GatewayError", fits: (facts) => isUnparsed(facts) && isServerTrouble(facts) },
  { kind: "permanent", reason: "Malformed", fits: isUnparsed },
  { kind: "transient", fits: isServerTrouble },
];

// 501 is how a test bed says that it has no such answer; no attempt changes that.
function isServerTrouble({ status }: ErrorFacts): boolean {
  return status !== undefined && status >= 500 && status !== 501;
}

// A page of HTML, or another answer in no AWS protocol. Whatever its status, it says nothing about the account.
function isUnparsed({ name, status }: ErrorFacts): boolean {
  return (
    name === "SyntaxError" ||
    (status !== undefined && /^(Error|TypeError|Unknown|UnknownError|\d{3})$/u.test(name))
  );
}

/** The name under which collectors can list "this endpoint has no such operation" (HTTP 501), whatever name the endpoint gives it. */
const NOT_IMPLEMENTED = "NotImplemented";

/** Says what an error means. */
export function failureOf(error: unknown): Failure {
  const facts = lookInto(error);
  const family = families.find(({ fits }) => fits(facts));
  const kind = family?.kind ?? "permanent";
  const message = messageOf(kind, family?.reason, facts);
  return {
    kind,
    name: facts.status === 501 && !isUnparsed(facts) ? NOT_IMPLEMENTED : facts.name,
    reason: family?.reason ?? facts.name,
    message,
  };
}

function messageOf(kind: FailureKind, reason: string | undefined, { message, status }: ErrorFacts): string {
  if (kind === "credentials") return "the credentials are not accepted";
  return reason === "GatewayError"
    ? `a gateway answered ${status?.toString() ?? ""} in a language that is not AWS's; the service could not be reached behind it`
    : message;
}

/** A failure of our own finding, where no error was thrown. */
export function failed(kind: FailureKind, reason: string, message: string): Failure {
  return { kind, name: reason, reason, message };
}

/** What it means that a collector's function threw. A plugin says so itself; a built-in one could not take the answer apart. */
export function brokenBy(error: unknown): Failure {
  if (error instanceof PluginError) return pluginFailure(error);
  return failed("permanent", "Malformed", `the answer is not as expected: ${String(error)}`);
}

/** What it means that a plugin's function threw; anything else is thrown again. */
export function pluginFailure(error: unknown): Failure {
  if (error instanceof PluginError) return failed("permanent", "PluginFailed", error.message);
  throw error;
}

/** What becomes of a resource that a plugin's function cannot name or locate; anything but a plugin's failure is thrown again. */
export function lostTo(error: unknown): { readonly kind: "failed"; readonly because: Unreadable } {
  const { reason, message } = pluginFailure(error);
  return { kind: "failed", because: { reason, message } };
}

/** The failure as it stands in a snapshot: with the IAM action to grant where AWS refused, else with the operation that failed. */
export function explain(failure: Failure, operation: Operation, region: string): Required<Unreadable> {
  const { service, name, actions } = operation;
  const grant = actions === undefined || actions.length === 0 ? iamAction(service, name) : actions.join(", ");
  const action = failure.kind === "refused" ? grant : `${service}:${name}`;
  return { reason: failure.reason, action, region, message: failure.message };
}
