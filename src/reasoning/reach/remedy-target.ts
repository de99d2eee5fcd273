import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import { parseArn } from "../../shared/aws/arn.js";
import { readText } from "../../shared/read-property.js";
import type { Sender } from "../admits/publishers.js";
import { publishers } from "../admits/publishers.js";
import type { Link } from "./link.js";
import {
  policyChange,
  policyDocument,
  statementFor,
  statementsOf,
  withPolicy,
} from "./remedy-topic-policy.js";
import { topicLinks } from "./topic.js";

/** A topic or function that an alarm names, and the alarm as a sender. */
export type Aimed = { readonly arn: string; readonly sender: Sender };

/** A remedy for the link that is broken between an alarm and what it names; undefined where none is known for it. */
export function targetRemedy(account: Account, { arn, sender }: Aimed): Remediation | undefined {
  const parts = parseArn(arn);
  if (parts === undefined) return undefined;
  if (parts.service === "lambda") return functionRemedy(arn, sender);
  if (parts.service !== "sns") return undefined;
  const broken = topicLinks(account, arn, { sender }).find(({ claim }) => claim.is === "no");
  if (broken === undefined) return undefined;
  if (parts.account !== account.id) return ownersRemedy(arn, parts.account);
  const make = remedies[broken.name];
  return make?.({ account, arn, sender, name: parts.resource, region: parts.region });
}

type Broken = Aimed & { readonly account: Account; readonly name: string; readonly region: string };

const remedies: Partial<Record<Link["name"], (broken: Broken) => Remediation>> = {
  target: targetText,
  policy: policyRemedy,
  key: keyRemedy,
};

function ownersRemedy(arn: string, owner: string): Remediation {
  return {
    text: `${arn} belongs to account ${owner}: its owner must let cloudwatch.amazonaws.com publish for this account in the topic's policy (and use the topic's key, where it has one). Or point the action to a topic of this account.`,
  };
}

function targetText({ arn, name, region, sender }: Broken): Remediation {
  if (region !== sender.region)
    return {
      text: `An alarm can notify topics of its own region only: point the action to a topic in ${sender.region ?? "the alarm's region"}.`,
    };
  return {
    text: `Point the action to a topic that exists and that reaches somebody; or make ${arn} again, subscribe a person, and confirm from the e-mail.`,
    cli: `aws sns create-topic --name ${name} --region ${region}\naws sns subscribe --topic-arn ${arn} --protocol email --notification-endpoint YOUR_EMAIL_ADDRESS --region ${region}\n`,
  };
}

function policyRemedy({ account, arn, name, region, sender }: Broken): Remediation {
  const { service } = publishers[sender.publisher];
  const topic = account.find("AWS::SNS::Topic", arn);
  const mended = topic && admitting(account, topic, sender);
  if (topic === undefined || mended === undefined)
    return {
      text: `Let ${service} publish to ${name}: its policy must allow it, and deny it nowhere. set-topic-attributes replaces the whole policy: carry over what must stay.`,
      cli: `aws sns get-topic-attributes --topic-arn ${arn} --region ${region}\naws sns set-topic-attributes --topic-arn ${arn} --attribute-name Policy --attribute-value file://policy.json --region ${region}\n`,
    };
  const text = JSON.stringify(mended).replaceAll("'", String.raw`'\''`);
  return {
    text: `Let ${service} publish to ${name}, for this account. All other statements of the policy stay: the command names them again, since it replaces the whole policy.`,
    cli: `aws sns set-topic-attributes --topic-arn ${arn} --attribute-name Policy --attribute-value '${text}' --region ${region}\n`,
    changes: [policyChange(topic, mended)],
  };
}

/** The policy of a topic with a statement for the sender; undefined where that does not let it publish. */
function admitting(account: Account, topic: Resource, sender: Sender): ReturnType<typeof policyDocument> {
  const reading = readText(topic, "Policy");
  const document = reading.kind === "set" ? policyDocument(reading.value) : undefined;
  if (document === undefined || topic.arn === undefined) return undefined;
  const statement = statementFor(sender.publisher, topic.arn, account.id);
  const mended = { ...document, Statement: [...statementsOf(document), statement] };
  const after = withPolicy(topic, mended);
  const state: Account = {
    ...account,
    find: (type, name) => (account.find(type, name) === topic ? after : account.find(type, name)),
  };
  const links = topicLinks(state, topic.arn, { sender });
  return links.every(({ name, claim }) => name !== "policy" || claim.is === "yes") &&
    links.every(({ name, claim }) => name === "subscription" || claim.is === "yes")
    ? mended
    : undefined;
}

function keyRemedy({ arn, name, region }: Broken): Remediation {
  return {
    text: `CloudWatch cannot use the key of ${name}: set a customer managed key on the topic that is enabled, and whose policy lets cloudwatch.amazonaws.com do kms:Decrypt and kms:GenerateDataKey*. alias/aws/sns cannot be used.`,
    cli: `aws sns set-topic-attributes --topic-arn ${arn} --attribute-name KmsMasterKeyId --attribute-value CUSTOMER_KEY_ARN --region ${region}\n`,
  };
}

function functionRemedy(arn: string, { account, region, arn: alarm }: Sender): Remediation {
  const source =
    alarm === undefined ? "" : ` --source-arn ${/^[\w:/.-]+$/u.test(alarm) ? alarm : "ALARM_ARN"}`;
  return {
    text: `Point the action to a function that exists, and let lambda.alarms.cloudwatch.amazonaws.com invoke it in the function's policy.`,
    cli: `aws lambda add-permission --function-name ${arn} --statement-id alarms --action lambda:InvokeFunction --principal lambda.alarms.cloudwatch.amazonaws.com --source-account ${account}${source} --region ${region ?? "REGION"}\n`,
  };
}
