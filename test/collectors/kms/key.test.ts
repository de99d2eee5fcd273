import { describe, expect, it } from "vitest";
import { kmsKey } from "../../../src/collectors/kms/key.js";
import { snsTopic } from "../../../src/collectors/sns/topic.js";
import { awsError } from "../../sources/support/fake-aws.js";
import { canned } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";
import type { Answers, Read } from "../support/read.js";

const type = "AWS::KMS::Key";
const keyArn = "arn:aws:kms:us-east-1:111111111111:key/1b2fdb78-ce86-4060-9c4c-de11a9ad9a61";
const answers = canned[type] ?? {};
const topicArn = "arn:aws:sns:us-east-1:111111111111:t";

/** A topic that is encrypted with the key named. */
const readKey = (
  KmsMasterKeyId: string,
  change: Answers = {},
  properties: readonly string[] = ["KeyState", "KeyPolicy", "EnableKeyRotation", "Exists"],
): Promise<Read> =>
  readNeeds(
    [kmsKey, snsTopic],
    {
      ListTopics: () => ({ Topics: [{ TopicArn: topicArn }] }),
      GetTopicAttributes: () => ({ Attributes: { TopicArn: topicArn, KmsMasterKeyId } }),
      ...answers,
      ...change,
    },
    {
      needs: [{ type, properties, only: { referencedBy: "AWS::SNS::Topic", path: "KmsMasterKeyId" } }],
    },
  );

describe("the collector of keys", () => {
  it.each([
    [keyArn, keyArn, "1b2fdb78-ce86-4060-9c4c-de11a9ad9a61"],
    ["1b2fdb78-ce86-4060-9c4c-de11a9ad9a61", keyArn, "1b2fdb78-ce86-4060-9c4c-de11a9ad9a61"],
    [
      "mrk-1b2fdb78ce8640609c4cde11a9ad9a61",
      "arn:aws:kms:us-east-1:111111111111:key/mrk-1b2fdb78ce8640609c4cde11a9ad9a61",
      "mrk-1b2fdb78ce8640609c4cde11a9ad9a61",
    ],
    ["alias/audit", "arn:aws:kms:us-east-1:111111111111:alias/audit", "alias/audit"],
    ["alias/aws/sns", "arn:aws:kms:us-east-1:111111111111:alias/aws/sns", "alias/aws/sns"],
    [
      "arn:aws:kms:eu-west-1:222222222222:alias/theirs",
      "arn:aws:kms:eu-west-1:222222222222:alias/theirs",
      "alias/theirs",
    ],
  ])("understands %s", async (reference, arn, id) => {
    const { snapshot, aws } = await readKey(reference);
    expect(snapshot.resources.find((resource) => resource.type === type)).toMatchObject({
      id,
      arn,
      region: arn.split(":")[3],
      account: arn.split(":")[4],
    });
    expect(aws.calls.find(({ operation }) => operation === "DescribeKey")?.input).toEqual({ KeyId: arn });
    // Aliases are not taken by these.
    expect(
      aws.calls
        .filter(({ operation }) => operation !== "DescribeKey" && operation.includes("Key"))
        .map(({ input }) => input["KeyId"]),
    ).toEqual([keyArn, keyArn]);
    expect(saysOf(snapshot, type)).toMatchObject({
      Exists: true,
      KeyState: "Enabled",
      KeyManager: "CUSTOMER",
      KeyPolicy: "{}",
      EnableKeyRotation: true,
    });
  });

  it.each(["", "not a key", "arn:aws:sns:us-east-1:111111111111:t"])("'%s' is none", async (reference) => {
    const { snapshot } = await readKey(reference);
    expect(snapshot.resources.filter((resource) => resource.type === type)).toEqual([]);
  });

  it("asks a key that AWS manages for neither policy nor rotation", async () => {
    const { snapshot, aws } = await readKey("alias/aws/sns", {
      DescribeKey: () => ({ KeyMetadata: { Arn: keyArn, KeyManager: "AWS", KeyState: "Enabled" } }),
    });
    expect([aws.count("GetKeyPolicy"), aws.count("GetKeyRotationStatus")]).toEqual([0, 0]);
    expect(saysOf(snapshot, type)).toMatchObject({
      KeyManager: "AWS",
      KeyPolicy: null,
      EnableKeyRotation: null,
    });
  });

  it("a key that cannot rotate has no rotation set", async () => {
    expect(
      saysOf(
        (await readKey(keyArn, { GetKeyRotationStatus: () => awsError("UnsupportedOperationException") }))
          .snapshot,
        type,
      ),
    ).toMatchObject({ EnableKeyRotation: null });
  });

  it("a key that does not exist is known to be gone", async () => {
    const { snapshot } = await readKey("alias/gone", { DescribeKey: () => awsError("NotFoundException") });
    expect(saysOf(snapshot, type)).toMatchObject({ Exists: false, KeyState: null });
  });

  it.each([
    ["GetKeyPolicy", "KeyPolicy"],
    ["GetKeyRotationStatus", "EnableKeyRotation"],
  ])(
    "%s that does not find what DescribeKey has described leaves its own property unknown",
    async (name, property) => {
      const { snapshot } = await readKey(keyArn, { [name]: () => awsError("NotFoundException") });
      const key = snapshot.resources.find((resource) => resource.type === type);
      expect(saysOf(snapshot, type)).toMatchObject({ Exists: true, KeyState: "Enabled" });
      expect(key?.unreadable?.[property]).toMatchObject({
        reason: "NotFoundException",
        action: `kms:${name}`,
      });
      expect(key?.properties).not.toHaveProperty(property);
    },
  );

  it("a key that none of its calls finds is gone", async () => {
    const gone = (): unknown => awsError("NotFoundException");
    const { snapshot } = await readKey(keyArn, {
      DescribeKey: gone,
      GetKeyPolicy: gone,
      GetKeyRotationStatus: gone,
    });
    expect(saysOf(snapshot, type)).toMatchObject({ Exists: false, KeyPolicy: null });
  });
});
