import { defineReporter } from "../core/reporter.js";
import { reportToAsff } from "../shared/asff/asff.js";
import { asffBatches } from "../shared/asff/batches.js";
import { printableJson } from "../shared/text/terminal-text.js";

/** Every finding in the AWS Security Finding Format, in batches that `aws securityhub batch-import-findings --cli-input-json` takes. */
export const asff = defineReporter({
  id: "asff",
  summary: "for AWS Security Hub: every finding in ASFF, in batches for BatchImportFindings",
  render: (report) =>
    `${printableJson(
      JSON.stringify(
        asffBatches(reportToAsff(report)).map((Findings) => ({ Findings })),
        undefined,
        2,
      ),
    )}\n`,
});
