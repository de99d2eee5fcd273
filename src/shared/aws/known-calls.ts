import { accessByVerb } from "./call-access.js";

/** A management event that exists: name, source and access belong together. */
export type KnownCall = {
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly: boolean;
};

/**
 * Well-known API calls by service, as CloudTrail names them: those that a person knows, and those that published filters
 * name. Names are the services' operations; a name that starts with no plain verb stands under `reads` or `writes` below.
 */
const names: Readonly<Record<string, string>> = {
  s3: "ListBuckets GetBucketAcl GetBucketLocation GetBucketPolicy CreateBucket DeleteBucket PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication PutBucketEncryption PutBucketLogging PutBucketVersioning PutBucketNotification PutBucketTagging PutBucketPublicAccessBlock DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication DeleteBucketEncryption",
  ec2: "DescribeInstances DescribeSecurityGroups DescribeVpcs GetConsoleOutput GetPasswordData RunInstances StartInstances StopInstances RebootInstances TerminateInstances AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup ModifySecurityGroupRules CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute AssociateRouteTable DisassociateRouteTable CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AllocateAddress AssociateAddress ReleaseAddress ImportKeyPair CreateKeyPair DeleteKeyPair CreateTags DeleteTags CreateVolume AttachVolume DeleteVolume CreateSnapshot CopySnapshot DeleteSnapshot ModifySnapshotAttribute CreateImage RegisterImage ModifyImageAttribute ModifyInstanceAttribute CreateFlowLogs DeleteFlowLogs CreateSubnet DeleteSubnet CreateNatGateway DeleteNatGateway CreateVpcEndpoint DeleteVpcEndpoints CreateFleet RequestSpotInstances CreateLaunchTemplate ModifyEbsDefaultKmsKeyId DisableEbsEncryptionByDefault EnableEbsEncryptionByDefault",
  iam: "ListUsers ListRoles GetUser GetRole GetAccountSummary GetAccountAuthorizationDetails GetCredentialReport SimulatePrincipalPolicy CreateUser DeleteUser CreateRole DeleteRole CreateGroup DeleteGroup AddUserToGroup RemoveUserFromGroup CreateAccessKey UpdateAccessKey DeleteAccessKey CreateLoginProfile UpdateLoginProfile DeleteLoginProfile ChangePassword CreateVirtualMFADevice EnableMFADevice DeactivateMFADevice DeleteVirtualMFADevice AttachUserPolicy DetachUserPolicy AttachRolePolicy DetachRolePolicy AttachGroupPolicy DetachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy DeleteUserPolicy DeleteRolePolicy DeleteGroupPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion UpdateAssumeRolePolicy UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy CreateAccountAlias CreateSAMLProvider UpdateSAMLProvider CreateOpenIDConnectProvider CreateServiceLinkedRole UploadServerCertificate UploadSigningCertificate CreateInstanceProfile AddRoleToInstanceProfile TagRole UntagRole",
  sts: "GetCallerIdentity GetSessionToken GetFederationToken AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity",
  kms: "ListKeys ListAliases DescribeKey GetKeyPolicy GetKeyRotationStatus Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateRandom CreateKey CreateAlias DeleteAlias CreateGrant RetireGrant RevokeGrant DisableKey EnableKey DisableKeyRotation EnableKeyRotation PutKeyPolicy ScheduleKeyDeletion CancelKeyDeletion ImportKeyMaterial DeleteImportedKeyMaterial",
  cloudtrail:
    "DescribeTrails GetTrailStatus GetEventSelectors ListTrails LookupEvents CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging PutEventSelectors PutInsightSelectors CreateEventDataStore UpdateEventDataStore DeleteEventDataStore AddTags RemoveTags",
  config:
    "DescribeConfigurationRecorders DescribeConfigRules GetComplianceDetailsByConfigRule PutConfigurationRecorder StartConfigurationRecorder StopConfigurationRecorder DeleteConfigurationRecorder PutDeliveryChannel DeleteDeliveryChannel PutConfigRule DeleteConfigRule PutEvaluations SelectResourceConfig",
  organizations:
    "DescribeOrganization ListAccounts ListPolicies AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy UpdateOrganizationalUnit CloseAccount EnableAWSServiceAccess DisableAWSServiceAccess RegisterDelegatedAdministrator",
  account:
    "GetContactInformation PutContactInformation GetAlternateContact PutAlternateContact EnableRegion DisableRegion",
  rds: "DescribeDBInstances DescribeDBSnapshots CreateDBInstance ModifyDBInstance DeleteDBInstance RebootDBInstance StartDBInstance StopDBInstance CreateDBSnapshot DeleteDBSnapshot ModifyDBSnapshotAttribute RestoreDBInstanceFromDBSnapshot CreateDBCluster DeleteDBCluster",
  dynamodb: "ListTables DescribeTable CreateTable UpdateTable DeleteTable",
  sqs: "ListQueues GetQueueAttributes CreateQueue SetQueueAttributes DeleteQueue PurgeQueue AddPermission RemovePermission",
  sns: "ListTopics GetTopicAttributes CreateTopic SetTopicAttributes DeleteTopic Subscribe Unsubscribe ConfirmSubscription",
  monitoring:
    "DescribeAlarms ListMetrics GetMetricData PutMetricAlarm DeleteAlarms SetAlarmState EnableAlarmActions DisableAlarmActions",
  logs: "DescribeLogGroups DescribeLogStreams CreateLogGroup CreateLogStream DeleteLogGroup DeleteLogStream PutMetricFilter DeleteMetricFilter PutRetentionPolicy PutSubscriptionFilter PutResourcePolicy",
  events: "ListRules DescribeRule PutRule DeleteRule EnableRule DisableRule PutTargets RemoveTargets",
  ssm: "DescribeInstanceInformation GetParameter GetParameters ListCommands SendCommand StartSession TerminateSession ResumeSession PutParameter DeleteParameter CreateDocument UpdateInstanceInformation",
  secretsmanager:
    "ListSecrets DescribeSecret GetSecretValue CreateSecret PutSecretValue UpdateSecret DeleteSecret RestoreSecret",
  guardduty: "ListDetectors GetFindings CreateDetector UpdateDetector DeleteDetector",
  securityhub: "GetFindings DescribeHub EnableSecurityHub DisableSecurityHub",
  autoscaling:
    "DescribeAutoScalingGroups CreateAutoScalingGroup UpdateAutoScalingGroup DeleteAutoScalingGroup SetDesiredCapacity",
  ecs: "ListClusters DescribeTasks CreateCluster DeleteCluster CreateService UpdateService DeleteService RegisterTaskDefinition RunTask StopTask",
  lambda:
    "ListFunctions20150331 GetFunction20150331v2 CreateFunction20150331 DeleteFunction20150331 UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2 AddPermission20150331v2 RemovePermission20150331v2",
  ecr: "DescribeRepositories GetAuthorizationToken CreateRepository DeleteRepository SetRepositoryPolicy PutImage",
  eks: "ListClusters DescribeCluster CreateCluster DeleteCluster CreateNodegroup",
  cloudformation:
    "ListStacks DescribeStacks CreateStack UpdateStack DeleteStack CreateChangeSet ExecuteChangeSet",
  elasticloadbalancing:
    "DescribeLoadBalancers CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes RegisterTargets",
  route53: "ListHostedZones GetHostedZone CreateHostedZone DeleteHostedZone ChangeResourceRecordSets",
  cloudfront:
    "ListDistributions GetDistribution CreateDistribution UpdateDistribution DeleteDistribution CreateInvalidation",
  acm: "ListCertificates DescribeCertificate RequestCertificate DeleteCertificate",
  "access-analyzer": "ListAnalyzers ListFindings CreateAnalyzer DeleteAnalyzer",
  support: "DescribeCases DescribeTrustedAdvisorChecks CreateCase ResolveCase",
  glacier: "ListVaults DescribeVault CreateVault DeleteVault SetVaultAccessPolicy DeleteArchive",
};

