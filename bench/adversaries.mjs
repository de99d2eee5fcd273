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
  "20 alarms on arrays that double with each of 16 expressions": doublingArrays,
  "20 alarms on 200 metrics, each in 40 sums of METRICS()": manyMetrics,
  "20 alarms on a query of 400 conditions": wideQueries,
  "60 composites, each true of an odd number of alarms": parityComposites,
  "a composite over 500 alarms that nothing else speaks for": wideComposite,
  "subscriptions with a filter policy 5,000 members deep": () => filterPolicies(deepJson(5_000)),
  "subscriptions with a filter policy of 2,000 wildcards": () => filterPolicies(wideJson(2_000)),
  "subscriptions with a filter policy of 10,000 wildcards": () => filterPolicies(wideJson(10_000)),
  "policies of topics, buckets and keys, each member nested as deep as 20 KB allow": deepPolicies,
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

function mathAlarms(metrics, expressions) {
  const stats = metrics.map((Id) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: "Audit", MetricName: "CloudTrailChanges", Dimensions: [] },
      Period: 300,
      Stat: "Sum",
    },
    ReturnData: false,
  }));
  const queries = expressions.map((Expression, at) => ({
    Id: `e${at}`,
    Expression,
    ReturnData: at === expressions.length - 1,
    ...(Expression.startsWith("SELECT") ? { Period: 300 } : {}),
  }));
  return changed((snapshot) => {
    const plain = { Namespace: null, MetricName: null, Statistic: null, Period: null, Dimensions: null };
    for (const at of numbered(20, (one) => one))
      snapshot.resources.push(
        copyOf(audited(snapshot), `math-${at}`, {
          AlarmName: `math-${at}`,
          ...plain,
          Metrics: [...stats, ...queries],
        }),
      );
  });
}

const audited = (snapshot) =>
  firstOf(snapshot, "AWS::CloudWatch::Alarm", ({ id }) => id === "CloudTrailChanges");

function doublingArrays() {
  return mathAlarms(["m"], ["[m,m]", ...numbered(15, (at) => `[e${at},e${at}]`), "SUM(e15)"]);
}

function manyMetrics() {
  return mathAlarms(
    numbered(200, (at) => `m${at}`),
    [numbered(40, () => "SUM(METRICS())").join("+")],
  );
}

function wideQueries() {
  const where = numbered(400, (at) => `a${at}='b'`).join(" AND ");
  return mathAlarms([], [`SELECT SUM(CloudTrailChanges) FROM "Audit" WHERE ${where}`]);
}

function addComposites(snapshot, rules) {
  const alarm = audited(snapshot);
  const { collected } = snapshot;
  collected["AWS::CloudWatch::CompositeAlarm"].properties = {
    ...collected["AWS::CloudWatch::Alarm"].properties,
    AlarmRule: "bench:Generated",
    ActionsSuppressor: "bench:Generated",
  };
  rules.forEach((AlarmRule, at) =>
    snapshot.resources.push({
      ...copyOf(alarm, `composite-${at}`, {}),
      type: "AWS::CloudWatch::CompositeAlarm",
      properties: {
        AlarmName: `composite-${at}`,
        AlarmRule,
        ActionsEnabled: true,
        AlarmActions: alarm.properties.AlarmActions,
        OKActions: [],
        InsufficientDataActions: [],
        ActionsSuppressor: null,
      },
    }),
  );
}

/** Adds alarms that nobody hears of by themselves; gives their names. */
function addSilentAlarms(snapshot, count) {
  const names = numbered(count, (at) => `silent-${at}`);
  for (const AlarmName of names)
    snapshot.resources.push(copyOf(audited(snapshot), AlarmName, { AlarmName, AlarmActions: [] }));
  return names;
}

function parityComposites() {
  return changed((snapshot) => {
    const names = addSilentAlarms(snapshot, 60);
    addComposites(
      snapshot,
      names.map((name, at) => {
        const before =
          at === 0 ? ["FALSE", "TRUE"] : [`ALARM(composite-${at - 1})`, `OK(composite-${at - 1})`];
        return `(${before[0]} AND NOT ALARM(${name})) OR (${before[1]} AND ALARM(${name}))`;
      }),
    );
  });
}

function wideComposite() {
  return changed((snapshot) => {
    const names = addSilentAlarms(snapshot, 500);
    addComposites(snapshot, [names.map((name) => `ALARM(${name})`).join(" OR ")]);
  });
}

function filterPolicies(FilterPolicy) {
  return changed(({ resources }) => {
    for (const { type, properties } of resources)
      if (type === "AWS::SNS::Subscription")
        Object.assign(properties, { FilterPolicy, FilterPolicyScope: "MessageBody" });
  });
}

const nested = (depth, key, inner) => `{"${key}":`.repeat(depth) + inner + "}".repeat(depth);
const deepJson = (depth) => nested(depth, "Trigger", '["x"]');
const wideJson = (count) =>
  JSON.stringify({ AlarmName: numbered(count, (at) => ({ wildcard: `*a*b*c*${at}*` })) });

function deepPolicies() {
  const list = `${"[".repeat(1_500)}"*"${"]".repeat(1_500)}`;
  const principal = nested(500, "AWS", '"*"');
  const policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":${principal},"Action":${list},"Resource":${list},"Condition":${nested(300, "StringEquals", list)}}]}`;
  return changed(({ resources }) => {
    for (const { properties, observed } of resources)
      for (const state of [properties, observed])
        for (const name of ["Policy", "KeyPolicy"])
          if (state !== undefined && Object.hasOwn(state, name)) state[name] = policy;
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
