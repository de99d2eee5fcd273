import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount, aboutResource } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Resource } from "../../core/resource.js";
import { notApplicable, unknown } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { logKeyNeeds, logKeys } from "../../reasoning/access-log/log-keys.js";
import type { LogKey, Unread } from "../../reasoning/access-log/log-keys.js";
import { judgeBlind, judgeEach } from "../../reasoning/per-resource.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readBoolean, readProperty, readText } from "../../shared/read-property.js";
import { explainUnreadable } from "../../shared/text/unreadable-text.js";
import { listed } from "../../shared/text/words.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    keys: {
      enum: ["logs", "all"],
      default: "logs",
      description:
        "logs: the keys that encrypt trails, log groups and topics. all: every symmetric customer key of the account that can rotate by itself.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

const KEY = "AWS::KMS::Key";
const kindProperties = ["KeySpec", "Origin"] as const;
const shown = ["KeyManager", "EnableKeyRotation", "RotationPeriodInDays", "KeyState"] as const;

/** Whether the customer keys that encrypt trails, log groups and topics rotate, or all of the account. */
export const keyRotation = defineEvaluator<Options>({
  id: "key-rotation",
  summary: "The customer keys that encrypt trails, log groups and topics rotate, or all of the account",
  options,
  needs: ({ keys }) =>
    keys === "all"
      ? [{ type: KEY, properties: [...shown, ...kindProperties] }]
      : logKeyNeeds(["EnableKeyRotation", "RotationPeriodInDays", "KeyState", "Origin"]),
  evaluate: (account, given) => {
    if (given.keys === "all") return judgeAll(account);
    const { keys, blind, unread } = logKeys(account);
    const places = account.blindRegions === undefined ? blind : [...blind, account.blindRegions];
    const judged = [
      ...keys.flatMap((key) => judgeKey(account, key)),
      ...unread.map(judgeUnread),
      ...judgeBlind(account, places),
    ];
    return judged.length > 0
      ? judged
      : [
          aboutAccount(
            account,
            notApplicable("no customer key encrypts a trail, a log group or a topic of this account"),
          ),
        ];
  },
});

// CIS asks for symmetric keys whose material AWS makes; others cannot rotate by themselves.
function judgeAll(account: Account): readonly Judgement[] {
  return judgeEach(account, {
    type: KEY,
    noun: "symmetric customer key",
    absence: "not-applicable",
    judge: (key) => {
      const kind = kindOf(key);
      if (kind.is === "no") return undefined;
      return verdictOfClaim(
        kind.is === "yes" || rotates(key).is === "yes" ? rotates(key) : kind,
        { yes: `key ${key.id} rotates`, no: `key ${key.id} does not rotate` },
        { evidence: evidenceOf(account, key, shown), witness: { key: key.arn ?? key.id } },
      );
    },
  });
}

// A key found by an alias stands there once more under its own ARN, and a key that is to be deleted encrypts nothing.
function kindOf(key: Resource): Claim {
  if (isKnownGone(key) || key.arn?.includes(":alias/") === true) return refuted("it is no key of its own");
  const unlike = kinds.map(({ property, wanted, unless }) =>
    claimOf(readText(key, property), `${property} of ${key.id}`, (value) =>
      (value ?? unless) === wanted ? holding : refuted(`its ${property} is ${value ?? "not told"}`),
    ),
  );
  const state = claimOf(readText(key, "KeyState"), `KeyState of ${key.id}`, (value = "") =>
    value.startsWith("Pending") ? refuted(`it is in state ${value}`) : holding,
  );
  return everyClaim([...unlike, state]);
}

const kinds = [
  { property: "KeyManager", wanted: "CUSTOMER", unless: "AWS" },
  { property: "KeySpec", wanted: "SYMMETRIC_DEFAULT", unless: "SYMMETRIC_DEFAULT" },
  { property: "Origin", wanted: "AWS_KMS", unless: "AWS_KMS" },
] as const;

function judgeKey(account: Account, { key, reference, encrypts }: LogKey): readonly Judgement[] {
  const [first] = encrypts;
  if (key === undefined)
    return first === undefined
      ? []
      : [aboutResource(first, unknown("not-collected", `its key ${reference} is not in this snapshot`))];
  const manager = readText(key, "KeyManager");
  if (manager.kind === "set" && manager.value !== "CUSTOMER") return [];
  const names = encrypts.slice(0, 3).map(({ id }) => id);
  const more = encrypts.length - names.length;
  const what = `key ${key.id}, which encrypts ${listed(more === 0 ? names : [...names, `${more.toString()} more`])},`;
  const claim = everyClaim([rotates(key), isCustomers(key)]);
  return [
    aboutResource(
      key,
      verdictOfClaim(
        claim,
        { yes: `${what} rotates`, no: `${what} does not rotate` },
        { evidence: evidenceOf(account, key, shown), witness: { key: key.arn ?? key.id } },
      ),
    ),
  ];
}

function isCustomers(key: Resource): Claim {
  return claimOf(readText(key, "KeyManager"), `KeyManager of ${key.id}`, (manager) =>
    manager === undefined ? doubtful("undecidable", `who manages key ${key.id} is not reported`) : holding,
  );
}

function rotates(key: Resource): Claim {
  if (isKnownGone(key)) return refuted("it does not exist");
  return claimOf(readBoolean(key, "EnableKeyRotation"), `EnableKeyRotation of ${key.id}`, (isOn) => {
    if (isOn === undefined) return refuted("a key of its kind cannot rotate by itself");
    return isOn ? holding : refuted("automatic rotation is off");
  });
}

function judgeUnread({ resource, property }: Unread): Judgement {
  const reading = readProperty(resource, property);
  const because =
    reading.kind === "unreadable" ? explainUnreadable(reading.because) : "it is not in this snapshot";
  return aboutResource(
    resource,
    unknown(
      reading.kind === "unreadable" ? "unreadable" : "not-collected",
      `whether a key encrypts ${resource.id} could not be read: ${because}`,
    ),
  );
}
