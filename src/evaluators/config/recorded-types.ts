import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount, aboutRegion } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { unknown } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";
import { doubtful, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { matchesGlob } from "../../shared/glob.js";
import { claimOf } from "../../shared/read-claim.js";
import { isArray, isObject, readObject } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { listed } from "../../shared/text/words.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    "never-exclude": {
      type: "array",
      uniqueItems: true,
      items: { type: "string", minLength: 1 },
      default: [
        "AWS::IAM::*",
        "AWS::CloudTrail::*",
        "AWS::S3::*",
        "AWS::EC2::SecurityGroup*",
        "AWS::EC2::NetworkAcl*",
      ],
      description: "Types that a recorder must not leave out; * stands for any characters.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

const RECORDER = "AWS::Config::ConfigurationRecorder";
const GROUP = "RecordingGroup";
const shown = [GROUP, "RecordingMode"];

/** Whether the recorders of AWS Config record every type in each region, and global types in one of them. */
export const configRecordedTypes = defineEvaluator<Options>({
  id: "config-recorded-types",
  summary: "AWS Config records every resource type in each region, and global types in one of them",
  options,
  needs: () => [{ type: RECORDER, properties: shown }],
  evaluate: (account, given) => {
    const kept = given["never-exclude"] ?? options.properties["never-exclude"].default;
    return [
      ...account.regions.map((region) => judgeRegion(account, region, kept)),
      ...judgeGlobal(account),
      ...judgeUnseenRegions(account),
    ];
  },
});

function judgeRegion(account: Account, region: string, kept: readonly string[]): Judgement {
  const { resources } = account.list(RECORDER);
  const here = resources.filter((recorder) => recorder.region === region);
  const claims = [
    ...here.map((recorder) => onGroup(recorder, (group) => recordsAll(group, kept))),
    ...hidden(account, region),
  ];
  const verdict = verdictOfClaim(
    someClaim(claims, "there is no recorder"),
    {
      yes: `AWS Config records every type in ${region}`,
      no: `AWS Config does not record every type in ${region}`,
    },
    { evidence: here.flatMap((recorder) => evidenceOf(account, recorder, shown)), witness: { region } },
  );
  const notes = verdict.status === "pass" ? here.flatMap(notesOf) : [];
  return aboutRegion(region, notes.length === 0 ? verdict : { ...verdict, notes });
}

// Global types, such as IAM users, are recorded where a recorder says so; more than one region would record the same.
function judgeGlobal(account: Account): readonly Judgement[] {
  const { resources, blind } = account.list(RECORDER);
  if (resources.length === 0) return [];
  const claims = [
    ...resources.map((recorder) => onGroup(recorder, includesGlobal)),
    ...[...blind, ...(account.blindRegions === undefined ? [] : [account.blindRegions])].map(doubtOf),
  ];
  const words = {
    yes: "AWS Config records global types",
    no: "AWS Config records global types, such as IAM users, in none of the regions looked at",
  };
  const evidence = resources.flatMap((recorder) => evidenceOf(account, recorder, [GROUP])).slice(0, 20);
  return [aboutAccount(account, verdictOfClaim(someClaim(claims, ""), words, { evidence }))];
}

function judgeUnseenRegions(account: Account): readonly Judgement[] {
  const { blindRegions } = account;
  if (blindRegions === undefined) return [];
  const message = `the enabled regions could not be listed (${explainBlind(blindRegions)}): there may be more`;
  return [aboutAccount(account, unknown(blindRegions.kind, message))];
}

function hidden(account: Account, region: string): readonly Claim[] {
  return account
    .list(RECORDER)
    .blind.filter((place) => place.region === region || place.region === "global")
    .map(doubtOf);
}

function doubtOf(place: Parameters<typeof explainBlind>[0]): Claim {
  return doubtful(place.kind, `the list of recorders could not be read: ${explainBlind(place)}`);
}

function onGroup(recorder: Resource, decide: (group: JsonObject) => Claim): Claim {
  return claimOf(readObject(recorder, GROUP), `${GROUP} of ${recorder.id}`, (group) =>
    group === undefined ? refuted(`recorder ${recorder.id} has no ${GROUP}`) : decide(group),
  );
}

// The strategy says more than the older flag where both are there.
// https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
function recordsAll(group: JsonObject, kept: readonly string[]): Claim {
  const strategy = strategyOf(group);
  if (strategy === EXCLUSION) {
    const missed = excludedBy(group).filter((type) => kept.some((glob) => matchesGlob(glob, type)));
    return missed.length === 0 ? holding : refuted(`its recorder leaves out ${listed(missed)}`);
  }
  if (strategy === ALL || (strategy === undefined && group["AllSupported"] === true)) return holding;
  const types = textsIn(group["ResourceTypes"]);
  return refuted(
    `its recorder records ${types.length === 0 ? "chosen types" : listed(firstOf(types))} alone`,
  );
}

const ALL = "ALL_SUPPORTED_RESOURCE_TYPES";
const EXCLUSION = "EXCLUSION_BY_RESOURCE_TYPES";
const iamTypes = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];

function includesGlobal(group: JsonObject): Claim {
  const isIncluded =
    strategyOf(group) === EXCLUSION
      ? iamTypes.every((type) => !excludedBy(group).includes(type))
      : group["IncludeGlobalResourceTypes"] === true ||
        iamTypes.every((type) => textsIn(group["ResourceTypes"]).includes(type));
  return isIncluded ? holding : refuted("no recorder includes them");
}

function notesOf(recorder: Resource): readonly string[] {
  const group = readObject(recorder, GROUP);
  const mode = readObject(recorder, "RecordingMode");
  const excluded =
    group.kind === "set" && strategyOf(group.value) === EXCLUSION ? excludedBy(group.value) : [];
  return [
    ...(excluded.length === 0 ? [] : [`Recorder ${recorder.id} leaves out ${listed(firstOf(excluded))}.`]),
    ...(mode.kind === "set" && mode.value["RecordingFrequency"] === "DAILY"
      ? [`Recorder ${recorder.id} records once a day: what changes back within a day leaves no trace.`]
      : []),
  ];
}

function strategyOf({ RecordingStrategy: strategy }: JsonObject): JsonValue | undefined {
  return isObject(strategy) ? strategy["UseOnly"] : undefined;
}

function excludedBy({ ExclusionByResourceTypes: exclusion }: JsonObject): readonly string[] {
  return isObject(exclusion) ? textsIn(exclusion["ResourceTypes"]) : [];
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function firstOf(types: readonly string[]): readonly string[] {
  return types.length <= 5 ? types : [...types.slice(0, 5), `${(types.length - 5).toString()} more`];
}
