import {
  anyText,
  exactly,
  oneOf,
  optional,
  partialRecord,
} from "../../languages/partial-record/partial-record.js";
import type { PartialRecord, PartialValue } from "../../languages/partial-record/partial-record.js";
import type { CloudTrailDemand } from "./demanded-events.js";

/** Whose events, and in which region they are recorded; several where they need not be told apart. */
export type Recorded = { readonly account: string; readonly regions: readonly string[] };

/**
 * The demanded events as CloudTrail delivers them to EventBridge, the record itself under `detail`: what the demand does
 * not fix is free. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function cloudTrailEvents(demand: CloudTrailDemand, recorded: Recorded): PartialRecord {
  const { eventSource } = demand;
  return partialRecord(
    {
      version: exactly("0"),
      id: anyText({ examples: ["6a7e8feb-b491-4cf7-a9f1-bf3703467718"] }),
      "detail-type": exactly(detailTypes[demand.eventType]),
      source:
        eventSource === undefined
          ? anyText({ prefix: "aws.", examples: ["aws.s3"] })
          : exactly(`aws.${eventSource.replace(/\.amazonaws\.com$/u, "")}`),
      account: exactly(recorded.account),
      time: anyText({ examples: ["2026-11-20T12:00:00Z"] }),
      region: among(recorded.regions),
      resources: exactly([]),
      detail: recordOf(demand, recorded),
    },
    "absent",
  );
}

// A single value is fixed, which some patterns can only be decided on.
function among(values: readonly (string | boolean)[]): PartialValue {
  const [only] = values;
  return only !== undefined && values.length === 1 ? exactly(only) : oneOf(...values);
}

const detailTypes = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsConsoleAction: "AWS Console Action via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
} as const satisfies Record<CloudTrailDemand["eventType"], string>;

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
function recordOf(
  { eventSource, eventNames, eventType, readOnly, fields }: CloudTrailDemand,
  { account, regions }: Recorded,
): PartialRecord {
  return partialRecord({
    eventVersion: anyText({ examples: ["1.11"] }),
    userIdentity: partialRecord({
      type: anyText({ examples: ["IAMUser"] }),
      arn: optional(anyText({ examples: [`arn:aws:iam::${account}:user/someone`] })),
    }),
    eventTime: anyText({ examples: ["2026-11-20T12:00:00Z"] }),
    eventSource:
      eventSource === undefined
        ? anyText({ suffix: ".amazonaws.com", examples: ["s3.amazonaws.com"] })
        : exactly(eventSource),
    eventName: eventNames === undefined ? anyText({ examples: ["ListBuckets"] }) : among(eventNames),
    awsRegion: among(regions),
    sourceIPAddress: anyText({ examples: ["203.0.113.7"] }),
    userAgent: optional(anyText({ examples: ["aws-cli/2.31"] })),
    errorCode: optional(anyText({ examples: ["AccessDenied"] })),
    errorMessage: optional(anyText({ examples: ["You are not authorized to perform this operation."] })),
    sessionCredentialFromConsole: optional(exactly("true")),
    readOnly: among(readOnly),
    eventType: exactly(eventType),
    managementEvent: exactly(true),
    recipientAccountId: exactly(account),
    eventCategory: exactly("Management"),
    ...fields,
  });
}
