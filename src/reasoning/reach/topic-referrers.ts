import type { Account, Blind } from "../../core/account.js";
import type { JsonValue } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { byKeys, sortedUnique } from "../../shared/order.js";
import { isArray, isObject, readProperty } from "../../shared/read-property.js";
import { ALARM_TYPES } from "./alarm-world.js";
import { addAll } from "../../shared/many.js";

const TOPIC = "AWS::SNS::Topic";
const actionLists = ["AlarmActions[]", "OKActions[]", "InsufficientDataActions[]"];

/** What notifies topics: resource types, and the paths at which they name them. */
const referrers: readonly { readonly type: string; readonly paths: readonly string[] }[] = [
  ...Object.values(ALARM_TYPES).map((type) => ({ type, paths: actionLists })),
  { type: "AWS::Events::Rule", paths: ["Targets[].Arn"] },
  { type: "AWS::Glacier::Vault", paths: ["NotificationConfiguration.SNSTopic"] },
  { type: "AWS::S3::Bucket", paths: ["NotificationConfiguration.TopicConfigurations[].Topic"] },
  { type: "AWS::CloudTrail::Trail", paths: ["SnsTopicARN"] },
];

/** What must be read to find the topics that something notifies, with these properties of each. */
export function notifiedTopicNeeds(properties: readonly string[]): readonly Need[] {
  return referrers.flatMap(({ type, paths }) => [
    { type, properties: sortedUnique(paths.map((path) => path.split(/[.[]/u)[0] ?? path)) },
    ...paths.map((path): Need => ({ type: TOPIC, properties, only: { referencedBy: type, path } })),
  ]);
}

/** A topic, and the resources that notify it. */
export type NotifiedTopic = {
  readonly arn: string;
  readonly topic: Resource | undefined;
  readonly by: readonly Resource[];
};

/** The topics that something notifies, each once, by ARN; and where or in what more could be named. */
export function notifiedTopics(account: Account): {
  readonly topics: readonly NotifiedTopic[];
  readonly blind: readonly Blind[];
  readonly unread: readonly Resource[];
} {
  const byArn = new Map<string, Resource[]>();
  const unread: Resource[] = [];
  const blind: Blind[] = [];
  for (const { type, paths } of referrers) {
    const listing = account.list(type);
    addAll(blind, listing.blind);
    for (const resource of listing.resources) {
      if (paths.some((path) => isUnread(resource, path))) unread.push(resource);
      for (const arn of new Set(paths.flatMap((path) => topicsAt(resource, path))))
        byArn.set(arn, [...(byArn.get(arn) ?? []), resource]);
    }
  }
  const topics = [...byArn]
    .map(([arn, by]) => ({ arn, by, topic: account.find(TOPIC, arn) }))
    .sort(byKeys<NotifiedTopic>(({ arn }) => arn));
  return { topics, blind, unread };
}

function isUnread(resource: Resource, path: string): boolean {
  const { kind } = readProperty(resource, path.split(/[.[]/u)[0] ?? path);
  return kind === "unreadable" || kind === "not-collected";
}

function topicsAt(resource: Resource, path: string): readonly string[] {
  const [root = "", ...steps] = path.replaceAll("[]", ".[]").split(".");
  const reading = readProperty(resource, root);
  const values = steps.reduce<readonly JsonValue[]>(
    (found, step) => found.flatMap((value) => into(value, step)),
    reading.kind === "set" ? [reading.value] : [],
  );
  return values
    .filter((value) => typeof value === "string")
    .filter((arn) => /^arn:[^:]*:sns:[^:]*:[^:]*:[^:]+$/u.test(arn));
}

function into(value: JsonValue, step: string): readonly JsonValue[] {
  if (step === "[]") return isArray(value) ? value : [];
  const member = isObject(value) ? value[step] : undefined;
  return member === undefined ? [] : [member];
}
