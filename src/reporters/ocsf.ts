import type { AccountSummary, Finding, Report } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { Severity } from "../core/severity.js";
import { sortedUnique } from "../shared/order.js";
import { subjectText } from "../shared/text/finding-text.js";
import { printableJson } from "../shared/text/terminal-text.js";
import { membersText } from "../shared/text/witness-text.js";

/**
 * OCSF 1.8.0: a Compliance Finding (class 2003) with the cloud profile for every finding, in one JSON array with a line for each.
 * https://schema.ocsf.io/1.8.0/classes/compliance_finding?profiles=cloud
 */
export const ocsf = defineReporter({
  id: "ocsf",
  summary: "for security data lakes: OCSF 1.8.0 Compliance Findings, a JSON array with a line for each",
  render: (report) => {
    const accounts = new Map(report.accounts.map((account) => [account.id, account]));
    const events = report.findings.map((finding) =>
      JSON.stringify(toEvent(finding, accounts.get(finding.account), report)),
    );
    return printableJson(events.length === 0 ? "[]\n" : `[\n${events.join(",\n")}\n]\n`);
  },
});

const CLASS = 2003;

type Named = { readonly id: number; readonly name: string };

const severityNames = {
  critical: { id: 5, name: "Critical" },
  high: { id: 4, name: "High" },
  medium: { id: 3, name: "Medium" },
  low: { id: 2, name: "Low" },
  info: { id: 1, name: "Informational" },
} satisfies Record<Severity, Named>;

// Warning is "no result, missing information".
const complianceNames = {
  pass: { id: 1, name: "Pass" },
  fail: { id: 3, name: "Fail" },
  unknown: { id: 2, name: "Warning" },
  error: { id: 2, name: "Warning" },
  "not-applicable": { id: 99, name: "Not Applicable" },
} satisfies Record<Finding["status"], Named>;

// What is done about a finding.
function lifecycleOf({ status, waiver, baseline }: Finding): Named {
  if (status === "pass") return { id: 4, name: "Resolved" };
  if (status === "not-applicable") return { id: 99, name: "Not Applicable" };
  if (status === "fail" && waiver !== undefined) return { id: 3, name: "Suppressed" };
  if (status === "fail" && baseline === "known") return { id: 2, name: "In Progress" };
  return { id: 1, name: "New" };
}

function toEvent(finding: Finding, account: AccountSummary | undefined, { tool }: Report): object {
  const { severity, status, region, message, waiver, subject } = finding;
  const lifecycle = lifecycleOf(finding);
  const activity = lifecycle.id === 2 ? { id: 2, name: "Update" } : { id: 1, name: "Create" };
  const time = Date.parse(account?.takenAt ?? "") || 0;
  return {
    activity_id: activity.id,
    activity_name: activity.name,
    category_uid: 2,
    category_name: "Findings",
    class_uid: CLASS,
    class_name: "Compliance Finding",
    type_uid: CLASS * 100 + activity.id,
    type_name: `Compliance Finding: ${activity.name}`,
    severity_id: severityNames[severity].id,
    severity: severityNames[severity].name,
    status_id: lifecycle.id,
    status: lifecycle.name,
    status_code: status,
    status_detail: message,
    time,
    timezone_offset: 0,
    message: `${subjectText(finding)}: ${message}`,
    ...(waiver === undefined ? {} : { comment: `waived: ${membersText(waiver)}` }),
    metadata: metadataOf(finding, time, tool.version),
    finding_info: infoOf(finding, time),
    compliance: complianceOf(finding),
    cloud: {
      provider: "AWS",
      account: { uid: finding.account, type_id: 10, type: "AWS Account" },
      ...partitionOf(account),
      ...regionOf(region),
    },
    resources: [
      {
        uid: subject.arn ?? subject.id,
        name: subject.id,
        type: subject.type,
        ...partitionOf(account),
        ...regionOf(region),
      },
    ],
    observables: [
      { name: "resources[].uid", type_id: 10, type: "Resource UID", value: subject.arn ?? subject.id },
    ],
    ...restOf(finding),
  };
}

function metadataOf({ id, rule }: Finding, time: number, version: string): object {
  return {
    version: "1.8.0",
    profiles: ["cloud"],
    product: { name: "Watchproof", vendor_name: "Watchproof", version },
    uid: `${id}-${time.toString()}`,
    event_code: rule,
  };
}

function infoOf({ id, rule, title, message }: Finding, time: number): object {
  return {
    uid: id,
    title,
    desc: message,
    last_seen_time: time,
    analytic: { uid: rule, name: title, type_id: 1, type: "Rule" },
  };
}

function complianceOf({
  rule,
  title,
  status,
  reason,
  message,
  notes = [],
  severity,
  controls = [],
}: Finding): object {
  const { id: status_id, name } = complianceNames[status];
  const standards = sortedUnique(controls.map(({ framework }) => framework));
  return {
    control: rule,
    desc: title,
    status_id,
    status: name,
    ...(reason === undefined ? {} : { status_code: reason }),
    status_details: [message, ...notes],
    ...(controls.length === 0
      ? {}
      : { standards, requirements: controls.map(({ framework, id }) => `${framework} ${id}`) }),
    checks: [
      {
        uid: rule,
        name: title,
        status_id,
        status: name,
        severity_id: severityNames[severity].id,
        severity: severityNames[severity].name,
        ...(standards.length === 0 ? {} : { standards }),
      },
    ],
  };
}

function restOf({
  remediation,
  references = [],
  witness,
  candidates,
  evidence = [],
  waiver,
  baseline,
}: Finding): object {
  const remedy = [remediation?.text, remediation?.cli].filter((text) => text !== undefined).join("\n");
  const proofs = [
    ...(witness === undefined ? [] : [{ name: "witness", data: witness }]),
    ...(candidates === undefined ? [] : [{ name: "candidates", data: { candidates } }]),
    ...evidence.map((item) => ({ name: item.path, data: item })),
  ];
  return {
    ...(remedy === ""
      ? {}
      : { remediation: { desc: remedy, ...(references.length === 0 ? {} : { references }) } }),
    ...(proofs.length === 0 ? {} : { evidences: proofs }),
    ...(waiver === undefined && baseline === undefined ? {} : { unmapped: { waiver, baseline } }),
  };
}

function partitionOf(account: AccountSummary | undefined): object {
  return account === undefined ? {} : { cloud_partition: account.partition };
}

// What is judged once for the account is in no region.
function regionOf(region: string): object {
  return region === "global" ? {} : { region };
}
