import { readFileSync } from "node:fs";
import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { AsffFinding } from "../../src/shared/asff/asff.js";

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
addFormats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL("schemas/asff.schema.json", import.meta.url), "utf8")),
);

/** What the documented limits say against batches of findings; [] where they hold. */
export function asffErrors(batches: unknown): readonly string[] {
  return validate(batches)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

/** A finding as the SDK types it: every member that is sent is one that Security Hub knows, or this does not compile. */
export function asSdkFinding(finding: Mutable<AsffFinding>): AwsSecurityFinding {
  return finding;
}

/** The batches that the reporter wrote. */
export function readBatches(text: string): readonly { readonly Findings: readonly AsffFinding[] }[] {
  return JSON.parse(text) as ReturnType<typeof readBatches>;
}
