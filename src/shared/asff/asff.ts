import { createHash } from "node:crypto";
import type { Finding, Report } from "../../core/report.js";
import type { Severity } from "../../core/severity.js";
import { cutText } from "../text/cut-text.js";
import { requirementsOf, typesOf } from "./controls.js";
import { resourceOf } from "./resource.js";
import type { AsffResource } from "./resource.js";
import { leaderRegion, partitionOf } from "../aws/partitions.js";
import { printable } from "../text/terminal-text.js";
import { membersText, witnessText } from "../text/witness-text.js";

type Label = "INFORMATIONAL" | "LOW" | "MEDIUM" | "HIGH" | "CRITICAL";
type ComplianceStatus = "PASSED" | "WARNING" | "FAILED" | "NOT_AVAILABLE";
type StatusReason = { readonly ReasonCode: string; readonly Description: string };
type AsffSeverity = { readonly Label: Label; readonly Original: string };

/** A finding in the AWS Security Finding Format, as BatchImportFindings takes it. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html */
export type AsffFinding = {
  readonly SchemaVersion: "2018-10-08";
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly Types: readonly string[];
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly LastObservedAt: string;
  readonly Severity: AsffSeverity;
  readonly Title: string;
  readonly Description: string;
  readonly Remediation?: { readonly Recommendation: { readonly Text?: string; readonly Url?: string } };
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: readonly [AsffResource];
  readonly Compliance: {
    readonly Status: ComplianceStatus;
    readonly RelatedRequirements?: readonly string[];
    readonly StatusReasons?: readonly StatusReason[];
  };
  readonly RecordState: "ACTIVE" | "ARCHIVED";
  readonly FindingProviderFields: { readonly Severity: AsffSeverity; readonly Types: readonly string[] };
};

/** Where and when a finding is imported: a partition and region of Security Hub, and the times, ISO 8601. */
export type AsffPlace = {
  readonly partition: string;
  readonly region: string;
  readonly observedAt: string;
  readonly updatedAt: string;
  readonly version: string;
};

// What the API's reference says of each member: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
const most = {
  id: 512,
  generator: 512,
  title: 256,
  description: 1024,
  remedy: 512,
  url: 512,
  field: 2048,
  reason: 1024,
} as const;

/** A finding as Security Hub takes it; `gone` says why there is nothing left to judge, and archives it. */
export function toAsff(
  finding: Finding,
  { partition, region, observedAt, updatedAt, version }: AsffPlace,
  gone?: string,
): AsffFinding {
  const { account, severity } = finding;
  const compliance = gone === undefined ? complianceOf(finding) : notAvailable("GONE", gone);
  const rated: AsffSeverity = {
    Label: isResolved(finding) || gone !== undefined ? "INFORMATIONAL" : labels[severity],
    Original: severity,
  };
  const generator = fit(`watchproof/${finding.rule}`, most.generator);
  const types = typesOf(finding);
  const requirements = requirementsOf(finding);
  return {
    SchemaVersion: "2018-10-08",
    Id: asffId(finding),
    // Security Hub's own name for findings of a customer's tool; it takes them from the account itself alone.
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    ProductName: "Watchproof",
    GeneratorId: generator,
    AwsAccountId: account,
    Types: types,
    CreatedAt: observedAt,
    UpdatedAt: updatedAt,
    LastObservedAt: observedAt,
    Severity: rated,
    Title: fit(finding.title, most.title, generator),
    Description: fit(descriptionOf(finding), most.description, generator),
    ...remediationOf(finding),
    ProductFields: productFields(finding, version),
    Resources: [resourceOf(finding, partition)],
    Compliance: {
      ...compliance,
      ...(requirements.length === 0 ? {} : { RelatedRequirements: requirements }),
    },
    RecordState: gone !== undefined || finding.status === "not-applicable" ? "ARCHIVED" : "ACTIVE",
    // A provider may not update severity and types on the top level, where they are required when a finding is new.
    // https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
    FindingProviderFields: { Severity: rated, Types: types },
  };
}

/** Every finding of a report, each in its own region's Security Hub (account-wide ones in the partition's leader region). */
export function reportToAsff({ accounts, findings, tool }: Report): readonly AsffFinding[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return findings.map((finding) => {
    const { partition = partitionOf(finding.region), takenAt = EPOCH } = byId.get(finding.account) ?? {};
    const region = isRegion(finding.region) ? finding.region : leaderRegion(partition);
    return toAsff(finding, {
      partition,
      region,
      observedAt: takenAt,
      updatedAt: takenAt,
      version: tool.version,
    });
  });
}

