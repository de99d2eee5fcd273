/** How a type's Ref, ARN and snapshot id follow from its name. */
export type IdentityFormula = {
  /** The property that names it; absent where AWS alone makes the name. */
  readonly name?: string;
  /** With {partition}, {region}, {account}, {name}, and any other property in braces; absent: it has no ARN, or one with a random part (`randomArn`). */
  readonly arn?: string;
  /** What Ref gives, "{name}" unless said; "{arn}" for the ARN. */
  readonly ref?: string;
  /** The snapshot's id, "{name}" unless said. */
  readonly id?: string;
  /** GetAtt attribute → text with the same braces, and {arn}, {ref}; ARNs under Arn unless said. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The name of a resource without one is in lower case. */
  readonly lower?: true;
};

const LOCAL = "arn:{partition}:";

/**
 * Type → how its names are made. Ref is the primary identifier of CloudFormation's registry; formulas are those of the service
 * authorization reference. A type whose ARN holds a random part gets a placeholder as its name and the formula around it.
 */
export const IDENTITIES: Readonly<Record<string, IdentityFormula>> = {
  "AWS::CloudTrail::Trail": { name: "TrailName", arn: `${LOCAL}cloudtrail:{region}:{account}:trail/{name}` },
  "AWS::CloudWatch::Alarm": { name: "AlarmName", arn: `${LOCAL}cloudwatch:{region}:{account}:alarm:{name}` },
  "AWS::CloudWatch::CompositeAlarm": {
    name: "AlarmName",
    arn: `${LOCAL}cloudwatch:{region}:{account}:alarm:{name}`,
  },
  "AWS::SNS::Topic": { name: "TopicName", arn: `${LOCAL}sns:{region}:{account}:{name}`, ref: "{arn}" },
  "AWS::S3::Bucket": { name: "BucketName", arn: `${LOCAL}s3:::{name}`, lower: true },
};
