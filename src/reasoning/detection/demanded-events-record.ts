import { meetRecords } from "../../languages/partial-record/meet.js";
import {
  ABSENT,
  anyText,
  exactly,
  oneOf,
  optional,
  partialRecord,
} from "../../languages/partial-record/partial-record.js";
import type { PartialRecord, PartialValue } from "../../languages/partial-record/partial-record.js";
import { leaderSources } from "../../shared/aws/known-calls.js";
import { leaderRegion } from "../../shared/aws/partitions.js";
import { isServed } from "../../shared/aws/served-regions.js";
import { callers, signInCaller, tokenCallers } from "./caller.js";
import type { Home, SignIn } from "./caller.js";
import type { CloudTrailDemand } from "./demanded-events.js";

/** Whose events, and in which region they are recorded; several where they need not be told apart. */
export type Recorded = Home & { readonly regions: readonly string[] };

/**
 * The demanded events as CloudTrail delivers them to EventBridge, the record itself under `detail`: what neither the
 * demand nor the kind of event fixes is free. Several sets, where name, source and access belong together or where parts of
 * a record depend on each other; none, where no demanded event is recorded in these regions.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function cloudTrailEvents(demand: CloudTrailDemand, recorded: Recorded): readonly PartialRecord[] {
  const common = commonFields(demand, recorded);
  return callsOf(demand, recorded).flatMap((call) => {
    const base = { ...common, ...call.fields };
    const shaped = shapesOf(call, recorded).flatMap(
      (shape) => meetRecords(partialRecord({ ...base, ...shape }), partialRecord(demand.fields)) ?? [],
    );
    // Values that no such record holds are what the demand's author says, all the same.
    const details = shaped.length > 0 ? shaped : [partialRecord({ ...base, ...demand.fields })];
    return details.map((detail) => envelope(demand, call, { recorded, detail }));
  });
}

/** One call of a demand, or all of its calls by name where these differ in nothing else. */
type Call = {
  readonly eventSource: string | undefined;
  readonly eventNames: readonly string[] | undefined;
  readonly eventType: CloudTrailDemand["eventType"];
  readonly fields: Readonly<Record<string, PartialValue>>;
};

function callsOf(demand: CloudTrailDemand, recorded: Recorded): readonly Call[] {
  const { eventSource, eventNames, eventType, readOnly, known } = demand;
  if (known === undefined) {
    const fields = {
      eventSource:
        eventSource === undefined
          ? anyText({ suffix: ".amazonaws.com", examples: ["s3.amazonaws.com"] })
          : exactly(eventSource),
      eventName: eventNames === undefined ? anyText({ examples: ["ListBuckets"] }) : among(eventNames),
      readOnly: among(readOnly),
      awsRegion: among(recorded.regions),
    };
    return [{ eventSource, eventNames, eventType, fields }];
  }
  return known.flatMap((call): readonly Call[] => {
    const regions = regionsOf(call.eventSource, recorded);
    if (regions.length === 0 || !readOnly.includes(call.readOnly)) return [];
    const fields = {
      eventSource: exactly(call.eventSource),
      eventName: exactly(call.eventName),
      readOnly: exactly(call.readOnly),
      awsRegion: among(regions),
    };
    return [{ eventSource: call.eventSource, eventNames: [call.eventName], eventType, fields }];
  });
}

function regionsOf(eventSource: string, { regions, partition }: Recorded): readonly string[] {
  if (leaderSources.has(eventSource)) return regions.filter((region) => region === leaderRegion(partition));
  return regions.filter((region) => isServed(serviceOf(eventSource), region));
}

function serviceOf(eventSource: string): string {
  return eventSource.replace(/\.amazonaws\.com$/u, "");
}

function envelope(
  { eventType }: CloudTrailDemand,
  { eventSource, fields }: Call,
  { recorded, detail }: { readonly recorded: Recorded; readonly detail: PartialRecord },
): PartialRecord {
  return partialRecord(
    {
      version: exactly("0"),
      id: anyText({ examples: ["6a7e8feb-b491-4cf7-a9f1-bf3703467718"] }),
      "detail-type": exactly(detailTypes[eventType]),
      source:
        eventSource === undefined
          ? anyText({ prefix: "aws.", examples: ["aws.s3"] })
          : exactly(`aws.${serviceOf(eventSource)}`),
      account: exactly(recorded.account),
      time: anyText({ examples: ["2026-11-20T12:00:00Z"] }),
      region: fields["awsRegion"] ?? among(recorded.regions),
      resources: exactly([]),
      detail,
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
function commonFields(
  { eventType }: CloudTrailDemand,
  { account }: Recorded,
): Readonly<Record<string, PartialValue>> {
  return {
    eventVersion: anyText({ examples: ["1.11"] }),
    eventTime: anyText({ examples: ["2026-11-20T12:00:00Z"] }),
    sourceIPAddress: anyText({ examples: ["203.0.113.7"] }),
    userAgent: optional(anyText({ examples: ["aws-cli/2.31"] })),
    errorCode: optional(anyText({ examples: ["AccessDenied"] })),
    errorMessage: optional(anyText({ examples: ["You are not authorized to perform this operation."] })),
    sessionCredentialFromConsole: optional(exactly("true")),
    eventType: exactly(eventType),
    managementEvent: exactly(true),
    recipientAccountId: exactly(account),
    eventCategory: exactly("Management"),
  };
}

type Shape = Readonly<Record<string, PartialValue>>;

/** The parts of a record that depend on each other: who calls, and of a sign-in how it went. */
function shapesOf({ eventSource, eventNames, eventType }: Call, home: Home): readonly Shape[] {
  if (eventType === "AwsServiceEvent") return [{ userIdentity: serviceItself }];
  if (eventType === "AwsConsoleSignIn" && eventNames?.every((name) => name === "ConsoleLogin") === true)
    return signIns(home);
  const everyone = callers(home);
  if (eventSource !== "sts.amazonaws.com" && eventSource !== undefined) return [{ userIdentity: everyone }];
  return [{ userIdentity: { kind: "either", options: [everyone, ...tokenCallers] } }];
}

const serviceItself = partialRecord({
  type: optional(anyText({ examples: ["AWSService"] })),
  arn: optional(anyText()),
});

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
function signIns(home: Home): readonly Shape[] {
  const shape = (how: SignIn, isSuccess: boolean): Shape => ({
    userIdentity: signInCaller(how, home),
    additionalEventData: partialRecord({
      LoginTo: optional(anyText({ examples: ["https://console.aws.amazon.com/console/home"] })),
      MobileVersion: oneOf("No", "Yes"),
      MFAUsed: oneOf("No", "Yes"),
      SamlProviderArn: how === "federated" ? optional(anyText({ prefix: "arn:" })) : ABSENT,
    }),
    ...(isSuccess ? success : failure),
  });
  return [
    shape("user", true),
    shape("user", false),
    shape("root", true),
    shape("root", false),
    shape("unknown-user", false),
    shape("federated", true),
    shape("federated", false),
  ];
}

const success: Shape = {
  responseElements: partialRecord({ ConsoleLogin: exactly("Success") }),
  errorCode: ABSENT,
  errorMessage: ABSENT,
};
const failure: Shape = {
  responseElements: partialRecord({ ConsoleLogin: exactly("Failure") }),
  errorMessage: anyText({ examples: ["Failed authentication"] }),
};
