import { schemaLine } from "../inner.js";
import type { ScaffoldFile } from "./scaffold-files.js";

/** A module with an evaluator of one's own, a rule that uses it, and its cases. */
export function evaluatorFiles(id: string): readonly ScaffoldFile[] {
  return [
    { path: `plugins/${id}.mjs`, text: evaluator(id) },
    { path: `rules/${id}.yaml`, text: `${schemaLine(`rules/${id}.yaml`, "rule")}${rule(id)}` },
    { path: `rules/${id}.test.yaml`, text: `${schemaLine(`rules/${id}.test.yaml`, "cases")}${cases}` },
  ];
}

/** A module with a reporter of one's own. */
export function reporterFiles(id: string): readonly ScaffoldFile[] {
  return [{ path: `plugins/${id}.mjs`, text: reporter(id) }];
}

/** The line of a config that brings a module in. */
export function pluginLine(id: string): string {
  return `plugins: [./plugins/${id}.mjs]`;
}

/** A config that brings a module in, where there is none yet. */
export function pluginConfig(id: string, more: readonly string[]): ScaffoldFile {
  return {
    path: "watchproof.yaml",
    text: `${schemaLine("watchproof.yaml", "config")}packs: [logging-monitoring]\n${[...more, pluginLine(id)].join("\n")}\n`,
  };
}

const evaluator = (
  id: string,
): string => `import { defineEvaluator, definePlugin, fail, judgeEach, pass, readText, unknown } from "watchproof/plugin";

/** Trails write under a key prefix. Pure: no file, clock or network; the same state gives the same verdicts. */
const evaluator = defineEvaluator({
  id: "${id}",
  summary: "Every trail writes its log files under a key prefix",
  // A JSON Schema: rules are held against it when they load, and needs and evaluate can rely on it.
  options: {
    type: "object",
    additionalProperties: false,
    required: ["prefix"],
    properties: { prefix: { type: "string", minLength: 1, description: "How S3 keys must begin, such as audit/." } },
  },
  // What must be read. Only the calls that answer these properties are made.
  needs: () => [{ type: "AWS::CloudTrail::Trail", properties: ["S3KeyPrefix"] }],
  // One verdict for each trail; what could not be listed becomes unknown by itself.
  evaluate: (account, { prefix }) => judgeEach(account, { type: "AWS::CloudTrail::Trail", noun: "trail", absence: "fail", judge: (trail) => judge(trail, prefix) }),
});

// Set, not set and not known are three different things.
function judge(trail, prefix) {
  const found = readText(trail, "S3KeyPrefix");
  if (found.kind === "unreadable") return unknown("unreadable", \`the key prefix of \${trail.id} could not be read: \${found.because.reason}\`);
  if (found.kind === "not-collected") return unknown("not-collected", \`the snapshot does not hold \${found.property} of \${trail.id}\`);
  if (found.kind === "absent") return fail(\`trail \${trail.id} has no key prefix\`);
  const evidence = [{ path: \`\${trail.id}.S3KeyPrefix\`, value: found.value }];
  return found.value.startsWith(prefix) ? pass(\`trail \${trail.id} writes under \${found.value}\`, { evidence }) : fail(\`trail \${trail.id} writes under \${found.value}\`, { evidence });
}

export const watchproof = definePlugin({ evaluators: [evaluator] });
`;

const rule = (id: string): string => `id: own.${id}
title: Every trail writes its log files under audit/
severity: low
evaluator: ${id}
with:
  prefix: audit/
`;

const cases = `cases:
  - name: a trail with the prefix passes
    state:
      resources:
        - AWS::CloudTrail::Trail: { id: audit, S3KeyPrefix: audit/2026 }
    expect: pass

  - name: another prefix, or none, fails
    state:
      resources:
        - AWS::CloudTrail::Trail: { id: bare }
        - AWS::CloudTrail::Trail: { id: other, S3KeyPrefix: logs/ }
    expect:
      - { subject: bare, verdict: fail, message: trail bare has no key prefix }
      - { subject: other, verdict: fail, message: trail other writes under logs/ }

  - name: a refused list is unknown
    state:
      refused:
        - { type: AWS::CloudTrail::Trail }
    expect: { verdict: unknown, reason: unreadable }
`;

const reporter = (id: string): string => `import { definePlugin, defineReporter } from "watchproof/plugin";

/** Open failures, one JSON object a line. Pure: the same report gives the same text. */
const reporter = defineReporter({
  id: "${id}",
  summary: "open failures, one JSON object a line",
  render: (report) => report.findings.filter(isOpen).map((finding) => \`\${JSON.stringify(lineOf(finding))}\\n\`).join(""),
});

function isOpen({ status, waiver, baseline }) {
  return status === "fail" && waiver === undefined && baseline !== "known";
}

function lineOf({ id, severity, rule, account, region, subject, message }) {
  return { id, severity, rule, account, region, subject: subject.arn ?? subject.id, message };
}

export const watchproof = definePlugin({ reporters: [reporter] });
`;
