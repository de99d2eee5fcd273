import type { Account } from "../../core/account.js";
import type { Reading } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { readBoolean } from "../../shared/read-property.js";
import { explainUnreadable } from "../../shared/text/unreadable-text.js";
import { listed } from "../../shared/text/words.js";
import { adviceTypes } from "./advice.js";
import { evidenceOf } from "../evidence.js";

const apis = [
  { property: "SupportApiEntitled", name: "the Support API" },
  { property: "TrustedAdvisorApiEntitled", name: "the Trusted Advisor API" },
] as const;

/**
 * Whether one of the two APIs answers. A plan without access fails, once one of them said so; a refused permission
 * says nothing of the plan.
 */
export function judgeAccess(account: Account): Verdict {
  const [access] = account.list(adviceTypes.access).resources;
  if (access === undefined)
    return unknown("not-collected", "whether Trusted Advisor answers is not in this snapshot");
  const readings = apis.map((api) => ({ ...api, reading: readBoolean(access, api.property) }));
  const evidence = evidenceOf(account, access, [
    "SupportApiEntitled",
    "SupportApiCategories",
    "TrustedAdvisorApiEntitled",
  ]);
  const open = readings.filter(({ reading }) => reading.kind === "set" && reading.value);
  if (open.length > 0)
    return pass(`Trusted Advisor's checks can be read, by ${listed(open.map(({ name }) => name))}`, {
      evidence,
    });
  const closed = readings.filter(({ reading }) => reading.kind === "set");
  if (closed.length > 0)
    return fail(
      `the support plan gives no access to Trusted Advisor: ${listed(closed.map(({ name }) => name))} ${closed.length === 1 ? "says" : "say"} so`,
      { evidence, witness: { entitled: false, apis: closed.map(({ name }) => name) } },
    );
  const isRefused = readings.some(({ reading }) => reading.kind === "unreadable");
  return unknown(
    isRefused ? "unreadable" : "not-collected",
    `whether the support plan gives access to Trusted Advisor could not be read: ${readings.map(({ name, reading }) => `${name}: ${why(reading)}`).join("; ")}`,
    { evidence },
  );
}

function why(reading: Reading<boolean>): string {
  return reading.kind === "unreadable" ? explainUnreadable(reading.because) : "not in this snapshot";
}