// A finding of an account that its report does not list; only a file that a person changed holds one.
const EPOCH = "1970-01-01T00:00:00.000Z";
const labels = {
  info: "INFORMATIONAL",
  low: "LOW",
  medium: "MEDIUM",
  high: "HIGH",
  critical: "CRITICAL",
} satisfies Record<Severity, Label>;

function isResolved({ status }: Finding): boolean {
  return status === "pass" || status === "not-applicable";
}

/** Must never change: by it Security Hub knows a finding again. */
function asffId({ id }: Finding): string {
  const name = `watchproof-${printable(id)}`;
  return name.length <= most.id ? name : `watchproof-${createHash("sha256").update(id).digest("hex")}`;
}

// NOT_AVAILABLE is Security Hub's word for a check that could not be performed, or does not apply; it knows no accepted failure.
function complianceOf(finding: Finding): AsffFinding["Compliance"] {
  const { status, waiver, message, reason } = finding;
  const said = {
    pass: () => ({ Status: "PASSED" }) as const,
    fail: () =>
      waiver === undefined
        ? ({ Status: "FAILED" } as const)
        : reasoned("WARNING", "WAIVED", `accepted: ${membersText(waiver)}`),
    "not-applicable": () => notAvailable("NOT_APPLICABLE", message),
    unknown: () => notAvailable(unknownCodes[reason ?? "undecidable"], message),
    error: () => notAvailable("EVALUATOR_ERROR", message),
  } satisfies Record<Finding["status"], () => AsffFinding["Compliance"]>;
  return said[status]();
}

const unknownCodes = {
  unreadable: "UNREADABLE",
  undecidable: "UNDECIDABLE",
  "not-collected": "NOT_COLLECTED",
  "too-complex": "TOO_COMPLEX",
  outside: "OUTSIDE",
} satisfies Record<NonNullable<Finding["reason"]>, string>;

function notAvailable(code: string, why: string): AsffFinding["Compliance"] {
  return reasoned("NOT_AVAILABLE", code, why);
}

function reasoned(Status: ComplianceStatus, ReasonCode: string, why: string): AsffFinding["Compliance"] {
  return { Status, StatusReasons: [{ ReasonCode, Description: fit(why, most.reason, ReasonCode) }] };
}

function descriptionOf({ message, witness }: Finding): string {
  return witness === undefined ? message : `${message}. Witness: ${witnessText(witness)}`;
}

function remediationOf({ remediation, references = [] }: Finding): Pick<AsffFinding, "Remediation"> {
  const text = fit(remediation?.text ?? "", most.remedy);
  const url = references
    .map(printable)
    .find((reference) => /^https:\/\/\S+$/u.test(reference) && reference.length <= most.url);
  if (text === "" && url === undefined) return {};
  return {
    Remediation: {
      Recommendation: { ...(text === "" ? {} : { Text: text }), ...(url === undefined ? {} : { Url: url }) },
    },
  };
}

function productFields(finding: Finding, version: string): Readonly<Record<string, string>> {
  const {
    id,
    status,
    baseline,
    witness,
    evidence = [],
    candidates = [],
    notes = [],
    controls = [],
  } = finding;
  const fields: Readonly<Record<string, string>> = {
    finding: id,
    version,
    status,
    baseline: baseline ?? "",
    witness: witness === undefined ? "" : witnessText(witness),
    evidence: evidence
      .map(
        ({ path, value, from }) =>
          `${path}: ${JSON.stringify(value)}${from === undefined ? "" : ` (${from})`}`,
      )
      .join("; "),
    candidates: candidates
      .map(({ ref, status: verdict, brokenLink }) => `${ref}: ${brokenLink ?? verdict}`)
      .join("; "),
    notes: notes.join("; "),
    controls: controls.map(({ framework, id: control }) => `${framework} ${control}`).join("; "),
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value.trim() === "" ? [] : [[`watchproof/${name}`, fit(value, most.field)]],
    ),
  );
}

// Security Hub refuses a text without a visible character.
function fit(text: string, length: number, otherwise = ""): string {
  const harmless = printable(text).trim();
  return cutText(harmless === "" ? printable(otherwise) : harmless, length);
}

function isRegion(text: string): boolean {
  return /^[a-z]{2,}(-[a-z]+)+-\d+$/u.test(text);
}
