import type { JsonValue } from "../core/json.js";
import type { Resource, Unreadable } from "../core/resource.js";
import type { ReadSecret, SecretAnswer } from "../core/secret.js";
import { parseArn } from "../shared/aws/arn.js";
import { isCdnIdentifier, OWN_SECRET } from "../shared/aws/cdn-identifier.js";
import type { ProbeTrouble } from "../shared/aws/manifest-probe.js";
import { isObject, readObject } from "../shared/read-property.js";

/** Where the identifier that endpoints with CDN authorization want comes from. */
export type IdentifierSource = {
  /** The value itself. */
  readonly cdnIdentifier?: string;
  /** The secret that holds it: a name, which is looked up in each endpoint's region, an ARN, or "own" for the secret that each endpoint names. */
  readonly cdnSecret?: { readonly id: string; readonly read: ReadSecret };
};

/** The identifier for an endpoint, or why there is none. */
export type Identifier =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "trouble"; readonly trouble: ProbeTrouble }
  | { readonly kind: "unreadable"; readonly because: Unreadable };

/** Tells identifiers; each secret is read once, and only for an endpoint that wants it. `reads` counts how often. */
export function cdnIdentifiers(
  { cdnIdentifier, cdnSecret }: IdentifierSource,
  signal?: AbortSignal,
): { readonly of: (endpoint: Resource) => Promise<Identifier>; readonly reads: () => number } {
  const answers = new Map<string, Promise<SecretAnswer>>();
  const ask = (id: string, region: string, read: ReadSecret): Promise<SecretAnswer> => {
    const key = `${region} ${id}`;
    const made = answers.get(key) ?? read({ id, region, ...(signal === undefined ? {} : { signal }) });
    answers.set(key, made);
    return made;
  };
  return {
    reads: () => answers.size,
    async of(endpoint) {
      if (cdnIdentifier !== undefined) return { kind: "value", value: cdnIdentifier };
      const id = cdnSecret?.id === OWN_SECRET ? ownSecret(endpoint) : cdnSecret?.id;
      if (cdnSecret === undefined || id === undefined)
        return { kind: "trouble", trouble: { reason: "auth_required" } };
      const answer = await ask(id, parseArn(id)?.region ?? endpoint.region, cdnSecret.read);
      return answer.ok ? identifierIn(answer.text) : { kind: "unreadable", because: answer.because };
    },
  };
}

function ownSecret(endpoint: Resource): string | undefined {
  const authorization = readObject(endpoint, "Authorization");
  const id = authorization.kind === "set" ? authorization.value["CdnIdentifierSecret"] : undefined;
  return typeof id === "string" && parseArn(id)?.service === "secretsmanager" ? id : undefined;
}

// MediaPackage itself reads the value under this key. https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth-setup.html
const KEY = "MediaPackageCDNIdentifier";

// Neither the text nor a part of it may come into a message.
function identifierIn(text: string): Identifier {
  const secret = parsed(text);
  const value = isObject(secret) ? secret[KEY] : undefined;
  if (typeof value !== "string")
    return { kind: "trouble", trouble: { reason: "secret_unusable", message: `it has no key ${KEY}` } };
  if (!isCdnIdentifier(value))
    return {
      kind: "trouble",
      trouble: {
        reason: "secret_unusable",
        message: `what it holds under ${KEY} is no CDN identifier: 8 to 128 characters without spaces are expected`,
      },
    };
  return { kind: "value", value };
}

function parsed(text: string): JsonValue | undefined {
  try {
    // JSON.parse yields JSON and nothing else.
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
