import { parseArn } from "../shared/aws/arn.js";
import { ARN, UUID } from "./identity-formula.js";
import type { IdentityFormula } from "./identity-formula.js";

/** Types that carry events and messages → how their names are made. */
export const MESSAGING: Readonly<Record<string, IdentityFormula>> = {
  "AWS::Events::Rule": {
    name: "Name",
    arn: `${ARN}events:{region}:{account}:rule/{path}{name}`,
    ref: "{bus}{name}",
    attributes: { Arn: "{arn}", RuleName: "{name}" },
    words: busWords,
  },
  "AWS::Events::EventBus": {
    name: "Name",
    arn: `${ARN}events:{region}:{account}:event-bus/{name}`,
    attributes: { Arn: "{arn}", Name: "{name}" },
  },
  "AWS::Events::ApiDestination": withUuid("api-destination"),
  "AWS::Events::Connection": withUuid("connection"),
  "AWS::Events::Archive": {
    name: "ArchiveName",
    arn: `${ARN}events:{region}:{account}:archive/{name}`,
  },
  "AWS::SNS::Topic": {
    name: "TopicName",
    arn: `${ARN}sns:{region}:{account}:{name}`,
    ref: "{arn}",
    attributes: { TopicArn: "{arn}", TopicName: "{name}" },
  },
  "AWS::SNS::Subscription": {
    random: true,
    arn: `{TopicArn}:${UUID}`,
    ref: "{arn}",
    id: "{arn}",
  },
  "AWS::SQS::Queue": {
    name: "QueueName",
    arn: `${ARN}sqs:{region}:{account}:{name}`,
    ref: "https://sqs.{region}.{suffix}/{account}/{name}",
    attributes: { Arn: "{arn}", QueueName: "{name}", QueueUrl: "{ref}" },
  },
  "AWS::KinesisFirehose::DeliveryStream": {
    name: "DeliveryStreamName",
    arn: `${ARN}firehose:{region}:{account}:deliverystream/{name}`,
  },
  "AWS::Kinesis::Stream": { name: "Name", arn: `${ARN}kinesis:{region}:{account}:stream/{name}` },
  "AWS::StepFunctions::StateMachine": {
    name: "StateMachineName",
    arn: `${ARN}states:{region}:{account}:stateMachine:{name}`,
    ref: "{arn}",
    attributes: { Arn: "{arn}", Name: "{name}" },
  },
  "AWS::StepFunctions::Activity": {
    name: "Name",
    arn: `${ARN}states:{region}:{account}:activity:{name}`,
    ref: "{arn}",
    attributes: { Arn: "{arn}", Name: "{name}" },
  },
  "AWS::SSMIncidents::ResponsePlan": {
    name: "Name",
    arn: `${ARN}ssm-incidents::{account}:response-plan/{name}`,
    ref: "{arn}",
  },
  "AWS::SSMContacts::Contact": {
    name: "Alias",
    arn: `${ARN}ssm-contacts:{region}:{account}:contact/{name}`,
    ref: "{arn}",
  },
  "AWS::Chatbot::SlackChannelConfiguration": {
    name: "ConfigurationName",
    arn: `${ARN}chatbot::{account}:chat-configuration/slack-channel/{name}`,
    ref: "{arn}",
  },
  "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": {
    name: "ConfigurationName",
    arn: `${ARN}chatbot::{account}:chat-configuration/microsoft-teams-channel/{name}`,
    ref: "{arn}",
  },
};

// The ARN ends in an id of its own, so that one made again under its name is another one.
function withUuid(kind: string): IdentityFormula {
  const arn = `${ARN}events:{region}:{account}:${kind}/{name}`;
  return { name: "Name", arn: `${arn}/${UUID}`, attributes: { Arn: "{arn}", ArnForPolicy: arn } };
}

// The default bus stands in no name. A bus is named by its name or its ARN; that of a partner has slashes.
function busWords({ EventBusName: text = "default" }: Readonly<Record<string, string>>): {
  readonly path: string;
  readonly bus: string;
} {
  const bus = parseArn(text)?.resource.replace(/^event-bus\//u, "") ?? text;
  return bus === "default" || bus === "" ? { path: "", bus: "" } : { path: `${bus}/`, bus: `${bus}|` };
}
