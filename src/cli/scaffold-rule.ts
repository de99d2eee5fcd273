import { schemaLine } from "../inner.js";
import type { ScaffoldFile } from "./scaffold-files.js";

/** Where a scaffolded rule goes: `stem` is its path without the ending. */
type RulePlace = { readonly id: string; readonly stem: string };

/** A rule of one's own and its cases: every trail signs its log files, to be changed into what is wanted. */
export function ruleFiles({ id, stem }: RulePlace): readonly ScaffoldFile[] {
  return [
    { path: `${stem}.yaml`, text: `${schemaLine(`${stem}.yaml`, "rule")}${rule(id)}` },
    { path: `${stem}.test.yaml`, text: `${schemaLine(`${stem}.test.yaml`, "cases")}${cases}` },
  ];
}

const rule = (id: string): string => `id: ${id}
title: Every trail signs its log files
severity: medium
why: Without signed digests nobody can prove that a log file was not changed or deleted after delivery.

# \`watchproof list evaluators\` shows the ways to decide; assert holds a condition against every resource of a type.
evaluator: assert
with:
  # \`watchproof list collectors\` shows the types; their pages in the documentation list the properties.
  for: AWS::CloudTrail::Trail
  noun: trail
  assert: { path: EnableLogFileValidation, equals: true }
  # What an account without any trail means: fail, or not-applicable (the default).
  absence: fail
  message: Trail {id} does not sign its log files.

remediation:
  text: Switch log file validation on, in the trail's home region.
  cli: aws cloudtrail update-trail --name TRAIL_ARN --enable-log-file-validation --region HOME_REGION
`;

const cases = `cases:
  - name: a trail that signs its log files passes
    state:
      resources:
        - AWS::CloudTrail::Trail: { id: audit, EnableLogFileValidation: true }
    expect: pass

  - name: a trail that does not sign them fails
    state:
      resources:
        - AWS::CloudTrail::Trail: { id: audit, EnableLogFileValidation: false }
    expect: { verdict: fail, message: Trail audit does not sign its log files. }

  - name: no trail at all fails
    expect: fail

  - name: a refused list is unknown, and neither passes nor fails
    state:
      refused:
        - { type: AWS::CloudTrail::Trail }
    expect: { verdict: unknown, reason: unreadable }
`;
