import { version } from "../index.js";
import { schemaLine } from "../inner.js";
import type { ScaffoldFile } from "./scaffold-files.js";

/** The config, one rule with its cases, and a workflow that runs them: what `watchproof init` writes. */
export function projectFiles(): readonly ScaffoldFile[] {
  return [
    { path: "watchproof.yaml", text: `${schemaLine("watchproof.yaml", "config")}${config}` },
    { path: "rules/log-archive.yaml", text: `${schemaLine("rules/log-archive.yaml", "rule")}${rule}` },
    {
      path: "rules/log-archive.test.yaml",
      text: `${schemaLine("rules/log-archive.test.yaml", "cases")}${cases}`,
    },
    { path: ".github/workflows/watchproof.yml", text: workflow },
  ];
}

const config = `# What is judged: built-in packs (\`watchproof list packs\`), and your own rules.
packs: [logging-monitoring]
rules: [rules]

# The lowest severity that fails the run: info, low, medium, high or critical.
failOn: low
`;

const rule = `id: own.log-archive
title: Every trail writes to the log archive
severity: medium
why: Log files that stay in the account can be deleted by whoever takes it over.
evaluator: assert
with:
  for: AWS::CloudTrail::Trail
  noun: trail
  # The buckets of your log archive.
  assert: { path: S3BucketName, in: [example-log-archive] }
  message: Trail {id} writes to {S3BucketName}, which is not the log archive.
remediation:
  text: Let the trail write to the bucket of the log archive, or add its bucket to this rule.
  cli: aws cloudtrail update-trail --name TRAIL_ARN --s3-bucket-name BUCKET_NAME --region HOME_REGION
`;

const cases = `cases:
  - name: a trail that writes to the archive passes
    state:
      resources:
        - AWS::CloudTrail::Trail: { id: audit, S3BucketName: example-log-archive }
    expect: pass

  - name: a trail that writes elsewhere fails
    state:
      resources:
        - AWS::CloudTrail::Trail: { id: audit, S3BucketName: example-log-archive }
        - AWS::CloudTrail::Trail: { id: side, S3BucketName: somewhere-else }
    expect:
      - { subject: audit, verdict: pass }
      - { subject: side, verdict: fail, message: "Trail side writes to somewhere-else, *" }

  - name: without a trail there is nothing to judge
    expect: not-applicable

  - name: a refused list is unknown, and neither passes nor fails
    state:
      refused:
        - { type: AWS::CloudTrail::Trail }
    expect: { verdict: unknown, reason: unreadable }
`;

const workflow = `name: watchproof

on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: "17 5 * * *"

permissions:
  contents: read

jobs:
  rules:
    name: Rules and their cases, offline
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes watchproof@${version} validate
      - run: npx --yes watchproof@${version} test --coverage

  account:
    name: The account
    needs: rules
    # A pull request, which anybody may open, gets no access to the account.
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # The variable WATCHPROOF_ROLE_ARN of this repository names a role that trusts GitHub's OIDC provider for this
      # repository and branch, and has the policy that \`watchproof permissions\` writes. There are no keys to keep.
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.WATCHPROOF_ROLE_ARN }}
          aws-region: us-east-1
      # Exit codes: 0 clean; 1 open failures; 2 a mistake in rules or config, or nothing was judged; 3 no failure, but
      # something could not be judged. Everything but 0 fails this step; --allow-unknown lets 3 pass.
      - run: npx --yes watchproof@${version} check --format text --format json=watchproof-report.json
      # The report names resources of the account: who may read this repository's artifacts may read it.
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: watchproof-report
          path: watchproof-report.json
          if-no-files-found: ignore
          retention-days: 14
`;
