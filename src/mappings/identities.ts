import { parseArn } from "../shared/aws/arn.js";
import { ROWS } from "./identities-spec.js";
import { MESSAGING } from "./identities-messaging.js";
import { OTHERS } from "./identities-others.js";
import type { IdentityFormula } from "./identity-formula.js";
import { ARN, UUID } from "./identity-formula.js";

const ALARM: IdentityFormula = { name: "AlarmName", arn: `${ARN}cloudwatch:{region}:{account}:alarm:{name}` };
const MEDIA_V2 = `${ARN}mediapackagev2:{region}:{account}:channelGroup`;

/**
 * Type → how its names are made. Ref is the primary identifier of CloudFormation's registry; formulas are those of the service
 * authorization reference. A type whose ARN holds a random part gets a placeholder as its name and the formula around it.
 */
export const IDENTITIES: Readonly<Record<string, IdentityFormula>> = {
  ...specified(),
  "AWS::CloudTrail::Trail": {
    name: "TrailName",
    arn: `${ARN}cloudtrail:{region}:{account}:trail/{name}`,
    attributes: { Arn: "{arn}", SnsTopicArn: `${ARN}sns:{region}:{account}:{SnsTopicName}` },
  },
  "AWS::CloudTrail::EventDataStore": {
    name: "Name",
    arn: `${ARN}cloudtrail:{region}:{account}:eventdatastore/${UUID}`,
    ref: "{arn}",
    attributes: { EventDataStoreArn: "{arn}" },
  },
  "AWS::CloudTrail::Channel": {
    name: "Name",
    arn: `${ARN}cloudtrail:{region}:{account}:channel/${UUID}`,
    ref: "{arn}",
    attributes: { ChannelArn: "{arn}" },
  },
  "AWS::CloudWatch::Alarm": ALARM,
  "AWS::CloudWatch::CompositeAlarm": ALARM,
  "AWS::CloudWatch::LogAlarm": ALARM,
  "AWS::CloudWatch::AlarmMuteRule": {
    name: "Name",
    arn: `${ARN}cloudwatch:{region}:{account}:alarm-mute-rule:{name}`,
    ref: "{arn}",
  },
  "AWS::Config::ConfigurationRecorder": { name: "Name", fallback: "default", attributes: { Id: "{name}" } },
  "AWS::Config::DeliveryChannel": { name: "Name", fallback: "default" },
  "AWS::KMS::Key": key(),
  "AWS::KMS::ReplicaKey": key("mrk-"),
  "AWS::KMS::Alias": { name: "AliasName", arn: `${ARN}kms:{region}:{account}:{name}`, attributes: {} },
  "AWS::Lambda::Function": { name: "FunctionName", arn: `${ARN}lambda:{region}:{account}:function:{name}` },
  "AWS::Lambda::Alias": {
    name: "Name",
    arn: `${ARN}lambda:{region}:{account}:function:{function}:{name}`,
    ref: "{arn}",
    id: "{function}:{name}",
    attributes: { AliasArn: "{arn}" },
    words: functionWord,
  },
  "AWS::Lambda::Version": {
    random: true,
    arn: `${ARN}lambda:{region}:{account}:function:{function}:{name}`,
    ref: "{arn}",
    id: "{function}:{name}",
    attributes: { FunctionArn: "{arn}", Version: "{name}" },
    words: functionWord,
  },
  "AWS::Logs::LogGroup": {
    name: "LogGroupName",
    arn: `${ARN}logs:{region}:{account}:log-group:{name}`,
    attributes: { Arn: "{arn}:*" },
  },
  "AWS::Logs::MetricFilter": { name: "FilterName", id: "{LogGroupName}:{name}" },
  "AWS::Logs::DeliverySource": {
    name: "Name",
    arn: `${ARN}logs:{region}:{account}:delivery-source:{name}`,
  },
  "AWS::Logs::DeliveryDestination": {
    name: "Name",
    arn: `${ARN}logs:{region}:{account}:delivery-destination:{name}`,
  },
  "AWS::Logs::Delivery": {
    random: true,
    arn: `${ARN}logs:{region}:{account}:delivery:{name}`,
    attributes: { Arn: "{arn}", DeliveryId: "{name}" },
  },
  "AWS::Logs::ResourcePolicy": { name: "PolicyName" },
  "AWS::Logs::Destination": {
    name: "DestinationName",
    arn: `${ARN}logs:{region}:{account}:destination:{name}`,
  },
  "AWS::Logs::SubscriptionFilter": { name: "FilterName", id: "{LogGroupName}:{name}" },
  "AWS::MediaPackage::Channel": media("mediapackage", "channels"),
  "AWS::MediaPackage::OriginEndpoint": media("mediapackage", "origin_endpoints"),
  "AWS::MediaPackage::PackagingGroup": media("mediapackage-vod", "packaging-groups"),
  "AWS::MediaPackage::PackagingConfiguration": media("mediapackage-vod", "packaging-configurations"),
  "AWS::MediaPackage::Asset": media("mediapackage-vod", "assets"),
  "AWS::MediaPackageV2::ChannelGroup": {
    name: "ChannelGroupName",
    arn: `${MEDIA_V2}/{name}`,
    ref: "{arn}",
  },
  "AWS::MediaPackageV2::Channel": {
    name: "ChannelName",
    arn: `${MEDIA_V2}/{ChannelGroupName}/channel/{name}`,
    ref: "{arn}",
  },
  "AWS::MediaPackageV2::OriginEndpoint": {
    name: "OriginEndpointName",
    arn: `${MEDIA_V2}/{ChannelGroupName}/channel/{ChannelName}/originEndpoint/{name}`,
    ref: "{arn}",
  },
  "AWS::S3::Bucket": {
    name: "BucketName",
    arn: `${ARN}s3:::{name}`,
    lower: true,
    attributes: {
      Arn: "{arn}",
      DomainName: "{name}.s3.{suffix}",
      RegionalDomainName: "{name}.s3.{region}.{suffix}",
      DualStackDomainName: "{name}.s3.dualstack.{region}.{suffix}",
    },
  },
  // Terraform alone has them: CloudFormation knows no such type.
  "AWS::S3::AccountPublicAccessBlock": { id: "{account}", ref: "{account}", attributes: {} },
  "AWS::Glacier::Vault": { name: "VaultName", arn: `${ARN}glacier:{region}:{account}:vaults/{name}` },
  "AWS::Organizations::Organization": {
    random: true,
    id: "{account}",
    attributes: { Id: "{name}", ManagementAccountId: "{account}" },
  },
  ...MESSAGING,
  ...OTHERS,
};

