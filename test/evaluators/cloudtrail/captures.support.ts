import { expect } from "vitest";
import type { Account } from "../../../src/core/account.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { cloudtrailCaptures } from "../../../src/evaluators/cloudtrail/captures.js";

export type Options = Parameters<typeof cloudtrailCaptures.evaluate>[1];

export const glacier: Options = { events: { source: "glacier.amazonaws.com" } };
export const objects: Options = { data: { type: "AWS::S3::Object" } };

export function judge(state: Account, options: Options = glacier): Verdict {
  const judgements = cloudtrailCaptures.evaluate(state, options);
  expect(judgements).toHaveLength(1);
  expect(judgements[0]!.subject).toEqual({ kind: "account", type: "AWS::Account", id: "111122223333" });
  return judgements[0]!.verdict;
}

export const witnessOf = (verdict: Verdict): JsonObject | undefined =>
  "witness" in verdict ? verdict.witness : undefined;
export const links = (verdict: Verdict): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    (verdict.candidates ?? []).map(({ ref, status, brokenLink }) => [
      ref.split("/").at(-1) ?? ref,
      brokenLink ?? status,
    ]),
  );
export const f = (Field: string, operators: JsonObject): JsonObject => ({ Field, ...operators });
export const advanced = (...selectors: readonly (readonly JsonObject[])[]): JsonObject => ({
  AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })),
});
export const category = (value: string): JsonObject => f("eventCategory", { Equals: [value] });
export const s3 = f("resources.type", { Equals: ["AWS::S3::Object"] });
export const writeOnly = { EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] };
export const readOnly = { EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] };
