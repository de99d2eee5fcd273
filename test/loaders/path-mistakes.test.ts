import { expect, test } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import { loadRules } from "../../src/loaders/load-rules.js";
import { places, problemsOf, withFiles } from "./support/plugins.js";

/** What is wrong with a rule about a type; its condition stands from column 11 of line 7. */
async function mistakesIn(
  type: string,
  condition: string,
  ...more: readonly string[]
): Promise<ReturnType<typeof problemsOf>> {
  const text = [
    "id: own.rule",
    "title: T",
    "severity: low",
    "evaluator: assert",
    "with:",
    `  for: ${type}`,
    `  assert: ${condition}`,
    ...more.map((line) => `  ${line}`),
    "",
  ].join("\n");
  return withFiles({ "rule.yaml": text }, async (folder) =>
    problemsOf(await loadRules([`${folder}/rule.yaml`], { plugins: builtins })),
  );
}

const bucket = "AWS::S3::Bucket";
const trail = "AWS::CloudTrail::Trail";
const alarm = "AWS::CloudWatch::Alarm";
const check = "AWS::TrustedAdvisor::Check";

// what is wrong | the type | the condition | places | a word of the hint | further options
test.each<[string, string, string, readonly string[], string, string?]>([
  [
    "a second step",
    bucket,
    "{ path: VersioningConfiguration.Statu, not-equals: Suspended }",
    ["unknown-property 7:43"],
    '"Status"',
  ],
  [
    "a step below a value",
    bucket,
    "{ path: VersioningConfiguration.Status.Value, equals: Enabled }",
    ["unknown-property 7:50"],
    "alone",
  ],
  [
    "a member of a list's items, asked of the list",
    trail,
    "{ path: EventSelectors.ReadWriteType, equals: All }",
    ["unknown-property 7:34"],
    "any-item",
  ],
  [
    "a place in a list",
    trail,
    "{ path: EventSelectors.0.ReadWriteType, exists: true }",
    ["unknown-property 7:34"],
    "any-item",
  ],
  [
    "below an item",
    trail,
    "{ path: EventSelectors, any-item: { path: ReadWriteTyp, equals: All } }",
    ["unknown-property 7:53"],
    '"ReadWriteType"',
  ],
  [
    "items within items",
    trail,
    "{ path: AdvancedEventSelectors, every-item: { path: FieldSelectors, any-item: { path: Fields, equals: x } } }",
    ["unknown-property 7:97"],
    '"Field"',
  ],
  [
    "items of what is no list",
    bucket,
    "{ path: LoggingConfiguration, any-item: { path: LogFilePrefix, exists: true } }",
    ["bad-value 7:51"],
    "path",
  ],
  [
    "a step below an item that is a value",
    alarm,
    "{ path: AlarmActions, any-item: { path: Arn, like: 'arn:*' } }",
    ["unknown-property 7:51"],
    '"."',
  ],
  [
    "within branches",
    bucket,
    "{ all: [{ not: { any: [{ path: LoggingConfiguration.DestinationBucket, exists: true }] } }] }",
    ["unknown-property 7:63"],
    '"DestinationBucketName"',
  ],
  [
    "where",
    bucket,
    "{ path: BucketName, exists: true }",
    ["unknown-property 8:42"],
    '"Status"',
    "where: { path: VersioningConfiguration.State, equals: Enabled }",
  ],
  [
    "a message",
    bucket,
    "{ path: BucketName, exists: true }",
    ["unknown-property 8:44"],
    '"Status"',
    "message: 'it is {VersioningConfiguration.Statsu}'",
  ],
  [
    "observed properties",
    check,
    "{ path: ResourcesSummary.resourceFlagged, at-most: 0 }",
    ["unknown-property 7:36"],
    '"resourcesFlagged"',
  ],
  [
    "an expression",
    bucket,
    "resource.VersioningConfiguration.Statu == 'Enabled'",
    ["unknown-property 7:44"],
    '"Status"',
  ],
  ["has()", bucket, "has(resource.VersioningConfiguration.Statu)", ["unknown-property 7:48"], '"Status"'],
  [
    "an index by text",
    bucket,
    `resource["VersioningConfiguration"]["Statu"] == "Enabled"`,
    ["unknown-property 7:48"],
    '"Status"',
  ],
  [
    "a loop's variable",
    trail,
    "resource.EventSelectors.exists(s, s.ReadWriteTyp == 'All')",
    ["unknown-property 7:47"],
    '"ReadWriteType"',
  ],
  [
    "a loop in a loop",
    trail,
    "resource.AdvancedEventSelectors.all(s, s.FieldSelectors.exists(f, f.Fields == 'x'))",
    ["unknown-property 7:79"],
    '"Field"',
  ],
  [
    "an item by its place",
    trail,
    "resource.EventSelectors[0].ReadWriteTyp == 'All'",
    ["unknown-property 7:38"],
    '"ReadWriteType"',
  ],
  [
    "what a filter leaves",
    trail,
    "resource.EventSelectors.filter(s, true)[0].Typ == 'All'",
    ["unknown-property 7:54"],
    "known are",
  ],
])("%s", async (_title, ...[type, condition, expected, word, more]) => {
  const diagnostics = await mistakesIn(type, condition, ...(more === undefined ? [] : [more]));
  expect(places(diagnostics)).toEqual(expected);
  expect(diagnostics.map(({ hint = "" }) => hint).join()).toContain(word);
});

test.each<[string, string, string]>([
  ["a path that exists", bucket, "{ path: VersioningConfiguration.Status, equals: Enabled }"],
  ["an item's member", trail, "{ path: EventSelectors, every-item: { path: ReadWriteType, equals: All } }"],
  ["items that are values", alarm, "{ path: AlarmActions, any-item: { path: ., like: 'arn:*' } }"],
  [
    "lifecycle rules",
    bucket,
    "{ path: LifecycleConfiguration.Rules, any-item: { path: Transitions, is-empty: false } }",
  ],
  ["a policy document", "AWS::KMS::Key", "{ path: KeyPolicy.Statement.Whatever, exists: true }"],
  [
    "an expression that guards",
    bucket,
    "has(resource.VersioningConfiguration.Status) && resource.VersioningConfiguration.Status == 'Enabled'",
  ],
  ["the number of items", trail, "resource.EventSelectors.size() > 0"],
  ["what map() makes", trail, "resource.EventSelectors.map(s, s.ReadWriteType).exists(t, t == 'All')"],
  ["names that every resource has", bucket, "{ path: region, equals: us-east-1 }"],
  [
    "an ingest endpoint",
    "AWS::MediaPackage::Channel",
    "{ path: HlsIngest.IngestEndpoints, any-item: { path: Id, exists: true } }",
  ],
])("%s is accepted", async (_title, type, condition) => {
  expect(places(await mistakesIn(type, condition))).toEqual([]);
});
