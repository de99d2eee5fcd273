/** How the ARNs of a type are made: `{id}`, `{region}`, `{account}` and `{partition}` are filled in. */
const shapes: Readonly<Record<string, string>> = {
  "AWS::CloudTrail::Trail": "arn:{partition}:cloudtrail:{region}:{account}:trail/{id}",
  "AWS::CloudTrail::EventDataStore": "arn:{partition}:cloudtrail:{region}:{account}:eventdatastore/{id}",
  "AWS::CloudTrail::Channel": "arn:{partition}:cloudtrail:{region}:{account}:channel/{id}",
  "AWS::CloudWatch::Alarm": "arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
  "AWS::CloudWatch::CompositeAlarm": "arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
  "AWS::Logs::LogGroup": "arn:{partition}:logs:{region}:{account}:log-group:{id}",
  "AWS::Events::Rule": "arn:{partition}:events:{region}:{account}:rule/{id}",
  "AWS::Events::EventBus": "arn:{partition}:events:{region}:{account}:event-bus/{id}",
  "AWS::SNS::Topic": "arn:{partition}:sns:{region}:{account}:{id}",
  "AWS::SQS::Queue": "arn:{partition}:sqs:{region}:{account}:{id}",
  "AWS::Lambda::Function": "arn:{partition}:lambda:{region}:{account}:function:{id}",
  "AWS::KinesisFirehose::DeliveryStream": "arn:{partition}:firehose:{region}:{account}:deliverystream/{id}",
  "AWS::KMS::Key": "arn:{partition}:kms:{region}:{account}:key/{id}",
  "AWS::S3::Bucket": "arn:{partition}:s3:::{id}",
  "AWS::DynamoDB::Table": "arn:{partition}:dynamodb:{region}:{account}:table/{id}",
  "AWS::Glacier::Vault": "arn:{partition}:glacier:{region}:{account}:vaults/{id}",
  "AWS::MediaPackage::Channel": "arn:{partition}:mediapackage:{region}:{account}:channels/{id}",
  "AWS::MediaPackage::OriginEndpoint":
    "arn:{partition}:mediapackage:{region}:{account}:origin_endpoints/{id}",
  "AWS::MediaPackage::PackagingGroup":
    "arn:{partition}:mediapackage-vod:{region}:{account}:packaging-groups/{id}",
  "AWS::MediaPackage::PackagingConfiguration":
    "arn:{partition}:mediapackage-vod:{region}:{account}:packaging-configurations/{id}",
  "AWS::MediaPackage::Asset": "arn:{partition}:mediapackage-vod:{region}:{account}:assets/{id}",
  "AWS::MediaPackageV2::ChannelGroup": "arn:{partition}:mediapackagev2:{region}:{account}:channelGroup/{id}",
};

/** Where a resource is, and whose. */
export type ArnParts = {
  readonly id: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
};

/** The ARN that a resource of this type would have; undefined where it cannot be told from its id. An id that is an ARN is its own. */
export function arnOf(type: string, parts: ArnParts): string | undefined {
  if (parts.id.startsWith("arn:")) return parts.id;
  const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  const filled: Readonly<Record<string, string>> = parts;
  return shape?.replaceAll(/\{(\w+)\}/gu, (_, name: string) => filled[name] ?? "");
}
