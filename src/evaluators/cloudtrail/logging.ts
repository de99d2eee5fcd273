import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount, aboutRegion } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import { SEEN_IN } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Support, Verdict } from "../../core/verdict.js";
import { candidateOf, evidenceOf } from "../../reasoning/capture/evidence.js";
import { activity } from "../../reasoning/capture/sink.js";
import type { SinkAnswer } from "../../reasoning/capture/sink.js";
import { sinksOf, sinkTypes } from "../../reasoning/capture/sinks.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { listed } from "../../shared/text/words.js";

const options = {
  type: "object",
  additionalProperties: false,
  required: ["per"],
  properties: {
    per: {
      enum: ["account", "region"],
      description: "account: something records somewhere. region: a trail that records covers each region.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

/** Whether anything records at all, whatever it selects: in the account, or a trail in each region. */
export const cloudtrailLogging = defineEvaluator<Options>({
  id: "cloudtrail-logging",
  summary: "A trail is recording: in the account, or in each region",
  options,
  needs: ({ per }) => (per === "account" ? accountNeeds : regionNeeds),
  evaluate: (account, { per }) =>
    per === "account" ? [aboutAccount(account, judgeAccount(account))] : judgeRegions(account),
});

const accountNeeds: readonly Need[] = [
  { type: sinkTypes.trail, properties: ["IsLogging"] },
  { type: sinkTypes.store, properties: ["Status"] },
];
const regionNeeds: readonly Need[] = [
  { type: sinkTypes.trail, properties: ["IsLogging", "IsMultiRegionTrail", SEEN_IN] },
];

function judgeAccount(account: Account): Verdict {
  const answers = sinksOf(account)
    .filter((sink) => sink.kind !== "channel" && sink.blind?.type !== sinkTypes.channel)
    .map((sink) => ({ sink, claim: sink.running }));
  return decide(account, answers, {
    yes: (names) => `API activity is recorded, by ${names}`,
    no: "no trail of this account records, and no event data store takes events in",
  });
}

function judgeRegions(account: Account): readonly Judgement[] {
  const trails = sinksOf(account).filter(
    (sink) => sink.kind === "trail" || sink.blind?.type === sinkTypes.trail,
  );
  const judged = account.regions.map((region) => {
    const answers = trails
      .filter((sink) => sink.kind !== "hidden" || sink.covers(region).is === "yes")
      .map((sink) => ({ sink, claim: activity(sink, region, { delivered: false }) }));
    return aboutRegion(
      region,
      decide(account, answers, {
        yes: (names) => `${region} is recorded, by ${names}`,
        no: `no trail records in ${region}`,
        region,
      }),
    );
  });
  const { blindRegions } = account;
  if (blindRegions === undefined) return judged;
  return [
    ...judged,
    aboutAccount(
      account,
      unknown(
        blindRegions.kind,
        `the enabled regions could not be listed (${explainBlind(blindRegions)}): there may be more`,
      ),
    ),
  ];
}

type Words = { readonly yes: (names: string) => string; readonly no: string; readonly region?: string };

function decide(account: Account, answers: readonly SinkAnswer[], words: Words): Verdict {
  const recording = answers.filter(({ claim }) => claim.is === "yes");
  const doubts = answers.flatMap(({ sink, claim }) => (claim.is === "unknown" ? [{ sink, claim }] : []));
  const support = supportOf(account, answers);
  if (recording.length > 0)
    return pass(words.yes(listed(recording.map(({ sink }) => sink.id))), supportOf(account, recording));
  const [first] = doubts;
  if (first === undefined)
    return fail(answers.length === 0 ? `${words.no}: there is none` : words.no, {
      ...support,
      witness: { kind: "not-recording", ...(words.region === undefined ? {} : { region: words.region }) },
    });
  return unknown(
    first.claim.reason,
    `${words.no}, as far as can be seen (${doubts.map(({ sink, claim }) => `${sink.id}: ${claim.because}`).join("; ")})`,
    support,
  );
}

const shown = ["IsLogging", "IsMultiRegionTrail", SEEN_IN, "Status"];

function supportOf(account: Account, answers: readonly SinkAnswer[]): Support {
  const evidence = answers.flatMap(({ sink }) => evidenceOf(sink, account, { delivered: false }));
  return {
    candidates: answers.map(candidateOf),
    evidence: evidence.filter(
      ({ path }) => shown.some((property) => path.endsWith(`.${property}`)) || path.includes(" list of "),
    ),
  };
}
