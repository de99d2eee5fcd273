import type { Finding } from "../../core/report.js";
import { cutText } from "../text/cut-text.js";
import { sortedUnique } from "../order.js";
import { printable } from "../text/terminal-text.js";

const MOST_REQUIREMENTS = 32;
const LONGEST_REQUIREMENT = 64;
const CHECKS = "Software and Configuration Checks";
const STANDARDS = `${CHECKS}/Industry and Regulatory Standards`;

// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html
const classifiers: readonly { readonly framework: RegExp; readonly classifier: string }[] = [
  { framework: /^cis-aws/u, classifier: "CIS AWS Foundations Benchmark" },
  { framework: /^nist-800-53/u, classifier: "NIST 800-53 Controls (USA)" },
  { framework: /^nist-csf/u, classifier: "NIST CSF Controls (USA)" },
  { framework: /^pci-dss/u, classifier: "PCI-DSS" },
  { framework: /^iso-?27001/u, classifier: "ISO 27001 Controls" },
  { framework: /^soc-?2/u, classifier: "SOC 2" },
  { framework: /^hipaa/u, classifier: "HIPAA Controls (USA)" },
];

/** The types of a finding in Security Hub's taxonomy: the standards that its rule belongs to, else best practice. */
export function typesOf({ controls = [] }: Finding): readonly string[] {
  const standards = controls.flatMap((control) =>
    classifiers
      .filter(({ framework }) => framework.test(control.framework))
      .map(({ classifier }) => `${STANDARDS}/${classifier}`),
  );
  return standards.length === 0 ? [`${CHECKS}/AWS Security Best Practices`] : sortedUnique(standards);
}

/** The controls as Security Hub's related requirements, at most 32: "nist-800-53-r5 AU-12". All of them stand in the product fields. */
export function requirementsOf({ controls = [] }: Finding): readonly string[] {
  const all = controls.map(({ framework, id }) =>
    cutText(printable(`${framework} ${id}`), LONGEST_REQUIREMENT),
  );
  return [...new Set(all)].slice(0, MOST_REQUIREMENTS);
}
