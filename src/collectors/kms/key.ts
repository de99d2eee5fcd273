import type {
  DescribeKeyResponse,
  GetKeyPolicyResponse,
  GetKeyRotationStatusResponse,
  ListKeysResponse,
} from "@aws-sdk/client-kms";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Identity, Operation } from "../../core/collector.js";
import type { JsonObject } from "../../core/json.js";
import { parseArn } from "../../shared/aws/arn.js";
import { given } from "../../shared/aws/names.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "kms",
  name,
  proof: { members },
});

// These operations take no alias; and a key that AWS manages has neither a policy nor a rotation of its owner's making.
function byKey(_key: Identity, { KeyArn, KeyManager }: JsonObject): JsonObject | undefined {
  return KeyManager === "AWS" || typeof KeyArn !== "string" ? undefined : { KeyId: KeyArn };
}

/** KMS keys that something refers to by id, ARN, alias or the alias's ARN. A key that two names lead to stands there under each. */
export const kmsKey = defineCollector({
  type: "AWS::KMS::Key",
  summary: "KMS keys, of trails, log groups, topics and log buckets or all: state, manager, policy, rotation",
  list: listCall<ListKeysResponse>({
    operation: operation("ListKeys", "Keys"),
    at: "each-region",
    input: () => ({ Limit: 1000 }),
    pages: { ask: "Marker", answer: "NextMarker" },
    properties: [],
    found: ({ Keys }) =>
      given(Keys, "Keys").map(({ KeyId = "", KeyArn }) => ({
        id: KeyId,
        ...(KeyArn === undefined ? {} : { arn: KeyArn }),
        properties: {},
      })),
  }),
  reads: [
    readCall<DescribeKeyResponse>({
      operation: operation("DescribeKey", "KeyMetadata.Arn"),
      input: ({ arn, id }) => ({ KeyId: arn ?? id }),
      properties: [
        "KeyArn",
        "KeyManager",
        "KeyState",
        "Enabled",
        "KeySpec",
        "KeyUsage",
        "Origin",
        "MultiRegion",
      ],
      read: ({ KeyMetadata: key }) => ({
        KeyArn: key?.Arn,
        KeyManager: key?.KeyManager,
        KeyState: key?.KeyState,
        Enabled: key?.Enabled,
        KeySpec: key?.KeySpec,
        KeyUsage: key?.KeyUsage,
        Origin: key?.Origin,
        MultiRegion: key?.MultiRegion,
      }),
      gone: ["NotFoundException"],
    }),
    readCall<GetKeyPolicyResponse>({
      operation: operation("GetKeyPolicy", "Policy"),
      after: ["KeyArn", "KeyManager"],
      input: byKey,
      properties: ["KeyPolicy"],
      read: ({ Policy }) => ({ KeyPolicy: Policy }),
      gone: ["NotFoundException"],
    }),
    readCall<GetKeyRotationStatusResponse>({
      operation: operation("GetKeyRotationStatus", "KeyRotationEnabled"),
      after: ["KeyArn", "KeyManager"],
      input: byKey,
      properties: ["EnableKeyRotation", "RotationPeriodInDays"],
      read: ({ KeyRotationEnabled, RotationPeriodInDays }) => ({
        EnableKeyRotation: KeyRotationEnabled,
        RotationPeriodInDays,
      }),
      // Asymmetric keys, HMAC keys and keys of a custom store cannot rotate.
      notSet: ["UnsupportedOperationException"],
      gone: ["NotFoundException"],
    }),
  ],
  refer(reference, { account, region, arn }) {
    const full = parseArn(reference);
    if (full !== undefined)
      return full.service === "kms"
        ? {
            id: full.resource.replace(/^key\//u, ""),
            arn: reference,
            account: full.account,
            region: full.region,
          }
        : undefined;
    if (!/^(?:alias\/.+|(?:mrk-)?[0-9a-f-]{32,36})$/u.test(reference)) return undefined;
    const path = reference.startsWith("alias/") ? reference : `key/${reference}`;
    return {
      id: reference,
      arn: `arn:${parseArn(arn ?? "")?.partition ?? "aws"}:kms:${region}:${account}:${path}`,
      account,
      region,
    };
  },
  observed: ["KeyArn", "KeyManager", "KeyState", "Origin"],
});
