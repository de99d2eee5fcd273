import { describe, expect, it } from "vitest";
import { fillRemediation } from "../../src/engine/fill-remediation.js";
import type { RemedyPlace } from "../../src/engine/fill-remediation.js";

const resource = (type: string, id: string, arn?: string): RemedyPlace => ({
  region: "eu-west-1",
  subject: { kind: "resource", type, id, ...(arn === undefined ? {} : { arn }) },
});
const trail = resource("AWS::CloudTrail::Trail", "audit", "arn:aws:cloudtrail:eu-west-1:1:trail/audit");
const cli = (text: string, place: RemedyPlace): string | undefined =>
  fillRemediation({ cli: text }, place).cli;

describe("words in a remediation's commands", () => {
  it.each<readonly [string, string, RemedyPlace, string]>([
    [
      "a trail's ARN and home",
      "update-trail --name TRAIL_ARN --region HOME_REGION",
      trail,
      "update-trail --name arn:aws:cloudtrail:eu-west-1:1:trail/audit --region eu-west-1",
    ],
    [
      "what else is known of the account",
      "put-metric-filter --region REGION --log-group-name LOG_GROUP --alarm-actions TOPIC_ARN",
      {
        region: "global",
        subject: { kind: "account", type: "AWS::Account", id: "1" },
        words: { REGION: "eu-west-1", LOG_GROUP: "/trails" },
      },
      "put-metric-filter --region eu-west-1 --log-group-name /trails --alarm-actions TOPIC_ARN",
    ],
    [
      "a topic's ARN",
      "subscribe --topic-arn TOPIC_ARN",
      resource("AWS::SNS::Topic", "pager", "arn:aws:sns:eu-west-1:1:pager"),
      "subscribe --topic-arn arn:aws:sns:eu-west-1:1:pager",
    ],
    [
      "a bucket within a text",
      "s3://BUCKET/x LOG_BUCKET_NAME",
      resource("AWS::S3::Bucket", "logs"),
      "s3://logs/x LOG_BUCKET_NAME",
    ],
    [
      "a name that a shell would split",
      "--alarm-names ALARM --x",
      resource("AWS::CloudWatch::Alarm", "it's $HOME; x"),
      String.raw`--alarm-names 'it'\''s $HOME; x' --x`,
    ],
    [
      "no name that would break out of a text",
      '\'{"a": "ALARM"}\'',
      resource("AWS::CloudWatch::Alarm", "a' b"),
      '\'{"a": "ALARM"}\'',
    ],
    [
      "nothing that another resource is called",
      "--sns-topic-name TOPIC_ARN --key KEY_ARN",
      trail,
      "--sns-topic-name TOPIC_ARN --key KEY_ARN",
    ],
    [
      "a region",
      "--region REGION --role ROLE_ARN",
      { region: "eu-west-1", subject: { kind: "region", type: "AWS::Region", id: "eu-west-1" } },
      "--region eu-west-1 --role ROLE_ARN",
    ],
    [
      "no region for the account",
      "--region REGION",
      { region: "global", subject: { kind: "account", type: "AWS::Account", id: "1" } },
      "--region REGION",
    ],
    ["no region that is not known", "--region REGION", { ...trail, region: "unknown" }, "--region REGION"],
  ])("become %s", (_, text, place, expected) => {
    expect(cli(text, place)).toBe(expected);
  });

  it("stay in prose, and are put into templates only where they are safe", () => {
    const bucket = resource("AWS::S3::Bucket", "logs");
    const text = { text: "of BUCKET", cloudformation: "Name: BUCKET", terraform: 'bucket = "BUCKET"' };
    expect(fillRemediation(text, bucket)).toEqual({
      text: "of BUCKET",
      cloudformation: "Name: logs",
      terraform: 'bucket = "logs"',
    });
    const alarm = resource("AWS::CloudWatch::Alarm", 'a" b');
    expect(fillRemediation({ terraform: 'x = "ALARM"' }, alarm)).toEqual({ terraform: 'x = "ALARM"' });
  });
});
