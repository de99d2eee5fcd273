import type { PartialValue } from "../../languages/partial-record/partial-record.js";
import {
  ABSENT,
  anyText,
  exactly,
  oneOf,
  partialRecord,
} from "../../languages/partial-record/partial-record.js";
import { accessOf } from "../../shared/aws/event-catalogue.js";
import { knownCalls, knownConsoleActions, knownSignIns } from "../../shared/aws/known-calls.js";
import type { KnownCall } from "../../shared/aws/known-calls.js";
import { groupBy } from "../../shared/group-by.js";

/** A set of CloudTrail events that must be heard of: any of these names, by anyone, from anywhere, with any outcome unless `fields` says otherwise. */
export type CloudTrailDemand = {
  /** undefined: any source. */
  readonly eventSource?: string;
  /** undefined: any management event. */
  readonly eventNames?: readonly string[];
  readonly eventType: "AwsApiCall" | "AwsConsoleAction" | "AwsConsoleSignIn" | "AwsServiceEvent";
  readonly readOnly: readonly boolean[];
  /** The events by name, source and access, where a demand is about all events of its type: those that are known. */
  readonly known?: readonly KnownCall[];
  /** Whether the events read or write is not known: all of `readOnly` is possible, and one value holds. */
  readonly isAccessUnknown?: boolean;
  /** Recorded in the partition's leader region alone, wherever the caller is. */
  readonly isGlobal: boolean;
  /** Fields of the record that the demand fixes. */
  readonly fields: Readonly<Record<string, PartialValue>>;
};

/** The demands that ship, by name. */
export const demandNames = [
  "unauthorized-api",
  "console-signin-no-mfa",
  "root-usage",
  "iam-policy-change",
  "cloudtrail-change",
  "console-auth-failure",
  "cmk-disable-delete",
  "s3-policy-change",
  "config-change",
  "security-group-change",
  "nacl-change",
  "gateway-change",
  "route-table-change",
  "vpc-change",
  "organizations-change",
  "glacier-change",
  "mediapackage-change",
] as const;
export type DemandName = (typeof demandNames)[number];

/** The events of a demand by name. Sources: CIS AWS Foundations Benchmark 5.0.0 section 4; the services' CloudTrail pages. */
export function demandNamed(name: DemandName): readonly CloudTrailDemand[] {
  return demands[name];
}

/** Calls of one source by name. Whether they read is taken from `readOnly`, else looked up, else told by their verb, else unknown. */
export function calls(
  eventSource: string,
  names: readonly string[],
  more: Partial<CloudTrailDemand> = {},
): readonly CloudTrailDemand[] {
  const access = (name: string): readonly boolean[] | undefined =>
    more.readOnly ?? accessOf(eventSource, name);
  // Each call of unknown access is a question of its own.
  const groups = groupBy(names, (name) => access(name)?.join() ?? name);
  return [...groups.values()].map((eventNames) => {
    const readOnly = access(eventNames[0] ?? "");
    return {
      eventType: "AwsApiCall",
      isGlobal: globalSources.has(eventSource),
      fields: {},
      ...more,
      eventSource,
      eventNames,
      readOnly: readOnly ?? [true, false],
      ...(readOnly === undefined ? { isAccessUnknown: true } : {}),
    };
  });
}

/** The sources whose calls are recorded in the partition's leader region alone. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events */
export const globalSources: ReadonlySet<string> = new Set([
  "iam.amazonaws.com",
  "organizations.amazonaws.com",
  "cloudfront.amazonaws.com",
  "route53.amazonaws.com",
]);

function writes(service: string, names: string): readonly CloudTrailDemand[] {
  return calls(`${service}.amazonaws.com`, names.split(" "), { readOnly: [false] });
}

function signIn(fields: CloudTrailDemand["fields"]): readonly CloudTrailDemand[] {
  return calls("signin.amazonaws.com", ["ConsoleLogin"], {
    eventType: "AwsConsoleSignIn",
    readOnly: [false],
    fields,
  });
}

// An address keeps the log delivery service out, which published filters leave out and which is no person.
const anAddress = anyText({ suffix: ".7", examples: ["203.0.113.7"] });
const refusals = oneOf(
  "AccessDenied",
  "AccessDeniedException",
  "UnauthorizedOperation",
  "Client.UnauthorizedOperation",
);
const ofRoot = {
  readOnly: [true, false],
  isGlobal: false,
  fields: { userIdentity: partialRecord({ type: exactly("Root"), invokedBy: ABSENT }) },
} as const;

const demands: Readonly<Record<DemandName, readonly CloudTrailDemand[]>> = {
  "unauthorized-api": [
    {
      eventType: "AwsApiCall",
      readOnly: [true, false],
      isGlobal: false,
      known: knownCalls,
      fields: { sourceIPAddress: anAddress, errorCode: refusals },
    },
  ],
  "console-signin-no-mfa": signIn({
    userIdentity: partialRecord({ type: exactly("IAMUser") }),
    additionalEventData: partialRecord({ MFAUsed: exactly("No") }),
    responseElements: partialRecord({ ConsoleLogin: exactly("Success") }),
    errorCode: ABSENT,
    errorMessage: ABSENT,
  }),
  "root-usage": [
    { eventType: "AwsApiCall", known: knownCalls, ...ofRoot },
    { eventType: "AwsConsoleAction", known: knownConsoleActions, ...ofRoot, isGlobal: true },
    { eventType: "AwsConsoleSignIn", known: knownSignIns, ...ofRoot },
  ],
  "iam-policy-change": writes(
    "iam",
    "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy",
  ),
  "cloudtrail-change": writes("cloudtrail", "CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging"),
  "console-auth-failure": signIn({
    errorMessage: exactly("Failed authentication"),
    responseElements: partialRecord({ ConsoleLogin: exactly("Failure") }),
  }),
  "cmk-disable-delete": writes("kms", "DisableKey ScheduleKeyDeletion"),
  // CloudTrail logs PutBucketLifecycleConfiguration as PutBucketLifecycle.
  "s3-policy-change": writes(
    "s3",
    "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication",
  ),
  "config-change": writes(
    "config",
    "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder",
  ),
  "security-group-change": writes(
    "ec2",
    "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup ModifySecurityGroupRules",
  ),
  "nacl-change": writes(
    "ec2",
    "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation",
  ),
  "gateway-change": writes(
    "ec2",
    "CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway",
  ),
  "route-table-change": writes(
    "ec2",
    "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable",
  ),
  "vpc-change": writes(
    "ec2",
    "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink",
  ),
  "organizations-change": writes(
    "organizations",
    "AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy UpdateOrganizationalUnit",
  ),
  "glacier-change": writes(
    "glacier",
    "CreateVault DeleteVault DeleteArchive SetVaultAccessPolicy DeleteVaultAccessPolicy SetVaultNotifications DeleteVaultNotifications InitiateVaultLock AbortVaultLock CompleteVaultLock SetDataRetrievalPolicy",
  ),
  "mediapackage-change": [
    ...writes(
      "mediapackage",
      "CreateChannel UpdateChannel DeleteChannel ConfigureLogs RotateChannelCredentials RotateIngestEndpointCredentials CreateOriginEndpoint UpdateOriginEndpoint DeleteOriginEndpoint",
    ),
    ...writes(
      "mediapackage-vod",
      "ConfigureLogs DeletePackagingGroup DeletePackagingConfiguration DeleteAsset",
    ),
    ...writes(
      "mediapackagev2",
      "CreateChannel UpdateChannel DeleteChannel CreateOriginEndpoint UpdateOriginEndpoint DeleteOriginEndpoint",
    ),
  ],
};
