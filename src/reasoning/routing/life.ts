import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { fail } from "../../core/verdict.js";
import type { Candidate, Verdict } from "../../core/verdict.js";
import { parseArn } from "../../shared/aws/arn.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { isObject, readList, readText } from "../../shared/read-property.js";
import { plural } from "../../shared/text/words.js";
import { logGroupAdmits } from "../admits/log-group.js";
import { contextOf, serviceOf } from "../admits/publishers.js";
import type { Sender } from "../admits/publishers.js";
import { candidateOf } from "../reach/alarm-tell.js";
import { evidenceOf } from "../evidence.js";
import { messageGroupOf, RULE } from "../detection/chain-rules.js";
import { isReceiver, queueNeeds, receiverTakes } from "../reach/receiver.js";
import { apiDestinationTakes } from "../reach/target.js";
import { topicTakes } from "../reach/topic.js";
import { verdictOfClaim } from "../verdict-of-claim.js";
import { organizationOf } from "../admits/organization.js";

/** Judges one rule; undefined for one that is disabled, or that an AWS service manages for itself. */
export function judgeRuleLife(account: Account, rule: Resource): Verdict | undefined {
  const [state, manager] = [readText(rule, "State"), readText(rule, "ManagedBy")];
  if (manager.kind === "set" || (state.kind === "set" && state.value === "DISABLED")) return undefined;
  const evidence = evidenceOf(account, rule, ["State", "Targets"]);
  const targets = readList(rule, "Targets");
  const items = targets.kind === "set" ? targets.value.filter(isObject) : [];
  if (targets.kind === "absent" || (targets.kind === "set" && items.length === 0))
    return fail(`rule ${rule.id} has no target: what it matches goes nowhere`, {
      evidence,
      witness: { rule: rule.arn ?? rule.id, targets: [] },
    });
  const judged = items.map((target) => ({ target, claim: takes(account, rule, target) }));
  const enabled = claimOf(state, "State", () => holding);
  const claim = everyClaim([
    ...judged.map((one) => one.claim),
    claimOf(targets, "Targets", () => holding),
    enabled,
  ]);
  const notes = items.flatMap((target) => deadLetterNotes(account, rule, target));
  const words = {
    yes: `rule ${rule.id} has ${plural(items.length, "target")}, and each exists and takes its events`,
    no: `rule ${rule.id} loses events`,
  };
  const candidates = judged.map(({ target, claim: own }): Candidate => candidateOf(arnOf(target), own));
  const witness = judged.find((one) => one.claim.is === "no")?.target;
  return verdictOfClaim(claim, words, {
    evidence,
    candidates,
    ...(notes.length === 0 ? {} : { notes }),
    ...(witness === undefined ? {} : { witness: { target: arnOf(witness) } }),
  });
}

/** What must be read of the dead-letter queues that the targets of rules name. */
export const deadLetterNeeds = queueNeeds(RULE, "Targets[].DeadLetterConfig.Arn");

// A queue that cannot take them is no fault of the target, which takes its events; but nothing else keeps what fails later.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
function deadLetterNotes(account: Account, rule: Resource, target: JsonObject): readonly string[] {
  const config = target["DeadLetterConfig"];
  const queue = isObject(config) ? config["Arn"] : undefined;
  if (typeof queue !== "string")
    return [`${arnOf(target)} has no dead-letter queue: what it cannot take is lost`];
  const claim = queue.endsWith(".fifo")
    ? refuted("it is a FIFO queue, and must be a standard one")
    : receiverTakes(account, queue, { sender: senderOf(account, rule) }).claim;
  return claim.is === "no"
    ? [
        `what ${arnOf(target)} cannot take is lost, since its dead-letter queue cannot take it either: ${claim.because}`,
      ]
    : [];
}

function senderOf(account: Account, rule: Resource): Sender {
  return {
    publisher: "events",
    account: rule.account,
    region: rule.region,
    arn: rule.arn ?? rule.id,
    ...organizationOf(account, rule.account),
  };
}

function arnOf({ Arn: arn }: JsonObject): string {
  return typeof arn === "string" ? arn : "";
}

function takes(account: Account, rule: Resource, target: JsonObject): Claim {
  const arn = arnOf(target);
  const { RoleArn: role } = target;
  const sender = senderOf(account, rule);
  const service = parseArn(arn)?.service;
  if (service === "sns")
    return topicTakes(account, arn, { sender, ...(typeof role === "string" ? { roleArn: role } : {}) });
  if (isReceiver(arn))
    return receiverTakes(account, arn, {
      sender,
      ...messageGroupOf(target),
      ...(typeof role === "string" ? { roleArn: role } : {}),
    }).claim;
  if (service === "events" && arn.includes(":api-destination/")) return apiDestinationTakes(account, arn);
  if (service === "logs") return groupTakes(account, arn, sender);
  if (service === "events") return busExists(account, arn);
  return doubtful("not-collected", `whether ${arn} exists and admits EventBridge is not read`);
}

function groupTakes(account: Account, arn: string, sender: Sender): Claim {
  const bare = arn.replace(/:\*$/u, "");
  const group = account.find("AWS::Logs::LogGroup", bare);
  if (group === undefined) return doubtful("not-collected", `log group ${bare} is not in this snapshot`);
  if (isKnownGone(group)) return refuted(`log group ${bare} does not exist`);
  const asker = { service: serviceOf(sender), context: contextOf(sender) };
  return logGroupAdmits(account, { arn: bare, region: group.region }, asker);
}

function busExists(account: Account, arn: string): Claim {
  const parsed = parseArn(arn);
  if (parsed?.resource.startsWith("event-bus/") !== true)
    return doubtful("not-collected", `whether ${arn} exists is not read`);
  if (parsed.account !== account.id)
    return doubtful("unreadable", `${arn} is in account ${parsed.account} and cannot be seen from here`);
  if (account.find("AWS::Events::EventBus", arn) !== undefined) return holding;
  const { blind } = account.list("AWS::Events::EventBus");
  const isListed =
    account.regions.includes(parsed.region) &&
    !blind.some(({ region }) => region === parsed.region || region === "global");
  return isListed
    ? refuted(`${arn} does not exist`)
    : doubtful("not-collected", `${arn} is not in this snapshot`);
}
