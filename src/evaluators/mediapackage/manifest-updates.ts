import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Judgement } from "../../core/judgement.js";
import type { Resource } from "../../core/resource.js";
import { fail, notApplicable, pass, unknown } from "../../core/verdict.js";
import type { Support, Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { freshnessOf } from "../../reasoning/manifest/freshness.js";
import type { Freshness } from "../../reasoning/manifest/freshness.js";
import { samplesOf, SECRET_UNREADABLE } from "../../reasoning/manifest/sample.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import {
  endpointProperties,
  endpointTypes,
  manifestsOf,
  PROBE_TYPE,
} from "../../shared/aws/manifest-probe.js";
import type { ManifestTarget } from "../../shared/aws/manifest-probe.js";
import { readNumber, readProperty, readText } from "../../shared/read-property.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    "maximum-age-seconds": {
      type: "integer",
      minimum: 1,
      description:
        "How long ago a manifest may have been updated. Default: three segments and the endpoint's delay, 30 at least.",
    },
    "expect-live": {
      type: "boolean",
      default: false,
      description: "A stream that has ended, or never began, fails.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

/** Whether the manifests of origin endpoints are being updated, as their response headers say. Unknown where no probe asked them. */
export const manifestUpdates = defineEvaluator<Options>({
  id: "manifest-updates",
  summary:
    "The manifests of MediaPackage origin endpoints are being updated, as a probe (--probe) saw in their headers",
  options,
  needs: () => endpointTypes.map((type) => ({ type, properties: endpointProperties[type] })),
  evaluate: (account, given) => {
    const judged = endpointTypes.flatMap((type) =>
      judgeEach(account, {
        type,
        noun: "origin endpoint",
        absence: "not-applicable",
        judge: (endpoint) => judge(account, endpoint, given),
      }),
    );
    const about = judged.filter((judgement) => !isAbsence(judgement));
    return about.length > 0 ? about : judged.slice(0, 1);
  },
});

// With two generations, having none of one is no finding beside those of the other.
function isAbsence({ subject, verdict }: Judgement): boolean {
  return subject.kind === "account" && verdict.status === "not-applicable";
}

function judge(account: Account, endpoint: Resource, given: Options): Verdict {
  const origination = readText(endpoint, "Origination");
  if (origination.kind === "set" && origination.value === "DENY")
    return notApplicable(`origin endpoint ${endpoint.id} answers no playback requests (Origination: DENY)`, {
      evidence: evidenceOf(account, endpoint, ["Origination"]),
    });
  const targets = manifestsOf(endpoint);
  if (targets.length === 0) return noManifest(endpoint);
  const probes = account.list(PROBE_TYPE).resources.filter((probe) => isOf(probe, endpoint));
  const seen = targets.map((target) =>
    see(
      probes.find(({ id }) => id === target.url),
      target,
      { endpoint, given },
    ),
  );
  const evidence = probes.flatMap((probe) => evidenceOf(account, probe, ["Samples", "Trouble"]));
  return conclude(endpoint, seen, { evidence });
}

function noManifest(endpoint: Resource): Verdict {
  const [unread] = endpointProperties[
    endpoint.type === endpointTypes[1] ? endpointTypes[1] : endpointTypes[0]
  ]
    .map((name) => readProperty(endpoint, name))
    .filter(({ kind }) => kind === "unreadable" || kind === "not-collected");
  const reason =
    unread === undefined ? "undecidable" : unread.kind === "unreadable" ? "unreadable" : "not-collected";
  return unknown(reason, `origin endpoint ${endpoint.id} tells no address of a manifest`);
}

function isOf(probe: Resource, endpoint: Resource): boolean {
  const of = readText(probe, "OriginEndpoint");
  return of.kind === "set" && of.value === (endpoint.arn ?? endpoint.id);
}

type Seen = { readonly url: string; readonly freshness: Freshness | "not-probed" };

function see(
  probe: Resource | undefined,
  { url, segmentSeconds }: ManifestTarget,
  { endpoint, given }: { readonly endpoint: Resource; readonly given: Options },
): Seen {
  if (probe === undefined) return { url, freshness: "not-probed" };
  const delay = readNumber(endpoint, "TimeDelaySeconds");
  const maximumAge = given["maximum-age-seconds"];
  const demand = {
    ...(segmentSeconds === undefined ? {} : { segmentSeconds }),
    delaySeconds: delay.kind === "set" ? delay.value : 0,
    ...(maximumAge === undefined ? {} : { maximumAge }),
    expectLive: given["expect-live"] ?? false,
  };
  return { url, freshness: freshnessOf(samplesOf(probe), demand) };
}

const badness = { fail: 3, unknown: 2, pass: 1, "not-applicable": 0 } as const;

// The worst manifest decides.
function conclude(endpoint: Resource, seen: readonly Seen[], support: Support): Verdict {
  const what = `origin endpoint ${endpoint.id}`;
  const judged = seen.map(({ url, freshness }) => ({
    url,
    freshness: freshness === "not-probed" ? notProbed : freshness,
  }));
  const [worst] = [...judged].sort((a, b) => badness[b.freshness.status] - badness[a.freshness.status]);
  if (worst === undefined) return unknown("undecidable", `${what} has no manifest`);
  const { url, freshness } = worst;
  const notes = judged.flatMap((one) => one.freshness.notes);
  const candidates = judged.map((one) => ({
    ref: one.url,
    status: one.freshness.status,
    ...("because" in one.freshness ? { brokenLink: one.freshness.because } : {}),
  }));
  const more = { ...support, candidates, ...(notes.length === 0 ? {} : { notes: [...new Set(notes)] }) };
  if (freshness.status === "pass") return pass(`the manifests of ${what} are being updated`, more);
  if (freshness.status === "not-applicable") return notApplicable(`${what}: ${freshness.because}`, more);
  if (freshness.status === "fail")
    return fail(`a manifest of ${what} is not being updated: ${freshness.because}`, {
      ...more,
      witness: { url, reason: freshness.reason, because: freshness.because },
    });
  return unknown(
    freshness === notProbed
      ? "not-collected"
      : freshness.reason === SECRET_UNREADABLE
        ? "unreadable"
        : "undecidable",
    `whether the manifests of ${what} are being updated is not known: ${freshness.because}`,
    more,
  );
}

const notProbed: Freshness = {
  status: "unknown",
  reason: "not_probed",
  because: "no probe asked them; --probe does",
  notes: [],
};
