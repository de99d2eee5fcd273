import { serviceOf } from "../../../src/aws/services.js";
import type { Operation } from "../../../src/core/collector.js";

/** Where a text stands in an answer: member names, with [] for each item and {name} for a key of a map. */
export type Leaf = string;

/** An answer of the SDK in which every member of the operation's model is there, and `planted` stands in one text alone. */
export type Answer = { readonly leaves: readonly Leaf[]; plant(leaf: Leaf): object };

type Schema = number | (() => Schema) | readonly unknown[];

// Keys of the maps that SNS and SQS answer, and one that nobody knows.
const attributes = [
  ...["TopicArn", "DisplayName", "KmsMasterKeyId", "FifoTopic", "Policy", "Owner", "QueueArn", "Protocol"],
  ...["Endpoint", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "SqsManagedSseEnabled", "Unexpected"],
];

/** What an operation can answer, by the SDK's own model of it. */
export async function answerOf({ service, name }: Operation, token: string): Promise<Answer> {
  const sdk = (await serviceOf(service).load()) as Readonly<
    Record<string, new (input: object) => { schema: Schema }>
  >;
  const { schema } = new sdk[`${name}Command`]!({});
  const output = (schema as readonly unknown[])[5] as Schema;
  const leaves: Leaf[] = [];
  fill(output, { at: "", plant: (at) => (leaves.push(at), undefined) });
  return {
    leaves: [...new Set(leaves)],
    plant: (leaf) => fill(output, { at: "", plant: (at) => (at === leaf ? token : undefined) }) as object,
  };
}

/** What stands where nothing is planted: fit for a name and, where an ARN is expected, for one. */
export const plain = "plain";
export const plainArn = "arn:aws:x:us-east-1:111111111111:plain";

type Filling = {
  readonly at: string;
  readonly plant: (at: Leaf) => string | undefined;
  readonly within?: readonly unknown[];
};

// Kinds and numbers: https://github.com/smithy-lang/smithy-typescript/tree/main/packages/types/src/schema
function fill(schema: Schema, filling: Filling): unknown {
  if (typeof schema === "function") return fill(schema(), filling);
  if (typeof schema === "number") return scalar(schema, filling);
  const { at, within = [] } = filling;
  const [kind, , name, , a, b] = schema;
  if (typeof kind !== "number" || schema.length === 2) return fill(kind as Schema, filling);
  if (kind === 0) return fill(a as Schema, filling);
  // A model that holds itself is filled once.
  if (within.filter((known) => known === name).length > 1) return undefined;
  const deeper = { ...filling, within: [...within, name] };
  if (kind === 1) return [fill(a as Schema, { ...deeper, at: `${at}[]` })];
  if (kind === 2) return mapped(b as Schema, deeper);
  const members = (a as readonly string[]).map(
    (member, index) =>
      [
        member,
        fill((b as readonly Schema[])[index] ?? 0, { ...deeper, at: at === "" ? member : `${at}.${member}` }),
      ] as const,
  );
  return Object.fromEntries(members);
}

function mapped(value: Schema, filling: Filling): object {
  return Object.fromEntries(
    attributes.map((key) => [key, fill(value, { ...filling, at: `${filling.at}{${key}}` })]),
  );
}

function scalar(kind: number, filling: Filling): unknown {
  const { at, plant } = filling;
  if (kind >= 128) return mapped(kind - 128, filling);
  if (kind >= 64) return [fill(kind - 64, { ...filling, at: `${at}[]` })];
  if (kind === 0) return plant(at) ?? (/Arn\}?$/iu.test(at) ? plainArn : plain);
  if (kind === 1 || kind === 17 || kind === 19) return 7;
  if (kind === 2) return true;
  if (kind >= 4 && kind <= 7) return new Date("2026-11-20T00:00:00Z");
  return undefined;
}
