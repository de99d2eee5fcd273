import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutResource } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { judgeBlind, judgeEach } from "../../reasoning/per-resource.js";
import {
  hiddenNamers,
  logGroupNeeds,
  receivesLogs,
  unreadNamers,
} from "../../reasoning/access-log/log-groups.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";
import { holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { matchesGlob } from "../../shared/glob.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readNumber, readText } from "../../shared/read-property.js";

const options = {
  type: "object",
  additionalProperties: false,
  oneOf: [{ required: ["at-least-days"] }, { required: ["customer-key"] }],
  properties: {
    "at-least-days": {
      type: "integer",
      minimum: 1,
      description: "Events are kept for so many days, or without end.",
    },
    "customer-key": { const: true, description: "Events are encrypted with a key of the account's own." },
    groups: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { type: "string", minLength: 1 },
      description: "More log groups, by name; * stands for any characters. Flow logs, for one, are found so.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

const GROUP = "AWS::Logs::LogGroup";

/** Whether the log groups that receive trails and access logs keep events long enough, or encrypt them with a customer key. */
export const logGroupSettings = defineEvaluator<Options>({
  id: "log-group-settings",
  summary:
    "Log groups of trails and access logs keep events long enough, or encrypt them with a customer key",
  options,
  needs: ({ groups, ...chosen }) => {
    const properties = shown(chosen);
    const all: readonly Need[] = groups === undefined ? [] : [{ type: GROUP, properties }];
    return [...logGroupNeeds(properties), ...all];
  },
  evaluate: (account, chosen) => {
    const receives = receivesLogs(account);
    const isConcerned = (group: Resource): boolean =>
      receives(group) || (chosen.groups ?? []).some((glob) => matchesGlob(glob, group.id));
    const judge = (group: Resource): Verdict | undefined =>
      isKnownGone(group) || !isConcerned(group) ? undefined : judgeGroup(account, group, chosen);
    const judgements = judgeEach(chosen.groups === undefined ? withoutList(account) : account, {
      type: GROUP,
      noun: "log group of a trail or an access log",
      absence: "not-applicable",
      judge,
    });
    const hidden = [
      ...judgeBlind(account, hiddenNamers(account)),
      ...unreadNamers(account).map((namer) =>
        aboutResource(
          namer,
          unknown("unreadable", `which log group ${namer.id} writes to could not be read`),
        ),
      ),
    ];
    return hidden.length === 0
      ? judgements
      : [...judgements.filter(({ verdict }) => verdict.status !== "not-applicable"), ...hidden];
  },
});

function shown(chosen: Options): readonly string[] {
  return "customer-key" in chosen ? ["KmsKeyId"] : ["RetentionInDays", "RetentionPolicyName"];
}

// Without `groups` log groups are followed from what names them; that they were not listed hides nothing.
function withoutList(account: Account): Account {
  return {
    ...account,
    list: (type) =>
      type === GROUP
        ? {
            ...account.list(type),
            blind: account.list(type).blind.filter(({ kind }) => kind === "unreadable"),
          }
        : account.list(type),
  };
}

function judgeGroup(account: Account, group: Resource, chosen: Options): Verdict {
  const { "at-least-days": days } = chosen;
  const evidence = evidenceOf(account, group, shown(chosen));
  if (group.account !== account.id)
    return unknown(
      "unreadable",
      `log group ${group.id} is in account ${group.account} and cannot be seen from here`,
      { evidence },
    );
  return days === undefined
    ? verdictOfClaim(
        hasKey(group),
        {
          yes: `log group ${group.id} is encrypted with a customer key`,
          no: `log group ${group.id} has no customer key`,
        },
        { evidence },
      )
    : verdictOfClaim(
        keeps(group, days),
        {
          yes: `log group ${group.id} keeps events for ${days.toString()} days or more`,
          no: `log group ${group.id} forgets too early`,
        },
        { evidence },
      );
}

// CloudWatch Logs takes customer keys only; without one it encrypts with a key of its own.
function hasKey(group: Resource): Claim {
  return claimOf(readText(group, "KmsKeyId"), "KmsKeyId", (key) =>
    key === undefined ? refuted("KmsKeyId is not set") : holding,
  );
}

function keeps(group: Resource, days: number): Claim {
  return claimOf(readNumber(group, "RetentionInDays"), "RetentionInDays", (kept) =>
    kept === undefined || kept >= days
      ? holding
      : refuted(`it keeps ${kept.toString()} days${byPolicy(group)}, ${days.toString()} wanted`),
  );
}

// Where an account-level retention policy applies, RetentionInDays is the policy's, and the group's own does not count.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
function byPolicy(group: Resource): string {
  const policy = readText(group, "RetentionPolicyName");
  return policy.kind === "set" ? ` by the account-level retention policy ${policy.value}` : "";
}
