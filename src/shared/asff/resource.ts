import type { Finding } from "../../core/report.js";
import { cutText } from "../text/cut-text.js";
import { printable } from "../text/terminal-text.js";

/** A resource as findings in Security Hub name it. */
export type AsffResource = {
  readonly Type: string;
  readonly Id: string;
  readonly Partition?: "aws" | "aws-cn" | "aws-us-gov";
  readonly Region?: string;
};

// Security Hub has names of its own for some types; what has none is "Other".
// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ResourceDetails.html
const types: Readonly<Record<string, string>> = {
  "AWS::CloudTrail::Trail": "AwsCloudTrailTrail",
  "AWS::CloudWatch::Alarm": "AwsCloudWatchAlarm",
  "AWS::Events::EventBus": "AwsEventsEventbus",
  "AWS::KMS::Key": "AwsKmsKey",
  "AWS::Lambda::Function": "AwsLambdaFunction",
  "AWS::S3::AccountPublicAccessBlock": "AwsS3AccountPublicAccessBlock",
  "AWS::S3::Bucket": "AwsS3Bucket",
  "AWS::SNS::Topic": "AwsSnsTopic",
  "AWS::SQS::Queue": "AwsSqsQueue",
};
const LONGEST_ID = 512;
const LONGEST_REGION = 16;

/** The subject of a finding; of a finding about a whole account or one of its regions, the account. */
export function resourceOf({ subject, account, region }: Finding, partition: string): AsffResource {
  const where = {
    ...partitionIn(partition),
    ...(region === "global" || region === "" || region.length > LONGEST_REGION
      ? {}
      : { Region: printable(region).slice(0, LONGEST_REGION) }),
  };
  // As Security Hub's own controls name an account.
  if (subject.kind !== "resource") return { Type: "AwsAccount", Id: `AWS::::Account:${account}`, ...where };
  const name = printable(subject.arn ?? subject.id).trim();
  return {
    Type: Object.hasOwn(types, subject.type) ? (types[subject.type] ?? OTHER) : OTHER,
    Id: cutText(name === "" ? "unnamed" : name, LONGEST_ID),
    ...where,
  };
}

const OTHER = "Other";

// The API knows no other partition that these rules are for; one that it does not know would be refused.
function partitionIn(partition: string): Pick<AsffResource, "Partition"> {
  return partition === "aws" || partition === "aws-cn" || partition === "aws-us-gov"
    ? { Partition: partition }
    : {};
}
