import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { JsonObject } from "../../core/json.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import type { Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { topicExists } from "../../reasoning/reach/topic.js";
import { claimVerdict } from "../../reasoning/trail/verdict.js";
import { refuted } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";

const options = { type: "object", additionalProperties: false, properties: {} } as const;

const TRAIL = "AWS::CloudTrail::Trail";
const TOPIC = "AWS::SNS::Topic";

/** Whether each trail announces its log files to a topic that exists. */
export const cloudtrailTopic = defineEvaluator<JsonObject>({
  id: "cloudtrail-topic",
  summary: "Each trail announces its log files to an SNS topic that exists",
  options,
  needs: () => [
    { type: TRAIL, properties: ["SnsTopicARN"] },
    { type: TOPIC, properties: [EXISTS], only: { referencedBy: TRAIL, path: "SnsTopicARN" } },
  ],
  evaluate: (account) =>
    judgeEach(account, {
      type: TRAIL,
      noun: "trail",
      absence: "fail",
      judge: (trail) => judge(account, trail),
    }),
});

function judge(account: Account, trail: Resource): Verdict {
  const reading = readText(trail, "SnsTopicARN");
  const arn = reading.kind === "set" ? reading.value : undefined;
  const topic = arn === undefined ? undefined : account.find(TOPIC, arn);
  const claim = claimOf(reading, "SnsTopicARN", (name) =>
    name === undefined ? refuted("no topic is set") : topicExists(account, name),
  );
  const evidence = [
    ...evidenceOf(account, trail, ["SnsTopicARN"]),
    ...(topic === undefined ? [] : evidenceOf(account, topic, [EXISTS])),
  ];
  return claimVerdict(
    claim,
    {
      subject: arn === undefined ? `trail ${trail.id}` : `trail ${trail.id}, topic ${arn}`,
      holds: `trail ${trail.id} announces its log files to ${arn ?? ""}`,
      witness: { trail: trail.arn ?? trail.id, SnsTopicARN: arn ?? null },
    },
    { evidence },
  );
}
