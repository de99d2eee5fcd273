import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { isArray, isObject } from "../../shared/read-property.js";

/** What is missing: alarms, and where needed the topic that they use and the buckets whose request metrics must be switched on. */
export type Missing = {
  readonly region: string;
  readonly alarms: readonly Resource[];
  /** A topic that does not exist yet. */
  readonly topic?: Resource;
  readonly bucket?: { readonly name: string; readonly metricsId: string };
};

/** The commands of the AWS CLI that make what is missing. */
export function asCli({ region, alarms, topic, bucket }: Missing): string {
  const metrics =
    bucket === undefined
      ? []
      : [
          `aws s3api put-bucket-metrics-configuration --bucket ${shell(bucket.name)} --id ${shell(bucket.metricsId)} --metrics-configuration ${shell(JSON.stringify({ Id: bucket.metricsId }))} --region ${region}`,
        ];
  const topics =
    topic === undefined
      ? []
      : [
          `aws sns create-topic --name ${shell(topic.id)} --region ${region}`,
          `aws sns subscribe --topic-arn ${shell(topic.arn ?? topic.id)} --protocol email --notification-endpoint YOUR_EMAIL_ADDRESS --region ${region}`,
        ];
  return lines([...metrics, ...topics, ...alarms.map((alarm) => alarmCommand(alarm, region))]);
}

const flags: Readonly<Record<string, string>> = {
  AlarmDescription: "alarm-description",
  Namespace: "namespace",
  MetricName: "metric-name",
  Statistic: "statistic",
  Period: "period",
  EvaluationPeriods: "evaluation-periods",
  DatapointsToAlarm: "datapoints-to-alarm",
  Threshold: "threshold",
  ComparisonOperator: "comparison-operator",
  TreatMissingData: "treat-missing-data",
};

function alarmCommand({ id, properties }: Resource, region: string): string {
  const plain = Object.entries(flags).flatMap(([name, flag]) =>
    properties[name] === undefined || properties[name] === null
      ? []
      : [`--${flag} ${shell(textOf(properties[name]))}`],
  );
  const dimensions = dimensionArguments(properties);
  const parts = [
    `--alarm-name ${shell(id)}`,
    ...plain,
    ...(dimensions === "" ? [] : [`--dimensions ${dimensions}`]),
    `--alarm-actions ${actionsOf(properties).map(shell).join(" ")}`,
    `--region ${region}`,
  ];
  return `aws cloudwatch put-metric-alarm ${parts.join(" ")}`;
}

// The short form has no way to write commas and quotation marks.
function dimensionArguments(properties: JsonObject): string {
  const dimensions = dimensionsOf(properties);
  const isPlain = dimensions.every(({ name, value }) => /^[\w.:/-]+$/u.test(`${name}${value}`));
  if (isPlain) return dimensions.map(({ name, value }) => `Name=${name},Value=${value}`).join(" ");
  return shell(JSON.stringify(dimensions.map(({ name, value }) => ({ Name: name, Value: value }))));
}

/** A CloudFormation template's resources that make what is missing. */
export function asCloudFormation({ alarms, topic, bucket }: Missing): string {
  const notes =
    bucket === undefined
      ? []
      : [
          `# In the template of bucket ${yaml(bucket.name)}: MetricsConfigurations: [{ Id: ${yaml(bucket.metricsId)} }]`,
        ];
  const topics =
    topic === undefined
      ? []
      : [
          "  AlarmTopic:",
          "    Type: AWS::SNS::Topic",
          "    Properties:",
          `      TopicName: ${yaml(topic.id)}`,
          "      Subscription:",
          "        - { Protocol: email, Endpoint: YOUR_EMAIL_ADDRESS }",
        ];
  return lines([
    ...notes,
    "Resources:",
    ...topics,
    ...alarms.flatMap((alarm, at) => alarmTemplate(alarm, at, topic !== undefined)),
  ]);
}

