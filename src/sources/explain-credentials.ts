import type { RoleStep } from "../core/audit.js";
import { lookInto } from "./error-facts.js";
import type { Failure } from "./failure.js";

/** Which credentials were to be used; `assumedRole` is the role that did not open, where one was reached. */
export type Whose = {
  readonly profile?: string;
  readonly roleArn?: string;
  readonly roles?: readonly RoleStep[];
  readonly assumedRole?: string;
};

/** Why no AWS account can be read with these credentials, and what to do about it. `error` is what the SDK threw while it looked for them. */
export function explainCredentials(failure: Failure, whose: Whose, error?: unknown): string {
  const { profile } = whose;
  const roleArn = roleBehind(failure, whose);
  const of = profile === undefined ? "" : ` of profile ${profile}`;
  if (failure.reason === "CredentialsExpired")
    return `The AWS credentials${of} have expired. ${renew(profile)}`;
  if (failure.reason === "CredentialsRejected")
    return `AWS does not accept the credentials${of} (${failure.name}). Check the access key, the secret and the session token, and this machine's clock. ${renew(profile)}`;
  if (roleArn !== undefined) return explainRole(failure, { ...whose, roleArn }, error);
  if (failure.kind === "refused")
    return `AWS refuses to hand out the credentials${of} (${failure.name}). Where the profile names a role, the caller needs sts:AssumeRole on it, and the role's trust policy must name the caller.`;
  const said = whatWasSaid(error);
  return `No usable AWS credentials${of} were found${said === "" ? "" : ` (${said})`}. ${profile === undefined ? "Set AWS_PROFILE, pass --profile, or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. " : ""}${renew(profile)}`;
}

// The role that did not open; of several, only that which was reached is to blame.
function roleBehind({ kind }: Failure, { assumedRole, roleArn, roles = [] }: Whose): string | undefined {
  if (kind === "permanent") return assumedRole;
  return kind === "refused" ? (assumedRole ?? (roles.length > 0 ? undefined : roleArn)) : undefined;
}

function explainRole(
  failure: Failure,
  { profile, roles = [], roleArn }: Whose & { readonly roleArn: string },
  error: unknown,
): string {
  if (failure.kind !== "refused")
    return `The role ${roleArn} cannot be assumed (${failure.name}: ${whatWasSaid(error)}).`;
  const of = profile === undefined ? "" : ` of profile ${profile}`;
  const isGuarded = roles.some(({ arn, externalId }) => arn === roleArn && externalId !== undefined);
  return `The role ${roleArn} cannot be assumed (${failure.name}). The caller${of} needs sts:AssumeRole on it, and the role's trust policy must name the caller${isGuarded ? ", and demand no other external id" : ""}.`;
}

function renew(profile: string | undefined): string {
  return `With IAM Identity Center: aws sso login${profile === undefined ? "" : ` --profile ${profile}`}.`;
}

// A helper program's failure repeats its whole command line, which may hold a secret.
function whatWasSaid(error: unknown): string {
  const { message } = lookInto(error);
  return error === undefined || message.startsWith("Command failed") ? "" : message.replace(/\.$/u, "");
}
