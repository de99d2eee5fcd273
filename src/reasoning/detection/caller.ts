import {
  ABSENT,
  ANYTHING,
  anyText,
  exactly,
  oneOf,
  optional,
  partialRecord,
} from "../../languages/partial-record/partial-record.js";
import type { PartialRecord, PartialValue } from "../../languages/partial-record/partial-record.js";

/** Whose account, by which IAM names its identities. */
export type Home = { readonly account: string; readonly partition: string };

/** Who signs in at the console: directly as root or as a user, by a name that there is none of, or through a federation. */
export type SignIn = "root" | "user" | "unknown-user" | "federated";

/**
 * The `userIdentity` of everyone who may call an API: what each type carries always, sometimes and never.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function callers(home: Home): PartialValue {
  return {
    kind: "either",
    options: [
      user(home),
      assumedRole(home),
      root(home),
      awsService,
      otherAccount,
      federatedUser(home),
      identityCenterUser(home),
      ...["Role", "Directory", "Unknown"].map((type) => partialRecord({ type: exactly(type) })),
    ],
  };
}

/** Those who call STS with a token of an identity provider: only there they are recorded as such. */
export const tokenCallers: readonly PartialRecord[] = ["SAMLUser", "WebIdentityUser"].map((type) =>
  identity({
    type: exactly(type),
    principalId: anyText(),
    userName: anyText({ examples: ["someone"] }),
    identityProvider: anyText({ examples: ["accounts.google.com"] }),
  }),
);

/** The `userIdentity` of a console sign-in. A sign-in is nobody's call on behalf of another. */
export function signInCaller(how: SignIn, home: Home): PartialRecord {
  const make: Readonly<Record<SignIn, () => PartialRecord>> = {
    root: () => root(home),
    user: () => user(home),
    "unknown-user": () => unknownUser(home),
    federated: () => assumedRole(home),
  };
  const { fields, others } = make[how]();
  return partialRecord({ ...fields, invokedBy: ABSENT }, others);
}

// `inScopeOf` is younger than the facts on types: it may stand with any.
function identity(fields: PartialRecord["fields"]): PartialRecord {
  return partialRecord({ ...fields, inScopeOf: ANYTHING }, "absent");
}

const attributes = partialRecord({
  creationDate: anyText({ examples: ["2026-11-20T11:00:00Z"] }),
  mfaAuthenticated: oneOf("false", "true"),
});

/** The session of root or of a user, which nothing has issued. Older records hold empty objects there. */
const ownSession = partialRecord(
  {
    attributes,
    sessionIssuer: optional(exactly({})),
    webIdFederationData: optional(exactly({})),
    sourceIdentity: optional(anyText()),
  },
  "absent",
);

const someKey = anyText({ examples: ["AKIAIOSFODNN7EXAMPLE"] });
const onBehalf = optional(anyText({ suffix: ".amazonaws.com", examples: ["cloudformation.amazonaws.com"] }));

function root({ account, partition }: Home): PartialRecord {
  return identity({
    type: exactly("Root"),
    principalId: exactly(account),
    arn: exactly(`arn:${partition}:iam::${account}:root`),
    accountId: exactly(account),
    accessKeyId: optional(someKey),
    userName: optional(anyText({ examples: ["an-account-alias"] })),
    sessionContext: optional(ownSession),
    invokedBy: onBehalf,
  });
}

function user(home: Home): PartialRecord {
  const { account, partition } = home;
  const prefix = `arn:${partition}:iam::${account}:user/`;
  return identity({
    ...unknownUser(home).fields,
    principalId: anyText({ prefix: "AIDA", examples: ["AIDAEXAMPLE"] }),
    arn: anyText({ prefix, examples: [`${prefix}someone`] }),
    userName: anyText({ examples: ["someone"] }),
  });
}

// CloudTrail does not repeat what was typed as a name: it may be a password.
function unknownUser({ account }: Home): PartialRecord {
  return identity({
    type: exactly("IAMUser"),
    principalId: ABSENT,
    arn: ABSENT,
    accountId: exactly(account),
    userName: exactly("HIDDEN_DUE_TO_SECURITY_REASONS"),
    accessKeyId: optional(someKey),
    sessionContext: optional(ownSession),
    invokedBy: onBehalf,
  });
}

function assumedRole({ account, partition }: Home): PartialRecord {
  const session = `arn:${partition}:sts::${account}:assumed-role/`;
  const role = `arn:${partition}:iam::${account}:role/`;
  const sessionIssuer = partialRecord({
    type: exactly("Role"),
    principalId: anyText({ prefix: "AROA", examples: ["AROAEXAMPLE"] }),
    arn: anyText({ prefix: role, examples: [`${role}some-role`] }),
    accountId: exactly(account),
    userName: anyText({ examples: ["some-role"] }),
  });
  return identity({
    type: exactly("AssumedRole"),
    principalId: anyText({ prefix: "AROA", examples: ["AROAEXAMPLE:someone"] }),
    arn: anyText({ prefix: session, examples: [`${session}some-role/someone`] }),
    accountId: exactly(account),
    sessionContext: partialRecord({ sessionIssuer, attributes }),
    accessKeyId: optional(someKey),
    invokedBy: onBehalf,
  });
}

function federatedUser({ account, partition }: Home): PartialRecord {
  const prefix = `arn:${partition}:sts::${account}:federated-user/`;
  return identity({
    type: exactly("FederatedUser"),
    principalId: optional(anyText()),
    arn: anyText({ prefix, examples: [`${prefix}someone`] }),
    accountId: exactly(account),
    sessionContext: partialRecord({ sessionIssuer: partialRecord({}), attributes }),
    accessKeyId: optional(someKey),
    invokedBy: onBehalf,
  });
}

function identityCenterUser({ account }: Home): PartialRecord {
  return identity({
    type: exactly("IdentityCenterUser"),
    principalId: ANYTHING,
    arn: optional(anyText()),
    accountId: exactly(account),
    onBehalfOf: partialRecord({
      userId: anyText({ examples: ["a11111-example"] }),
      identityStoreArn: anyText({
        prefix: "arn:",
        examples: ["arn:aws:identitystore::111122223333:identitystore/d-1"],
      }),
    }),
    credentialId: optional(anyText()),
  });
}

const otherAccount = identity({
  type: exactly("AWSAccount"),
  principalId: anyText({ examples: ["AIDAOTHEREXAMPLE"] }),
  accountId: anyText({ examples: ["444455556666"] }),
  arn: optional(anyText({ prefix: "arn:" })),
  invokedBy: onBehalf,
});

const awsService = identity({
  type: exactly("AWSService"),
  invokedBy: anyText({ suffix: ".amazonaws.com", examples: ["autoscaling.amazonaws.com"] }),
});
