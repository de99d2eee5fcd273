import type { Account, Blind } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { readText } from "../../shared/read-property.js";
import { findKey } from "../admits/key.js";

/** What names a key: the type, and the property. */
const namers = [
  { type: "AWS::CloudTrail::Trail", property: "KMSKeyId" },
  { type: "AWS::Logs::LogGroup", property: "KmsKeyId" },
  { type: "AWS::SNS::Topic", property: "KmsMasterKeyId" },
] as const;

/** What must be read to find the keys that encrypt trails, log groups and topics, with these properties of each key. */
export function logKeyNeeds(properties: readonly string[]): readonly Need[] {
  return namers.flatMap(({ type, property }) => [
    { type, properties: [property] },
    {
      type: "AWS::KMS::Key",
      properties: ["KeyArn", "KeyManager", ...properties],
      only: { referencedBy: type, path: property },
    },
  ]);
}

/** A key, or a name that leads to none, with what it encrypts. */
export type LogKey = {
  readonly reference: string;
  readonly key?: Resource;
  readonly encrypts: readonly Resource[];
};

/** The keys that trails, log groups and topics name, each once however it is named, and where more of them could hide. */
export function logKeys(account: Account): {
  readonly keys: readonly LogKey[];
  readonly blind: readonly Blind[];
  readonly unread: readonly Unread[];
} {
  const found = new Map<string, LogKey>();
  const unread: Unread[] = [];
  for (const { type, property } of namers) {
    for (const resource of account.list(type).resources) {
      const reading = readText(resource, property);
      if (reading.kind === "unreadable" || reading.kind === "not-collected")
        unread.push({ resource, property });
      // The keys behind these aliases are AWS's own.
      if (reading.kind !== "set" || /(?:^|:)alias\/aws\//u.test(reading.value)) continue;
      const key = findKey(account, reading.value, resource);
      const id = identityOf(key, reading.value, resource);
      const known = found.get(id);
      found.set(id, {
        ...(known ?? { reference: reading.value, ...(key === undefined ? {} : { key }) }),
        encrypts: [...(known?.encrypts ?? []), resource],
      });
    }
  }
  return { keys: [...found.values()], blind: namers.flatMap(({ type }) => account.list(type).blind), unread };
}

/** Something that may name a key, of which it could not be read. */
export type Unread = { readonly resource: Resource; readonly property: string };

function identityOf(key: Resource | undefined, reference: string, { region }: Resource): string {
  const arn = key === undefined ? undefined : readText(key, "KeyArn");
  return arn?.kind === "set" ? arn.value : (key?.arn ?? `${region} ${reference}`);
}
