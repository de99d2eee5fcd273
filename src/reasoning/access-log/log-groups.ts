import type { Account, Blind } from "../../core/account.js";
import type { JsonValue } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { isObject, readProperty } from "../../shared/read-property.js";

const GROUP = "AWS::Logs::LogGroup";

/** Where a type names the log group that it writes to. */
type Namer = { readonly type: string; readonly property: string; readonly member?: string };

const namers: readonly Namer[] = [
  { type: "AWS::CloudTrail::Trail", property: "CloudWatchLogsLogGroupArn" },
  { type: "AWS::MediaPackage::Channel", property: "EgressAccessLogs", member: "LogGroupName" },
  { type: "AWS::MediaPackage::Channel", property: "IngressAccessLogs", member: "LogGroupName" },
  { type: "AWS::MediaPackage::PackagingGroup", property: "EgressAccessLogs", member: "LogGroupName" },
  { type: "AWS::Logs::DeliveryDestination", property: "DestinationResourceArn" },
];

/** What must be read to find the log groups that receive trails and access logs, and these properties of them. */
export function logGroupNeeds(properties: readonly string[]): readonly Need[] {
  return namers.flatMap(({ type, property, member }) => [
    { type, properties: [property] },
    {
      type: GROUP,
      properties: ["Exists", ...properties],
      only: { referencedBy: type, path: member === undefined ? property : `${property}.${member}` },
    },
  ]);
}

/** Whether a log group receives a trail, or access logs. */
export function receivesLogs(account: Account): (group: Resource) => boolean {
  const names = new Set(
    namers.flatMap((namer) =>
      account.list(namer.type).resources.flatMap((resource) => nameIn(resource, namer)),
    ),
  );
  return ({ id, arn, region, account: owner }) =>
    names.has(`${owner} ${region} ${id}`) || (arn !== undefined && names.has(arn));
}

/** The lists that could name more log groups, and could not be read. */
export function hiddenNamers(account: Account): readonly Blind[] {
  return [...new Set(namers.map(({ type }) => type))].flatMap((type) => account.list(type).blind);
}

/** The resources of which it could not be read whether they name a log group; each once. */
export function unreadNamers(account: Account): readonly Resource[] {
  const unread = namers.flatMap(({ type, property }) =>
    account.list(type).resources.filter((resource) => readProperty(resource, property).kind === "unreadable"),
  );
  return [...new Set(unread)];
}

function nameIn(resource: Resource, { property, member }: Namer): readonly string[] {
  const reading = readProperty(resource, property);
  if (reading.kind !== "set") return [];
  const value: JsonValue | undefined =
    member !== undefined && isObject(reading.value) ? reading.value[member] : reading.value;
  if (typeof value !== "string") return [];
  return value.startsWith("arn:")
    ? [value.replace(/:\*$/u, "")]
    : [`${resource.account} ${resource.region} ${value}`];
}