// What CloudFormation's registry says alone; a type that is told above or below is told better.
function specified(): Readonly<Record<string, IdentityFormula>> {
  const rows = ROWS.trim().split("\n");
  return Object.fromEntries(
    rows.map((row): [string, IdentityFormula] => {
      const [type = "", name = "-", arn = "-", ref = "name", attribute = "-"] = row.split(" ");
      const formula: IdentityFormula = {
        ...(name === "-" ? { random: true } : { name }),
        ...(arn === "-" ? {} : { arn: `${ARN}${arn}` }),
        ...(ref === "arn" ? { ref: "{arn}" } : {}),
        ...(attribute === "-" ? {} : { attributes: { Arn: "{arn}", [attribute]: "{arn}" } }),
      };
      return [type, formula];
    }),
  );
}

// AWS makes the id of a key; that of a multi-Region key begins with "mrk-".
function key(prefix = ""): IdentityFormula {
  return {
    random: true,
    id: `${prefix}${UUID}`,
    ref: `${prefix}${UUID}`,
    arn: `${ARN}kms:{region}:{account}:key/${prefix}${UUID}`,
    attributes: { Arn: "{arn}", KeyId: `${prefix}${UUID}` },
  };
}

function media(service: string, kind: string): IdentityFormula {
  return { name: "Id", arn: `${ARN}${service}:{region}:{account}:${kind}/${UUID}` };
}

// A function is named by its name, its ARN, or account:function:name; a version or alias behind it is not part of its name.
function functionWord({ FunctionName: text = "" }: Readonly<Record<string, string>>): {
  readonly function: string;
} {
  const resource = parseArn(text)?.resource ?? text.replace(/^\d{12}:/u, "");
  return { function: resource.replace(/^function:/u, "").split(":")[0] ?? resource };
}
