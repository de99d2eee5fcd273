import {
  ANYTHING,
  anyText,
  exactly,
  oneOf,
  optional,
  partialList,
  partialRecord,
} from "../../languages/partial-record/partial-record.js";
import type { PartialRecord, PartialValue } from "../../languages/partial-record/partial-record.js";
import type { EventDemand } from "../detection/detection.js";

/** Who sends an event, and where. */
export type Sending = { readonly account: string; readonly partition: string; readonly region: string };

/** What tells a service's event from others. */
type ServiceEvent = {
  readonly source: string;
  readonly detailType: string;
  readonly resources?: PartialValue;
  readonly detail: PartialRecord;
};

/** An event as EventBridge delivers it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
export function envelope(
  { source, detailType, resources = ANYTHING, detail }: ServiceEvent,
  { account, region }: Sending,
): PartialRecord {
  return partialRecord(
    {
      version: exactly("0"),
      id: anyText({ examples: ["6a7e8feb-b491-4cf7-a9f1-bf3703467718"] }),
      "detail-type": exactly(detailType),
      source: exactly(source),
      account: exactly(account),
      time: anyText({ examples: ["2026-11-20T12:00:00Z"] }),
      region: exactly(region),
      resources,
      detail,
    },
    "absent",
  );
}

/** The events of one region, as a demand. */
export function demandIn(sending: Sending, event: ServiceEvent): EventDemand {
  const events = envelope(event, sending);
  return { regions: [sending.region], events: () => events };
}

/** What AWS Health tells of: trouble, planned changes and notices. https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html */
export function healthEvents(sending: Sending): readonly EventDemand[] {
  const detail = partialRecord({
    eventArn: anyText({ prefix: "arn:" }),
    service: anyText({ examples: ["EC2"] }),
    eventTypeCode: anyText({ examples: ["AWS_EC2_OPERATIONAL_ISSUE"] }),
    eventTypeCategory: oneOf("issue", "accountNotification", "scheduledChange"),
  });
  return [demandIn(sending, { source: "aws.health", detailType: "AWS Health Event", detail })];
}

/** A Trusted Advisor check that turned yellow or red. That one turned green again needs nobody. */
export function trustedAdvisorEvents(sending: Sending): readonly EventDemand[] {
  const detail = partialRecord({
    "check-name": anyText({ examples: ["AWS CloudTrail Management Event Logging"] }),
    status: oneOf("WARN", "ERROR"),
  });
  return [
    demandIn(sending, {
      source: "aws.trustedadvisor",
      detailType: "Trusted Advisor Check Item Refresh Notification",
      detail,
    }),
  ];
}

/** A finished restore of any object of a bucket. */
export function restoreEvents(sending: Sending, bucket: string): readonly EventDemand[] {
  const events = restoreCompleted(sending, bucket);
  return [{ regions: [sending.region], events: () => events }];
}

/** What S3 tells EventBridge of a finished restore, which it asks for itself. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function restoreCompleted(sending: Sending, bucket: string): PartialRecord {
  const object = partialRecord(
    {
      key: anyText({ examples: ["archive.tar"] }),
      size: oneOf(0, 1024, 5_497_558_138_880),
      etag: anyText(),
      "version-id": optional(anyText()),
      sequencer: optional(anyText()),
    },
    "absent",
  );
  const detail = partialRecord(
    {
      version: exactly("0"),
      bucket: partialRecord({ name: exactly(bucket) }, "absent"),
      object,
      "request-id": anyText(),
      requester: exactly("s3.amazonaws.com"),
      "source-storage-class": oneOf("GLACIER", "DEEP_ARCHIVE"),
      "restore-expiry-time": optional(anyText({ examples: ["2026-11-27T00:00:00Z"] })),
    },
    "absent",
  );
  const resources = partialList(exactly(`arn:${sending.partition}:s3:::${bucket}`));
  return envelope({ source: "aws.s3", detailType: "Object Restore Completed", resources, detail }, sending);
}
