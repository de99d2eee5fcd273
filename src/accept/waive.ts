import { readFile } from "node:fs/promises";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Finding } from "../core/report.js";
import { WAIVER_DAYS } from "../core/waiver.js";
import type { LocatedWaiver, Waiver } from "../core/waiver.js";
import { waiverHolds, waiverMatches } from "./waiver-matches.js";
import { parseWaivers } from "../loaders/load-waivers.js";
import { dayOf, isDay } from "../shared/calendar.js";
import { isPlainName } from "../shared/glob.js";
import { printable } from "../shared/text/terminal-text.js";
import { plural } from "../shared/text/words.js";
import { replaceFile } from "../sources/replace-file.js";

/** A failure to accept, and the words that go with it. */
export type WaiveRequest = {
  readonly finding: Finding;
  /** The file of waivers; it is made where there is none. */
  readonly file: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds: YYYY-MM-DD, UTC. */
  readonly expires: string;
  readonly ticket?: string;
  /** The present day: YYYY-MM-DD, UTC. */
  readonly today: string;
  /** How many days ahead a waiver may end. Default: 366. */
  readonly maxDays?: number;
};

/** The waiver that was written, or why none was; `diagnostics` where the file holds mistakes. */
export type WaiveResult =
  | { readonly ok: true; readonly waiver: Waiver }
  | { readonly ok: false; readonly because: string; readonly diagnostics?: readonly Diagnostic[] };

/**
 * Writes a waiver for one failure to the end of a file, atomically; what stands in the file stays as it is. Refuses what is no failure,
 * a day that is past or too far ahead, a name that would be a pattern, and a failure that a waiver which holds accepts already.
 */
export async function waive(request: WaiveRequest): Promise<WaiveResult> {
  const refusal = refuseRequest(request);
  if (refusal !== undefined) return { ok: false, because: refusal };
  const text = await readIfThere(request.file);
  const written =
    text === undefined ? { ok: true as const, value: [] } : await parseWaivers(text, request.file);
  if (!written.ok)
    return { ok: false, because: `${request.file} holds mistakes`, diagnostics: written.diagnostics };
  const other = written.value.find(
    ({ waiver }) =>
      waiverMatches(waiver, request.finding) &&
      waiverHolds(waiver, request.today, request.maxDays ?? WAIVER_DAYS) === "holds",
  );
  if (other !== undefined) return { ok: false, because: alreadyWaived(other) };
  const waiver = waiverOf(request);
  // Loaded here, so that a program that waives nothing starts without a YAML parser.
  const { appendWaiver } = await import("../loaders/append-waiver.js");
  await replaceFile(request.file, await appendWaiver(text, waiver));
  return { ok: true, waiver };
}

function refuseRequest({
  finding,
  reason,
  owner,
  expires,
  today,
  maxDays = WAIVER_DAYS,
}: WaiveRequest): string | undefined {
  if (finding.status !== "fail")
    return `finding ${finding.id} is ${finding.status}: only failures can be waived`;
  if (isPattern(nameOf(finding)))
    return `the name ${printable(nameOf(finding))} holds a "*", which stands for any characters in a waiver and would accept other failures, too; write the waiver by hand if that is meant`;
  if (reason.trim() === "") return "a waiver needs a reason";
  if (owner.trim() === "") return "a waiver needs an owner";
  if (!isDay(expires)) return `"${expires}" is not a day of the calendar; write YYYY-MM-DD`;
  const holds = waiverHolds({ expires }, today, maxDays);
  if (holds === "expired") return `${expires} is past: today is ${today} (UTC)`;
  return holds === "too-far"
    ? `${expires} is more than ${plural(maxDays, "day")} ahead; the last day allowed is ${dayOf(Date.parse(today) + maxDays * 86_400_000)}`
    : undefined;
}

// Who may name things in the account could else have one waiver accept all of them. The ARN of a log group ends with a star by itself.
function isPattern(name: string): boolean {
  return !isPlainName(name.replace(/(:log-group:[^:]+):\*$/u, "$1"));
}

function nameOf({ subject }: Finding): string {
  return subject.arn ?? subject.id;
}

function waiverOf({ finding, reason, owner, expires, ticket }: WaiveRequest): Waiver {
  const { rule, account, region } = finding;
  const isKnown = /^\d{12}$/u.test(account);
  return {
    rule,
    subject: nameOf(finding),
    ...(isKnown ? { account } : {}),
    region,
    reason,
    owner,
    expires,
    ...(ticket === undefined ? {} : { ticket }),
  };
}

function alreadyWaived({ waiver, file = "a file", at }: LocatedWaiver): string {
  return `this failure is waived until ${waiver.expires} already, by ${waiver.owner} (${file}${at === undefined ? "" : `:${at.line.toString()}`})`;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
