import type { Delivery, Message, Notifier, RunChange } from "../core/notifier.js";
import type { Finding, Report } from "../core/report.js";
import { toAsff } from "../shared/asff/asff.js";
import type { AsffFinding } from "../shared/asff/asff.js";
import { asffBatches } from "../shared/asff/batches.js";
import { partitionOf } from "../shared/aws/partitions.js";
import { printable } from "../shared/text/terminal-text.js";
import { plural } from "../shared/text/words.js";
import { refusalText } from "./call-aws.js";
import type { Answer, CallAws } from "./call-aws.js";

/** Imports findings into each account's Security Hub in one region: all open ones, and those that ended, archived. */
export function securityHubNotifier(region: string, call: CallAws): Notifier {
  return {
    channel: `securityHub ${region}`,
    messages: (change) =>
      asffBatches([...openOnes(change, region), ...endedOnes(change, region)]).map((batch) =>
        messageOf(batch, region),
      ),
    async send({ body, account }) {
      const answer = await call(
        { service: "securityhub", region, operation: "BatchImportFindings", input: { ...body } },
        account,
      );
      return answer.ok ? readAnswer(answer.value) : { kind: "failed", because: whyRefused(answer, region) };
    },
  };
}

// Security Hub forgets a finding 90 days after its last update, so that what is open is imported by every run.
function openOnes({ after, at }: RunChange, region: string): readonly AsffFinding[] {
  const place = placesOf(after, { at, region });
  // Security Hub takes findings from an account's own credentials alone, and they were refused: what it holds stays as it is.
  const entered = new Set(after.accounts.filter(({ regions }) => regions.length > 0).map(({ id }) => id));
  return after.findings
    .filter((finding) => isShown(finding) && entered.has(finding.account))
    .flatMap((finding) => place(finding));
}

function endedOnes({ before, after, at }: RunChange, region: string): readonly AsffFinding[] {
  if (before === undefined) return [];
  const now = new Map(after.findings.map((finding) => [finding.id, finding]));
  const gone = new Map(before.diff.gone.map(({ id, because = "it is no longer judged" }) => [id, because]));
  const [current, previous] = [placesOf(after, { at, region }), placesOf(before.report, { at, region })];
  return before.report.findings.filter(isShown).flatMap((old) => {
    const finding = now.get(old.id);
    if (finding !== undefined) return isShown(finding) ? [] : current(finding);
    const because = gone.get(old.id) ?? (isJudged(after, old) ? "it is no longer found" : undefined);
    return because === undefined ? [] : previous(old, because);
  });
}

/** What stands in Security Hub: failures, and what nobody could judge. */
function isShown({ status }: Finding): boolean {
  return status === "fail" || status === "unknown" || status === "error";
}

// What only could not be judged before is in no list of a comparison. Where nobody looked again, it stays as it is.
function isJudged({ accounts, findings }: Report, old: Finding): boolean {
  const account = accounts.find(({ id }) => id === old.account);
  if (old.status === "fail" || account === undefined) return false;
  return (
    (old.region === "global" || account.regions.includes(old.region)) &&
    findings.some(({ account: id }) => id === old.account)
  );
}

type Place = (finding: Finding, gone?: string) => readonly AsffFinding[];

/** An account in another partition than the region has no Security Hub there. */
function placesOf(
  { accounts, tool }: Report,
  { at, region }: { readonly at: string; readonly region: string },
): Place {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return (finding, gone) => {
    const account = byId.get(finding.account);
    if (account === undefined || account.partition !== partitionOf(region)) return [];
    // A clock that is behind must not make a finding older than what it shows.
    const updatedAt = Date.parse(at) < Date.parse(account.takenAt) ? account.takenAt : at;
    const shown = toAsff(
      finding,
      { partition: account.partition, region, observedAt: account.takenAt, updatedAt, version: tool.version },
      gone,
    );
    return [isShown(finding) ? shown : { ...shown, RecordState: "ARCHIVED" }];
  };
}

function messageOf(batch: readonly AsffFinding[], region: string): Message {
  const account = batch[0]?.AwsAccountId ?? "";
  const archived = batch.filter(({ RecordState }) => RecordState === "ARCHIVED").length;
  const about = `${plural(batch.length - archived, "open finding")}, ${archived.toString()} archived`;
  return { to: `Security Hub of account ${account} in ${region}`, about, body: { Findings: batch }, account };
}

// A call that succeeds may have refused findings. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
function readAnswer(answer: unknown): Delivery {
  const { FailedCount = 0, FailedFindings = [] } = isRecord(answer) ? answer : {};
  const failed = (Array.isArray(FailedFindings) ? FailedFindings : []).filter(isRecord);
  const told = failed.map(({ Id, ErrorCode, ErrorMessage }) =>
    printable(`${word(Id)}: ${word(ErrorCode)}: ${word(ErrorMessage)}`),
  );
  const untold = (typeof FailedCount === "number" ? FailedCount : 0) - told.length;
  return {
    kind: "sent",
    troubles: [
      ...told,
      ...(untold > 0 ? [`${plural(untold, "more finding")} not taken, without a reason`] : []),
    ],
  };
}

function whyRefused(answer: Extract<Answer, { ok: false }>, region: string): string {
  const said = refusalText(answer, `securityhub:BatchImportFindings in ${region}`);
  // What Security Hub answers where nobody has switched it on, and where it does not take findings from these credentials.
  if (answer.reason !== "InvalidAccessException")
    return `securityhub:BatchImportFindings in ${region}: ${said}`;
  return `${said}. Is Security Hub enabled in this account and in ${region}, and are these the account's own credentials?`;
}

function word(value: unknown): string {
  return typeof value === "string" ? value : "?";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
