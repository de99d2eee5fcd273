/** Every code a diagnostic can carry, each explained in docs/diagnostics.md. Codes are stable: tools may rely on them. */
export const diagnosticCodes = [
  // The file.
  "no-such-file",
  "unreadable-file",
  "too-large",
  "not-utf8",
  "empty-file",
  "no-rules",
  "not-a-rule-file",
  // YAML and JSON as languages.
  "yaml-syntax",
  "tab-indent",
  "several-documents",
  "yaml-directive",
  "unknown-tag",
  "duplicate-key",
  "merge-key",
  "bad-alias",
  "alias-bomb",
  "too-deep",
  "json-syntax",
  // What a format accepts.
  "unknown-key",
  "missing-key",
  "bad-key",
  "wrong-type",
  "bad-value",
  "empty-value",
  "duplicate-item",
  "not-allowed-here",
  // What names mean together.
  "unknown-evaluator",
  "broken-evaluator",
  "bad-expression",
  "unknown-property",
  "unknown-type",
  "duplicate-id",
  "built-in-id",
  "id-not-path",
  "unknown-rule",
  "unknown-pack",
  "unknown-template",
  "not-a-template",
  "template-in-pack",
  "unknown-region",
  "unknown-format",
  "no-baseline",
  // Plugins and rule packages.
  "no-such-package",
  "broken-plugin",
  "plugin-contract",
  "not-a-rule-package",
  // Snapshots, reports and baselines.
  "not-a-snapshot",
  "snapshot-version",
  "not-a-report",
  "report-version",
  "not-a-baseline",
  "baseline-version",
  // Plans of Terraform and OpenTofu.
  "not-a-plan",
  "plan-version",
  // Templates of CloudFormation, and what is made of them.
  "not-cloudformation",
  "unknown-name",
  "cyclic-reference",
  "bad-function",
  "not-a-stack",
  "not-an-assembly",
] as const;

/** A stable name for a kind of problem. */
export type DiagnosticCode = (typeof diagnosticCodes)[number];
