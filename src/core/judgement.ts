import type { Account } from "./account.js";
import type { Subject } from "./formats/report.js";
import type { Resource } from "./resource.js";
import type { Verdict } from "./verdict.js";

export type { Subject };

/** A verdict about a subject. `region` is the subject's home region, "global" for the account. */
export type Judgement = { readonly subject: Subject; readonly region: string; readonly verdict: Verdict };

/** A judgement about the account as a whole. */
export function aboutAccount(account: Pick<Account, "label">, verdict: Verdict): Judgement {
  return { subject: { kind: "account", type: "AWS::Account", id: account.label }, region: "global", verdict };
}

/** A judgement about one region of the account. */
export function aboutRegion(region: string, verdict: Verdict): Judgement {
  return { subject: { kind: "region", type: "AWS::Region", id: region }, region, verdict };
}

/** A judgement about one resource. */
export function aboutResource(resource: Resource, verdict: Verdict): Judgement {
  const { type, id, arn, region } = resource;
  return { subject: { kind: "resource", type, id, ...(arn === undefined ? {} : { arn }) }, region, verdict };
}
