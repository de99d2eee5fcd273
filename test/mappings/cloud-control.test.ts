import { expect, test } from "vitest";
import { CLOUD_CONTROL_TYPES } from "../../src/mappings/cloud-control.js";
import { declared, propertyOf, resourceOf } from "../forecasts/plan/build.js";

const provider = "registry.terraform.io/hashicorp/awscc";

test.each([
  ["awscc_mediapackage_channel", "AWS::MediaPackage::Channel"],
  ["awscc_mediapackagev2_channel_group", "AWS::MediaPackageV2::ChannelGroup"],
  ["awscc_cloudtrail_event_data_store", "AWS::CloudTrail::EventDataStore"],
  ["awscc_cloudwatch_log_alarm", "AWS::CloudWatch::LogAlarm"],
  ["awscc_sns_topic_policy", "AWS::SNS::TopicPolicy"],
])("%s is %s", (terraform, type) => {
  expect(CLOUD_CONTROL_TYPES[terraform]).toBe(type);
});

test("a channel of awscc has access logs, those without a group of their own too", () => {
  const plan = declared({
    rows: [
      {
        type: "awscc_mediapackage_channel",
        provider,
        after: {
          channel_id: "live",
          egress_access_logs: { log_group_name: "/aws/MediaPackage/live" },
          ingress_access_logs: {},
          tags: [{ key: "a", value: "b" }],
        },
        unknown: { id: true, arn: true, ingress_access_logs: { log_group_name: true } },
        written: { ingress_access_logs: { constant_value: {} }, egress_access_logs: {} },
      },
    ],
  });
  expect(resourceOf(plan)).toMatchObject({
    type: "AWS::MediaPackage::Channel",
    after: { id: "live" },
    properties: {
      Id: "live",
      EgressAccessLogs: { LogGroupName: "/aws/MediaPackage/live" },
      IngressAccessLogs: {},
    },
  });
  expect(resourceOf(plan).properties).not.toHaveProperty("Tags");
});

test("names that CloudFormation spells in its own way are spelled so", () => {
  const plan = declared({
    rows: [
      {
        type: "awscc_cloudtrail_trail",
        provider,
        after: { trail_name: "t", kms_key_id: "k", is_logging: true },
      },
      { type: "awscc_cloudwatch_alarm", provider, after: { alarm_name: "a", ok_actions: ["x"] } },
    ],
  });
  expect(propertyOf(plan, "awscc_cloudtrail_trail.this", "KMSKeyId")).toBe("k");
  expect(propertyOf(plan, "awscc_cloudwatch_alarm.this", "OKActions")).toEqual(["x"]);
});

test("of a connection nothing is read that authorizes", () => {
  const after = { name: "c", authorization_type: "API_KEY", auth_parameters: { api_key: "s3cr3t" } };
  const plan = declared({ rows: [{ type: "awscc_events_connection", provider, after }] });
  expect(JSON.stringify(plan)).not.toContain("s3cr3t");
});
