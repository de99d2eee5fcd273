import { expect, it } from "vitest";
import type { Collector, Identity, ListCall, Place, ReadCall } from "../../src/core/collector.js";
import { propertiesToJson } from "../../src/sources/to-json.js";
import { answerOf, plain, plainArn } from "./support/planted.js";
import { everyCollector } from "./support/every-collector.js";

const token = "S3CR3T";
const account = "111111111111";
const identity: Identity = { id: plain, arn: plainArn, account, region: "us-east-1" };
const place: Place = { account: { id: account, partition: "aws" }, region: "us-east-1" };

/** Members that can hold a secret, or a credential beside its address: none may reach a snapshot. Why: docs/state.md. */
const secretive =
  /Password|Username|AuthParameters|HttpParameters|Environment|SecretString|SecretBinary|SecretArn|\bInput$|InputTransformer|InputTemplate|InputPathsMap|Encryption\.|SpekeKeyProvider|RedshiftDataParameters|EcsParameters|BatchParameters|RunCommandParameters|SageMaker|KinesisParameters|AppSyncParameters|Layers|VpcConfig|ImageConfig|EntryPoint/u;

// The answer is JSON text, or what its text is decides whether it is an answer: other tests plant in these.
const elsewhere = new Set(["cloudcontrol:ListResources", "cloudcontrol:GetResource", "s3:GetBucketPolicy"]);

// An answer about something else, for that is what a planted name makes of it, is refused, and nothing of it is kept.
function saidBy(call: ListCall | ReadCall, output: object): readonly Readonly<Record<string, unknown>>[] {
  try {
    return "found" in call
      ? call
          .found(output as never, place, { ...identity, properties: {} })
          .map(({ id, arn, properties }) => ({ ...properties, id, arn }))
      : [call.read(output as never, identity) ?? {}];
  } catch {
    return [];
  }
}

async function keptBy(type: string, call: ListCall | ReadCall): Promise<readonly string[]> {
  const { service, name } = call.operation;
  if (elsewhere.has(`${service}:${name}`)) return [];
  const answer = await answerOf(call.operation, token);
  return answer.leaves.flatMap((leaf) => {
    const said = saidBy(call, answer.plant(leaf));
    const names = said.flatMap((properties) =>
      Object.keys(properties).filter((property) =>
        JSON.stringify(propertiesToJson([property], properties)).includes(token),
      ),
    );
    return names.length === 0
      ? []
      : [`${type} ${service}:${name} ${leaf} → ${[...new Set(names)].sort().join(", ")}`];
  });
}

async function kept(collectors: Iterable<Collector>): Promise<readonly string[]> {
  const all: string[] = [];
  for (const { type, list, reads } of collectors)
    for (const call of [...(list === undefined ? [] : [list]), ...reads])
      all.push(...(await keptBy(type, call)));
  return [...new Set(all)].sort();
}

it("of all texts that AWS can answer, these are kept, and none that can hold a secret", async () => {
  const all = await kept((await everyCollector()).values());
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((line) => secretive.test(line.split(" ")[2] ?? ""))).toEqual([]);
  await expect(`${all.join("\n")}\n`).toMatchFileSnapshot("support/kept.txt");
});
