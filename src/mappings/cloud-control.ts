import { Hole } from "../core/declared.js";
import type { Given } from "../core/declared.js";
import { isGivenList, isGivenObject } from "./given.js";
import { IDENTITIES } from "./identities.js";
import { ATTACHMENTS } from "./list.js";
import { snakeCase } from "./terraform.js";
import type { Members, Origin, TerraformMapping } from "./terraform.js";

const SERVICES = [
  "CloudTrail",
  "CloudWatch",
  "Config",
  "Events",
  "KMS",
  "Lambda",
  "Logs",
  "MediaPackage",
  "MediaPackageV2",
  "S3",
  "SNS",
  "SQS",
];

/** Of types that hold secrets, or anybody's words, no more is read than this. */
const ALONE: Readonly<Record<string, readonly string[]>> = {
  "AWS::Events::Connection": ["name", "authorization_type", "arn", "id"],
  "AWS::Lambda::Function": ["function_name", "arn", "id"],
};

/**
 * Types of the provider hashicorp/awscc → CloudFormation's, of whose schemas that provider is made: its names are
 * CloudFormation's in snake case.
 */
export const CLOUD_CONTROL_TYPES: Readonly<Record<string, string>> = Object.fromEntries(
  [...Object.keys(IDENTITIES), ...ATTACHMENTS.map(({ type }) => type)].flatMap((type) => {
    const [vendor, service = "", resource = ""] = type.split("::");
    return vendor === "AWS" && SERVICES.includes(service)
      ? [[`awscc_${service.toLowerCase()}_${snakeCase(resource)}`, type]]
      : [];
  }),
);

/** Names that CloudFormation spells otherwise than by a capital for each word: type → names at any depth. */
const SPELLED: Readonly<Record<string, readonly string[]>> = {
  "AWS::CloudTrail::Trail": ["KMSKeyId"],
  "AWS::CloudWatch::Alarm": ["OKActions", "PromQLCriteria"],
  "AWS::CloudWatch::CompositeAlarm": ["OKActions"],
  "AWS::CloudWatch::LogAlarm": ["OKActions"],
  "AWS::Config::ConfigurationRecorder": ["RoleARN"],
  "AWS::Config::DeliveryChannel": ["SnsTopicARN"],
  "AWS::Lambda::Permission": ["PrincipalOrgID"],
  "AWS::S3::Bucket": ["SSEAlgorithm", "KMSMasterKeyID"],
};

/** What a resource of awscc is, by the attributes that it has; undefined for a type that is not read. */
export function cloudControlMapping(
  terraform: string,
  attributes: readonly string[],
): TerraformMapping | undefined {
  const type = Object.hasOwn(CLOUD_CONTROL_TYPES, terraform) ? CLOUD_CONTROL_TYPES[terraform] : undefined;
  if (type === undefined) return undefined;
  const own = ownIdAttribute(type, attributes);
  const properties: Members = Object.fromEntries(
    attributes
      .filter((name) => (name !== "id" || own === "id") && name !== "tags")
      .filter((name) => ALONE[type]?.includes(name) ?? true)
      .map((name): readonly [string, Origin] =>
        name === own ? ["Id", name] : [propertyName(name, type), plainOrigin(name, type)],
      ),
  );
  return { type, properties, computed: attributes, formulas: { ...FORMULAS[type] } };
}

const FORMULAS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "AWS::SNS::Topic": { topic_arn: "{arn}" },
  "AWS::CloudTrail::EventDataStore": { event_data_store_arn: "{arn}" },
  "AWS::CloudTrail::Channel": { channel_arn: "{arn}" },
  "AWS::KMS::Key": { key_id: "{ref}" },
};

// A property Id would hide the id that every resource of the provider has; newer versions call it channel_id and the like.
function ownIdAttribute(type: string, attributes: readonly string[]): string | undefined {
  if (IDENTITIES[type]?.name !== "Id") return undefined;
  const renamed = `${snakeCase(type.split("::")[2] ?? "")}_id`;
  return attributes.includes(renamed) ? renamed : "id";
}

// The name of a resource must be an attribute alone, so that it can be made up.
function plainOrigin(attribute: string, type: string): Origin {
  if (IDENTITIES[type]?.name === propertyName(attribute, type)) return attribute;
  return {
    from: [attribute],
    shape: (read) => {
      const value = read(attribute);
      return value === undefined ? undefined : spelled(value, type);
    },
  };
}

function spelled(value: Given, type: string): Given {
  if (value instanceof Hole) return value;
  if (isGivenList(value)) return value.map((one) => spelled(one, type));
  if (!isGivenObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [propertyName(name, type), spelled(member, type)]),
  );
}

function propertyName(attribute: string, type: string): string {
  const known = Object.hasOwn(SPELLED, type) ? SPELLED[type] : undefined;
  return (
    known?.find((name) => snakeCase(name) === attribute) ??
    attribute.replaceAll(/(?:^|_)([a-z\d])/gu, (_whole, letter: string) => letter.toUpperCase())
  );
}
