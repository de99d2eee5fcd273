import type { Command } from "commander";
import { probingSource } from "../index.js";
import { isCdnIdentifier } from "../inner.js";
import type { Config, IdentifierSource, LiveSource, Source } from "../index.js";
import { UsageError } from "./usage-error.js";

/** What was asked for on the command line. */
export type ProbeWords = {
  readonly probe?: boolean;
  readonly probeCdnEnv?: string;
  readonly probeCdnSecret?: string;
};

/** Adds the options of the manifest probe that a plan depends on. */
export function addProbeOptions(command: Command): Command {
  return command
    .option("--probe", "also ask the manifests of MediaPackage origin endpoints, over HTTPS")
    .option(
      "--probe-cdn-secret <name>",
      "with --probe: the secret (name or ARN) that holds the CDN identifier; own: the one that each endpoint names",
    );
}

/** The source itself, or one that also asks manifests, where that was asked for. @throws UsageError where a named variable is not set. */
export function withProbe(source: LiveSource, words: ProbeWords, settings: Config): Source {
  const asked = probeOf(words, settings);
  if (asked === undefined) return source;
  // For tests: a server of one's own plays every origin endpoint.
  const testEndpoint = process.env["WATCHPROOF_PROBE_ENDPOINT"];
  return probingSource(source, {
    ...identifierFrom(asked, source),
    ...(testEndpoint === undefined || testEndpoint === "" ? {} : { testEndpoint }),
  });
}

/** The secret that a probe would read; undefined where none would be. */
export function cdnSecretOf(words: ProbeWords, settings: Config): { readonly cdnSecret?: string } {
  const secret = probeOf(words, settings)?.secret;
  return secret === undefined ? {} : { cdnSecret: secret };
}

type Asked = { readonly env?: string; readonly secret?: string };

// The command line's word goes before the config's.
function probeOf(
  { probe, probeCdnEnv: env, probeCdnSecret: secret }: ProbeWords,
  { probe: set = false }: Config,
): Asked | undefined {
  const isOn = probe ?? set !== false;
  if (!isOn && env !== undefined) throw new UsageError("--probe-cdn-env goes with --probe");
  if (!isOn && secret !== undefined) throw new UsageError("--probe-cdn-secret goes with --probe");
  if (env !== undefined && secret !== undefined)
    throw new UsageError(
      "--probe-cdn-env and --probe-cdn-secret do not go together: the CDN identifier has one place",
    );
  if (!isOn) return undefined;
  if (env !== undefined) return { env };
  return secret === undefined ? configured(set) : { secret: checkedSecret(secret) };
}

function configured(set: Config["probe"]): Asked {
  if (typeof set !== "object") return {};
  return "cdnIdentifierEnv" in set ? { env: set.cdnIdentifierEnv } : { secret: set.cdnIdentifierSecret };
}

function identifierFrom({ env, secret }: Asked, { readSecret }: LiveSource): IdentifierSource {
  if (secret !== undefined) return { cdnSecret: { id: secret, read: readSecret } };
  return env === undefined ? {} : { cdnIdentifier: identifierIn(env) };
}

// The value is a secret: neither it nor a part of it is ever printed. https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth.html
function identifierIn(name: string): string {
  const value = process.env[name];
  // What does not look like a name is not shown: it may be the identifier, given in the place of the variable's name.
  const shown = /^[A-Z_][A-Z0-9_]*$/u.test(name) ? name : "that was named";
  if (value === undefined || value === "")
    throw new UsageError(
      `the environment variable ${shown}, which is to hold the CDN identifier, is not set`,
    );
  if (!isCdnIdentifier(value))
    throw new UsageError(
      `what the environment variable ${shown} holds is no CDN identifier: 8 to 128 characters without spaces are expected`,
    );
  return value;
}

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
function checkedSecret(word: string): string {
  const isSecret = /^(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}$/u.test(
    word,
  );
  // The word is not shown: it may be the secret's value, given in the place of its name.
  if (!isSecret)
    throw new UsageError(
      "--probe-cdn-secret takes the name or ARN of a secret in AWS Secrets Manager, or own",
    );
  return word;
}