function alarmTemplate({ id, properties }: Resource, at: number, isNewTopic: boolean): readonly string[] {
  const plain = Object.keys(flags).flatMap((name) =>
    properties[name] === undefined || properties[name] === null
      ? []
      : [`      ${name}: ${yaml(properties[name])}`],
  );
  const dimensions = dimensionsOf(properties).map(
    ({ name, value }) => `        - { Name: ${yaml(name)}, Value: ${yaml(value)} }`,
  );
  const actions = isNewTopic
    ? ["        - !Ref AlarmTopic"]
    : actionsOf(properties).map((arn) => `        - ${yaml(arn)}`);
  return [
    `  Alarm${(at + 1).toString()}:`,
    "    Type: AWS::CloudWatch::Alarm",
    "    Properties:",
    `      AlarmName: ${yaml(id)}`,
    ...plain,
    ...(dimensions.length === 0 ? [] : ["      Dimensions:", ...dimensions]),
    "      AlarmActions:",
    ...actions,
  ];
}

/** Terraform resources that make what is missing. */
export function asTerraform({ alarms, topic, bucket }: Missing): string {
  const metrics =
    bucket === undefined
      ? []
      : [
          'resource "aws_s3_bucket_metric" "whole_bucket" {',
          `  bucket = ${hcl(bucket.name)}`,
          `  name   = ${hcl(bucket.metricsId)}`,
          "}",
          "",
        ];
  const topics =
    topic === undefined
      ? []
      : [
          'resource "aws_sns_topic" "alarms" {',
          `  name = ${hcl(topic.id)}`,
          "}",
          "",
          'resource "aws_sns_topic_subscription" "alarms" {',
          "  topic_arn = aws_sns_topic.alarms.arn",
          '  protocol  = "email"',
          '  endpoint  = "YOUR_EMAIL_ADDRESS"',
          "}",
          "",
        ];
  return lines([
    ...metrics,
    ...topics,
    ...alarms.flatMap((alarm, at) => alarmResource(alarm, at, topic !== undefined)),
  ]);
}

function alarmResource({ id, properties }: Resource, at: number, isNewTopic: boolean): readonly string[] {
  const plain = Object.entries(flags).flatMap(([name, flag]) =>
    properties[name] === undefined || properties[name] === null
      ? []
      : [`  ${flag.replaceAll("-", "_")} = ${hcl(properties[name])}`],
  );
  const dimensions = dimensionsOf(properties).map(({ name, value }) => `    ${hcl(name)} = ${hcl(value)}`);
  const actions = isNewTopic ? "aws_sns_topic.alarms.arn" : actionsOf(properties).map(hcl).join(", ");
  return [
    ...(at === 0 ? [] : [""]),
    `resource "aws_cloudwatch_metric_alarm" "alarm_${(at + 1).toString()}" {`,
    `  alarm_name = ${hcl(id)}`,
    ...plain,
    ...(dimensions.length === 0 ? [] : ["  dimensions = {", ...dimensions, "  }"]),
    `  alarm_actions = [${actions}]`,
    "}",
  ];
}

function dimensionsOf({
  Dimensions: dimensions = null,
}: JsonObject): readonly { readonly name: string; readonly value: string }[] {
  return isArray(dimensions)
    ? dimensions
        .filter(isObject)
        .map(({ Name: name = "", Value: value = "" }) => ({ name: textOf(name), value: textOf(value) }))
    : [];
}

function actionsOf({ AlarmActions: actions = null }: JsonObject): readonly string[] {
  return isArray(actions) ? actions.map(textOf) : [];
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

// What a shell takes as it stands needs no quotation marks.
function shell(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

// A JSON text is YAML.
function yaml(value: JsonValue | undefined): string {
  return JSON.stringify(value ?? null);
}

// Terraform would take ${…} and %{…} for its own.
function hcl(value: JsonValue | undefined): string {
  return JSON.stringify(value ?? null).replaceAll(/[$%](?=\{)/gu, (sign) => sign.repeat(2));
}
