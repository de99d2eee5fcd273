import { probingSource } from "../index.js";
import type { Config, Source } from "../index.js";
import { UsageError } from "./usage-error.js";

/** What was asked for on the command line and in the config. */
export type ProbeWords = { readonly probe?: boolean; readonly probeCdnEnv?: string; readonly settings: Config };

/** The source itself, or one that also asks manifests, where that was asked for. @throws UsageError where a named variable is not set. */
export function withProbe(source: Source, { probe, probeCdnEnv, settings }: ProbeWords): Source {
  const isOn = probe ?? (settings.probe !== undefined && settings.probe !== false);
  const name = probeCdnEnv ?? (typeof settings.probe === "object" ? settings.probe.cdnIdentifierEnv : undefined);
  if (!isOn && probeCdnEnv !== undefined) throw new UsageError("--probe-cdn-env goes with --probe");
  if (!isOn) return source;
  const cdnIdentifier = name === undefined ? undefined : identifierIn(name);
  // For tests: a server of one's own plays every origin endpoint.
  const testEndpoint = process.env["WATCHPROOF_PROBE_ENDPOINT"];
  return probingSource(source, { ...(cdnIdentifier === undefined ? {} : { cdnIdentifier }), ...(testEndpoint === undefined || testEndpoint === "" ? {} : { testEndpoint }) });
}

// The value is a secret: neither it nor a part of it is ever printed. https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth.html
function identifierIn(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new UsageError(`the environment variable ${name}, which is to hold the CDN identifier, is not set`);
  if (!/^[\x21-\x7e]{8,128}$/.test(value)) throw new UsageError(`what ${name} holds is no CDN identifier: 8 to 128 characters without spaces are expected`);
  return value;
}
