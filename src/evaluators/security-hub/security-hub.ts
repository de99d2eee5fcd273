import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount, aboutRegion } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { notApplicable, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean, readText } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["enabled", "standards"],
      description:
        "enabled: Security Hub is on. standards: where it is, a standard is ready, none is broken, and AWS Config records what they look at.",
    },
    accept: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: ["cspm", "v2"] },
      default: ["cspm"],
      description: "With enabled: which Security Hub is enough, CSPM or the newer one.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

const hubs = { cspm: "AWS::SecurityHub::Hub", v2: "AWS::SecurityHub::HubV2" } as const;
const STANDARD = "AWS::SecurityHub::Standard";
const RECORDER = "AWS::Config::ConfigurationRecorder";
const standardProperties = ["StandardsArn", "StandardsStatus", "StandardsStatusReason"];

/** Whether Security Hub is on in each region, or whether the standards that it is to check work there. */
export const securityHub = defineEvaluator<Options>({
  id: "security-hub",
  summary: "Security Hub is on in each region, or its standards work there",
  options,
  needs: ({ demand, accept = ["cspm"] }): readonly Need[] =>
    demand === "enabled"
      ? accept.map((kind) => ({ type: hubs[kind], properties: [] }))
      : [
          { type: hubs.cspm, properties: [] },
          { type: STANDARD, properties: standardProperties },
          { type: RECORDER, properties: ["Recording"] },
        ],
  evaluate: (account, { demand, accept = ["cspm"] }) => [
    ...account.regions.map((region) =>
      aboutRegion(
        region,
        demand === "enabled" ? judgeEnabled(account, region, accept) : judgeStandards(account, region),
      ),
    ),
    ...judgeUnseen(account),
  ],
});

function judgeUnseen(account: Account): readonly Judgement[] {
  const { blindRegions } = account;
  if (blindRegions === undefined) return [];
  const message = `the enabled regions could not be listed (${explainBlind(blindRegions)}): there may be more`;
  return [aboutAccount(account, unknown(blindRegions.kind, message))];
}

function judgeEnabled(account: Account, region: string, accept: readonly (keyof typeof hubs)[]): Verdict {
  const claims = accept.map((kind) => isOn(account, region, hubs[kind]));
  const words = { yes: `Security Hub is on in ${region}`, no: `Security Hub is off in ${region}` };
  return verdictOfClaim(someClaim(claims, ""), words, {
    evidence: accept.flatMap((kind) =>
      here(account, region, hubs[kind]).flatMap((hub) => evidenceOf(account, hub, ["SubscribedAt"])),
    ),
    witness: { region },
  });
}

function judgeStandards(account: Account, region: string): Verdict {
  const on = isOn(account, region, hubs.cspm);
  if (on.is === "no") return notApplicable(`Security Hub is off in ${region}`);
  const standards = here(account, region, STANDARD);
  const claim = everyClaim([
    ...standards.map(isUnbroken),
    isAnyReady(account, region, standards),
    isRecorded(account, region),
    on,
  ]);
  const words = {
    yes: `the standards of Security Hub work in ${region}`,
    no: `the standards of Security Hub do not work in ${region}`,
  };
  return verdictOfClaim(claim, words, {
    evidence: standards.flatMap((standard) => evidenceOf(account, standard, standardProperties)),
    witness: { region },
  });
}

function isAnyReady(account: Account, region: string, standards: readonly Resource[]): Claim {
  const claims = standards.map((standard) =>
    claimOf(readText(standard, "StandardsStatus"), `StandardsStatus of ${nameOf(standard)}`, (status) =>
      status === "READY" ? holding : refuted(`standard ${nameOf(standard)} is not ready`),
    ),
  );
  return someClaim([...claims, ...hidden(account, region, STANDARD)], "no standard is on");
}

function isUnbroken(standard: Resource): Claim {
  return claimOf(readText(standard, "StandardsStatus"), `StandardsStatus of ${nameOf(standard)}`, (status) =>
    status === "FAILED" || status === "INCOMPLETE"
      ? refuted(`standard ${nameOf(standard)} is in state ${status}`)
      : holding,
  );
}

// The controls of CSPM look at what AWS Config has recorded.
// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-setup-prereqs.html
function isRecorded(account: Account, region: string): Claim {
  const claims = here(account, region, RECORDER).map((recorder) =>
    claimOf(readBoolean(recorder, "Recording"), `Recording of ${recorder.id}`, (isRecording) =>
      isRecording === true ? holding : refuted(`the recorder ${recorder.id} of AWS Config is stopped`),
    ),
  );
  return someClaim(
    [...claims, ...hidden(account, region, RECORDER)],
    "no recorder of AWS Config records there, and most controls evaluate nothing",
  );
}

function isOn(account: Account, region: string, type: string): Claim {
  if (here(account, region, type).length > 0) return holding;
  return someClaim(hidden(account, region, type), `there is no ${type}`);
}

function here(account: Account, region: string, type: string): readonly Resource[] {
  return account.list(type).resources.filter((resource) => resource.region === region);
}

function hidden(account: Account, region: string, type: string): readonly Claim[] {
  return account
    .list(type)
    .blind.filter((place) => place.region === region || place.region === "global")
    .map((place) => doubtful(place.kind, `the ${type} list could not be read: ${explainBlind(place)}`));
}

// arn:aws:securityhub:REGION:ACCOUNT:subscription/NAME/v/VERSION
function nameOf({ id }: Resource): string {
  return id.slice(id.indexOf("/") + 1);
}
