import { hash } from "node:crypto";
import type { Subject } from "../core/judgement.js";

/** The stable id of a finding: 32 hex digits of SHA-256 over rule, account, region and subject, never a position or a message. */
export function fingerprint(place: {
  readonly rule: string;
  readonly account: string;
  readonly region: string;
  readonly subject: Subject;
}): string {
  const { kind, type, id, arn } = place.subject;
  const parts = [place.rule, place.account, place.region, kind, type, arn ?? id];
  return hash("sha256", JSON.stringify(parts)).slice(0, 32);
}
