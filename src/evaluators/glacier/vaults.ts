import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { notApplicable } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { topicIsLive, topicNeeds } from "../../reasoning/routing/notification-topic.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean, readObject } from "../../shared/read-property.js";
import { listed } from "../../shared/text/words.js";
import { organizationOf } from "../../reasoning/admits/organization.js";

const events = ["ArchiveRetrievalCompleted", "InventoryRetrievalCompleted"] as const;

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["notifications", "lock"],
      description:
        "notifications: finished jobs are told to a live, confirmed topic. lock: a vault lock policy is locked.",
    },
    events: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: events },
      default: events,
      description: "With notifications: the job events that must be told.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

const VAULT = "AWS::Glacier::Vault";
const SERVICE = "AWS::Glacier::Service";

/** Whether vaults of S3 Glacier tell of finished jobs, or are locked; not applicable where the service is closed to the account. */
export const glacierVaults = defineEvaluator<Options>({
  id: "glacier-vaults",
  summary: "S3 Glacier vaults tell a live topic of finished jobs, or have a locked lock policy",
  options,
  needs: ({ demand }) => [
    { type: SERVICE, properties: ["IsClosed"] },
    ...(demand === "lock" ? lockNeeds : notificationNeeds),
  ],
  evaluate: (account, given) => {
    const judge =
      given.demand === "lock"
        ? (vault: Resource): Verdict => judgeLock(account, vault)
        : (vault: Resource): Verdict => judgeNotifications(account, vault, given.events ?? events);
    return judgeEach(account, { type: VAULT, noun: "vault", absence: "not-applicable", judge }).map(
      (judgement) => explainClosed(account, judgement),
    );
  },
});

const lockNeeds: readonly Need[] = [{ type: VAULT, properties: ["VaultLock"] }];
const notificationNeeds: readonly Need[] = [
  { type: VAULT, properties: ["NotificationConfiguration"] },
  ...topicNeeds(VAULT, "NotificationConfiguration.SNSTopic"),
];

// An account that never used the vault service gets no list of vaults, but the error that says so.
function explainClosed(account: Account, judgement: Judgement): Judgement {
  if (judgement.verdict.status !== "not-applicable") return judgement;
  const closed = account.list(SERVICE).resources.filter(isClosed);
  if (closed.length === 0) return judgement;
  const message =
    "this account has no vault: S3 Glacier's vault service is closed to it (NoLongerSupportedException); AWS closed it to new customers on 2025-12-15";
  return {
    ...judgement,
    verdict: notApplicable(message, {
      evidence: closed.flatMap((service) => evidenceOf(account, service, ["IsClosed"])),
    }),
  };
}

function isClosed(service: Resource): boolean {
  const reading = readBoolean(service, "IsClosed");
  return reading.kind === "set" && reading.value;
}

function judgeNotifications(account: Account, vault: Resource, wanted: readonly string[]): Verdict {
  const reading = readObject(vault, "NotificationConfiguration");
  const evidence = evidenceOf(account, vault, ["NotificationConfiguration"]);
  const words = {
    yes: `vault ${vault.id} tells a live topic of finished jobs`,
    no: `vault ${vault.id} tells nobody of finished jobs`,
  };
  const topic = reading.kind === "set" ? reading.value["SNSTopic"] : undefined;
  const sender = {
    publisher: "glacier",
    account: vault.account,
    region: vault.region,
    ...(vault.arn === undefined ? {} : { arn: vault.arn }),
    ...organizationOf(account, vault.account),
  } as const;
  const reach =
    typeof topic === "string" && topic !== ""
      ? topicIsLive(account, topic, { sender, confirmed: true })
      : { claim: refuted("its notifications name no topic"), evidence: [] };
  const claim = claimOf(reading, "NotificationConfiguration", (set) =>
    set === undefined
      ? refuted("no notification is set")
      : everyClaim([told(set["Events"] ?? null, wanted), reach.claim]),
  );
  const witness = { vault: vault.arn ?? vault.id, ...(typeof topic === "string" ? { topic } : {}) };
  return verdictOfClaim(claim, words, { evidence: [...evidence, ...reach.evidence], witness });
}

function told(set: unknown, wanted: readonly string[]): Claim {
  const missing = wanted.filter((event) => !Array.isArray(set) || !set.includes(event));
  return missing.length === 0 ? holding : refuted(`it is not told of ${listed(missing)}`);
}

function judgeLock(account: Account, vault: Resource): Verdict {
  const claim = claimOf(readObject(vault, "VaultLock"), "VaultLock", (lock) =>
    lock === undefined ? refuted("no lock policy is set") : isLocked(lock["State"]),
  );
  const words = {
    yes: `the lock policy of vault ${vault.id} is locked`,
    no: `vault ${vault.id} has no locked policy`,
  };
  return verdictOfClaim(claim, words, {
    evidence: evidenceOf(account, vault, ["VaultLock"]),
    witness: { vault: vault.arn ?? vault.id },
  });
}

// https://docs.aws.amazon.com/amazonglacier/latest/dev/api-GetVaultLock.html
function isLocked(state: unknown): Claim {
  if (typeof state !== "string") return doubtful("undecidable", "the state of its lock is not told");
  if (state.toLowerCase() === "locked") return holding;
  return refuted(
    state.toLowerCase() === "inprogress"
      ? "its lock is in progress, and vanishes after 24 hours unless it is completed"
      : `its lock is in state ${state}`,
  );
}
