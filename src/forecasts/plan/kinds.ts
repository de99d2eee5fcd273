import { parseArn } from "../../shared/aws/arn.js";

/** What belongs into an attribute: how far a reference alone proves what its value will be. */
export type Kind = {
  /** Whether a text is of the right kind. */
  readonly fits: (text: string) => boolean;
  /** Its value is a list, so that one reference does not make all of it. */
  readonly many?: true;
  /** It takes JSON that a policy document renders, and nothing else. */
  readonly document?: true;
};

const isArn = (text: string): boolean => parseArn(text) !== undefined;

const arn: Kind = { fits: isArn };
const arns: Kind = { fits: isArn, many: true };
const name: Kind = { fits: (text) => !isArn(text) };
const either: Kind = { fits: () => true };
const document: Kind = { fits: () => false, document: true };

// What a policy says of a bucket or a log group mostly goes on after the ARN, with /* or :*, of which a plan keeps no trace.
const whole: Kind = {
  fits: (text) => !["s3", "logs"].includes(parseArn(text)?.service ?? "s3"),
  many: true,
};

const KINDS: Readonly<Record<string, Kind>> = {
  alarm_names: { ...name, many: true },
  bucket: name,
  dimensions: name,
  event_bus_name: either,
  function_name: either,
  identifiers: arns,
  key_id: either,
  kms_key_id: either,
  kms_key_identifier: either,
  kms_master_key_id: either,
  log_group_name: name,
  name,
  queue_url: name,
  resources: whole,
  not_resources: whole,
  rule: name,
  s3_bucket_name: name,
  sns_topic: arn,
  sns_topic_name: either,
  target_bucket: name,
  target_key_id: either,
  values: { fits: (text) => isArn(text) && parseArn(text)?.service !== "logs", many: true },
  vault_name: name,
  delivery_source_name: name,
  endpoint: arn,
  alarm: either,
  policy: document,
  policy_document: document,
  access_policy: document,
  source_policy_documents: { ...document, many: true },
  override_policy_documents: { ...document, many: true },
};

/** The kind of an attribute; undefined where a reference would prove nothing, as in an expression or a pattern. */
export function kindOf(attribute: string): Kind | undefined {
  if (Object.hasOwn(KINDS, attribute)) return KINDS[attribute];
  if (/(?:^|_)(?:arns|actions)$/u.test(attribute)) return arns;
  return /(?:^|_)arn$/u.test(attribute) ? arn : undefined;
}
