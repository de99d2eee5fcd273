// Texts that a person inside an account can write, each the worst that AWS takes, put into the mid-size account.
import { midSizeAccount } from "./mid-size-account.mjs";

const numbered = (count, name) => Array.from({ length: count }, (_, at) => name(at));
const firstOf = ({ resources }, type, is = () => true) =>
  resources.find((resource) => resource.type === type && is(resource));

/** What is written → the snapshot that holds it, and nothing else that is strange. */
export const adversaries = {
  "a bucket policy of 200 principals × 500 actions × 200 resources": widePolicy,
  "metric filters of a path 500 members deep": deepFilters,
  "100 event rules of 150 fields": wideRules,
  "60 selectors on two trails": manySelectors,
  "an event pattern of 900 wildcards": wildcards,
};

function widePolicy() {
  return changed((snapshot) => {
    const bucket = firstOf(snapshot, "AWS::S3::Bucket", ({ id }) => id.includes("trail"));
    bucket.observed.Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: numbered(200, (at) => String(200_000_000_000 + at)) },
          Action: numbered(500, (at) => `s3:A${at}`),
          Resource: numbered(200, (at) => `${bucket.arn}/${at}`),
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
}

function deepFilters() {
  return changed(({ resources }) => {
    const pattern = `{ $.${Array(500).fill("a").join(".")} = 1 }`;
    for (const { type, properties } of resources)
      if (type === "AWS::Logs::MetricFilter") properties.FilterPattern = pattern;
  });
}

function wideRules() {
  return changed((snapshot) => {
    const rule = firstOf(snapshot, "AWS::Events::Rule");
    for (const at of numbered(100, (one) => one)) {
      const detail = Object.fromEntries(
        numbered(150, (field) => [`k${field}`, [{ "anything-but": [`v${at}`] }]]),
      );
      snapshot.resources.push(copyOf(rule, `wide-${at}`, { EventPattern: JSON.stringify({ detail }) }));
    }
  });
}

function manySelectors() {
  return changed((snapshot) => {
    const trail = firstOf(snapshot, "AWS::CloudTrail::Trail");
    const selectors = (trailNumber) =>
      numbered(30, (at) => ({
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Management"] },
          { Field: "eventSource", NotEquals: [`s${trailNumber}${at}.amazonaws.com`, `z${at}.amazonaws.com`] },
          { Field: "eventName", NotStartsWith: [`N${trailNumber}${at}`], NotEndsWith: [`E${at}`] },
        ],
      }));
    for (const number of [1, 2])
      snapshot.resources.push(
        copyOf(trail, `many-${number}`, {
          IsMultiRegionTrail: true,
          EventSelectors: null,
          AdvancedEventSelectors: selectors(number),
        }),
      );
  });
}

function wildcards() {
  return changed((snapshot) => {
    const rule = firstOf(snapshot, "AWS::Events::Rule");
    const many = (letter) => numbered(300, (at) => ({ wildcard: `${letter}${at}*` }));
    const detail = { eventName: many("a"), eventSource: many("b"), x: many("c") };
    snapshot.resources.push(copyOf(rule, "wildcards", { EventPattern: JSON.stringify({ detail }) }));
  });
}

function changed(change) {
  const snapshot = JSON.parse(JSON.stringify(midSizeAccount()));
  change(snapshot);
  return snapshot;
}

function copyOf(resource, id, properties) {
  const arn = `${resource.arn.slice(0, resource.arn.lastIndexOf("/"))}/${id}`;
  return { ...resource, id, arn, properties: { ...resource.properties, ...properties } };
}