// Names without a plain verb. Records of KMS and STS calls say that these read; the writes are writes in IAM, too.
const reads: ReadonlySet<string> = new Set(
  "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateRandom SelectResourceConfig SimulatePrincipalPolicy".split(
    " ",
  ),
);

/** The sources of this table whose calls are recorded in the partition's leader region alone, wherever the caller is. */
export const leaderSources: ReadonlySet<string> = new Set([
  "account.amazonaws.com",
  "billingconsole.amazonaws.com",
  "cloudfront.amazonaws.com",
  "iam.amazonaws.com",
  "organizations.amazonaws.com",
  "route53.amazonaws.com",
  "support.amazonaws.com",
]);

/** The known API calls, service by service. */
export const knownCalls: readonly KnownCall[] = Object.entries(names).flatMap(([service, some]) =>
  some.split(" ").map((eventName) => ({
    eventSource: `${service}.amazonaws.com`,
    eventName,
    readOnly: reads.has(eventName) || accessByVerb(eventName) === "read",
  })),
);

/** Known actions of the console that are no API calls: all of them change something. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/logging-using-cloudtrail.html */
export const knownConsoleActions: readonly KnownCall[] =
  "SetContactAddress SetSecurityQuestions SetIAMAccessPreference CloseAccount UpdatePaymentMethod"
    .split(" ")
    .map((eventName) => ({ eventSource: "billingconsole.amazonaws.com", eventName, readOnly: false }));

/** What the sign-in service records. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
export const knownSignIns: readonly KnownCall[] =
  "ConsoleLogin PasswordRecoveryRequested PasswordRecoveryCompleted"
    .split(" ")
    .map((eventName) => ({ eventSource: "signin.amazonaws.com", eventName, readOnly: false }));

const all = [...knownCalls, ...knownConsoleActions, ...knownSignIns];
const knownNames: ReadonlySet<string> = new Set(all.map(({ eventName }) => eventName));
const knownSources: ReadonlySet<string> = new Set(all.map(({ eventSource }) => eventSource));

/** Whether some service is known to record events of this name. */
export function isKnownName(eventName: string): boolean {
  return knownNames.has(eventName);
}

/** Whether events of this source are known. */
export function isKnownSource(eventSource: string): boolean {
  return knownSources.has(eventSource);
}
