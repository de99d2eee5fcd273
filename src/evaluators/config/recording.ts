import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount, aboutRegion } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { unknown } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isObject, readBoolean, readProperty, readText } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["recorder", "delivery"],
      description: "recorder: a recorder records without error. delivery: a channel delivers.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

type Demand = {
  readonly type: string;
  readonly noun: string;
  readonly properties: readonly string[];
  readonly judge: (resource: Resource) => Claim;
  readonly words: string;
};

const demands: Readonly<Record<Options["demand"], Demand>> = {
  recorder: {
    type: "AWS::Config::ConfigurationRecorder",
    noun: "recorder",
    properties: ["Recording", "LastStatus", "LastErrorCode"],
    judge: records,
    words: "AWS Config records",
  },
  delivery: {
    type: "AWS::Config::DeliveryChannel",
    noun: "delivery channel",
    properties: ["ConfigHistoryDeliveryInfo", "ConfigSnapshotDeliveryInfo", "ConfigStreamDeliveryInfo"],
    judge: delivers,
    words: "AWS Config delivers",
  },
};

/** Whether AWS Config records, or delivers what it recorded, in each region. */
export const configRecording = defineEvaluator<Options>({
  id: "config-recording",
  summary: "AWS Config records without error, or delivers, in each region",
  options,
  needs: ({ demand }) => [{ type: demands[demand].type, properties: demands[demand].properties }],
  evaluate: (account, { demand }) => {
    const judged = account.regions.map((region) => judgeRegion(account, region, demands[demand]));
    const { blindRegions } = account;
    return blindRegions === undefined
      ? judged
      : [
          ...judged,
          aboutAccount(
            account,
            unknown(
              blindRegions.kind,
              `the enabled regions could not be listed (${explainBlind(blindRegions)}): there may be more`,
            ),
          ),
        ];
  },
});

function judgeRegion(
  account: Account,
  region: string,
  { type, noun, properties, judge, words }: Demand,
): Judgement {
  const { resources, blind } = account.list(type);
  const here = resources.filter((resource) => resource.region === region);
  const hidden = blind
    .filter((place) => place.region === region || place.region === "global")
    .map((place) => doubtful(place.kind, `the list of ${noun}s could not be read: ${explainBlind(place)}`));
  const claims = here.map((resource) => ({ resource, claim: judge(resource) }));
  const claim = someClaim([...claims.map((one) => one.claim), ...hidden], `there is no ${noun}`);
  const status = { yes: "pass", no: "fail", unknown: "unknown" } as const;
  const candidates = claims.map(({ resource, claim: own }) => ({
    ref: resource.arn ?? resource.id,
    status: status[own.is],
    ...(own.is === "yes" ? {} : { brokenLink: own.because }),
  }));
  const support = {
    evidence: here.flatMap((resource) => evidenceOf(account, resource, properties)),
    candidates,
    witness: { region },
  };
  return aboutRegion(
    region,
    verdictOfClaim(
      claim,
      {
        yes: `${words} in ${region}`,
        no: `${words.replace(/s$/u, "").replace("AWS Config ", "AWS Config does not ")} in ${region}`,
      },
      support,
    ),
  );
}

function records(recorder: Resource): Claim {
  const recording = claimOf(readBoolean(recorder, "Recording"), `Recording of ${recorder.id}`, (isOn) =>
    isOn === true ? holding : refuted(`recorder ${recorder.id} is stopped`),
  );
  const status = claimOf(readText(recorder, "LastStatus"), `LastStatus of ${recorder.id}`, (last = "") =>
    /^failure$/iu.test(last)
      ? refuted(`recorder ${recorder.id} last ended in an error${errorOf(recorder)}`)
      : holding,
  );
  return everyClaim([recording, status]);
}

function errorOf(recorder: Resource): string {
  const code = readText(recorder, "LastErrorCode");
  return code.kind === "set" ? `: ${code.value}` : "";
}

const kinds = [
  { property: "ConfigHistoryDeliveryInfo", what: "history" },
  { property: "ConfigSnapshotDeliveryInfo", what: "snapshot" },
  { property: "ConfigStreamDeliveryInfo", what: "stream" },
] as const;

// A kind of delivery that is not set up says Not_Applicable, or nothing.
function delivers(channel: Resource): Claim {
  const claims = kinds.map(({ property, what }) =>
    claimOf(readProperty(channel, property), `${property} of ${channel.id}`, (info) =>
      infoClaim(isObject(info) ? info : {}, what, channel.id),
    ),
  );
  const failed = claims.find((claim) => claim.is === "no" && claim.because !== never(channel.id));
  return failed ?? someClaim(claims, never(channel.id));
}

function infoClaim({ LastStatus: status, LastErrorCode: code }: JsonObject, what: string, id: string): Claim {
  if (typeof status === "string" && /^success$/iu.test(status)) return holding;
  if (typeof status === "string" && /^failure$/iu.test(status))
    return refuted(
      `the last ${what} delivery of channel ${id} failed${typeof code === "string" ? `: ${code}` : ""}`,
    );
  return refuted(never(id));
}

function never(id: string): string {
  return `channel ${id} has not delivered anything yet`;
}
