// Writes src/loaders/property-shapes.json: what may stand below each property that a collector reads. Run it when a collector
// reads something new, with the folder of @aws-cdk/aws-service-spec installed (`npm install --prefix DIR @aws-cdk/aws-service-spec`):
//   node scripts/property-shapes.mjs DIR
// Declared properties have CloudFormation's shapes; observed ones, and those of types that CloudFormation lacks, the shapes of the
// SDK's outputs that are named below. "leaf" has nothing below it, "open" anything (documents, tags, maps), [shape] is a list.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import { pluginsText } from "./generate-rules.mjs";
import { importSource } from "./import-source.mjs";

const root = join(import.meta.dirname, "..");

/** The SDK's type of what CloudFormation does not declare; `lower`: its members are capitalized by the collector. */
const sdk = {
  "AWS::CloudTrail::Channel": { SourceConfig: ["cloudtrail", "SourceConfig"] },
  "AWS::Config::DeliveryChannel": {
    ConfigHistoryDeliveryInfo: ["config-service", "ConfigExportDeliveryInfo", "lower"],
    ConfigSnapshotDeliveryInfo: ["config-service", "ConfigExportDeliveryInfo", "lower"],
    ConfigStreamDeliveryInfo: ["config-service", "ConfigStreamDeliveryInfo", "lower"],
  },
  "AWS::CloudWatch::AlarmMuteRule": {
    Rule: ["cloudwatch", "Rule"],
    MuteTargets: ["cloudwatch", "MuteTargets"],
  },
  "AWS::Glacier::Vault": {
    NotificationConfiguration: ["glacier", "VaultNotificationConfig"],
    VaultLock: ["glacier", "GetVaultLockOutput"],
    AccessPolicy: ["glacier", "VaultAccessPolicy"],
  },
  "AWS::MediaPackage::Metric": { Dimensions: ["cloudwatch", "Dimension[]"] },
  "AWS::S3::StorageMetric": { Dimensions: ["cloudwatch", "Dimension[]"] },
  "AWS::S3::AccountPublicAccessBlock": {
    PublicAccessBlockConfiguration: ["s3-control", "PublicAccessBlockConfiguration"],
  },
  "AWS::S3::Bucket": { Grants: ["s3", "Grant[]"] },
  "AWS::SNS::Topic": { Subscriptions: ["sns", "Subscription[]"] },
  "AWS::TrustedAdvisor::Check": {
    ResourcesSummary: ["support", "TrustedAdvisorResourcesSummary"],
    FlaggedResources: ["support", "TrustedAdvisorResourceDetail[]", "lower"],
  },
  "AWS::TrustedAdvisor::Recommendation": {
    ResourcesAggregates: ["trustedadvisor", "RecommendationResourcesAggregates", "lower"],
    Resources: ["trustedadvisor", "RecommendationResourceSummary[]", "lower"],
  },
};

/** What collectors make themselves, and no model says. */
const own = {
  "AWS::S3::Bucket": {
    LoggingConfiguration: { TargetGrants: "open", TargetObjectKeyFormat: "open" },
    MetricsConfigurations: [{ UnknownFilter: "open" }],
    Policy: "open",
  },
  "AWS::Bedrock::ModelInvocationLogging": { LoggingConfig: "open" },
  "AWS::CloudFront::Distribution": { DistributionConfig: "open" },
  "AWS::ECS::Service": { Deployments: [{ TaskDefinition: "leaf", Status: "leaf" }] },
  "AWS::EKS::Cluster": { ClusterLogging: [{ Types: ["leaf"], Enabled: "leaf" }] },
  "AWS::Elasticsearch::Domain": { LogPublishingOptions: "open" },
  "AWS::OpenSearchService::Domain": { LogPublishingOptions: "open" },
  "AWS::RDS::OptionGroup": { Options: "open" },
  "AWS::RDS::DBInstance": {
    DBParameterGroups: [{ DBParameterGroupName: "leaf", ParameterApplyStatus: "leaf" }],
    OptionGroupMemberships: [{ OptionGroupName: "leaf", Status: "leaf" }],
    PendingCloudwatchLogsExports: "open",
  },
  ...Object.fromEntries(
    ["AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster"].map((type) => [
      type,
      { DBClusterMembers: [{ DBInstanceIdentifier: "leaf", DBClusterParameterGroupStatus: "leaf" }] },
    ]),
  ),
  "AWS::Redshift::Cluster": {
    ClusterParameterGroups: [{ ParameterGroupName: "leaf", ParameterApplyStatus: "leaf" }],
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { Listeners: [{ Protocol: "leaf", Port: "leaf" }] },
  "AWS::NetworkFirewall::Firewall": { LogDestinationConfigs: "open" },
  "AWS::SecurityHub::Standard": { StandardsStatusReason: { StatusReasonCode: "leaf" } },
  "AWS::WAFv2::LoggingConfiguration": { LoggingFilter: "open" },
  "AWS::MediaPackageV2::Channel": { IngestEndpoints: [{ Id: "leaf", Url: "leaf" }] },
  "AWS::Logs::DeliverySource": { ResourceArns: ["leaf"] },
  "AWS::TrustedAdvisor::Access": { SupportApiCategories: ["leaf"] },
  "AWS::TrustedAdvisor::Check": { Headings: ["leaf"] },
  "AWS::TrustedAdvisor::Recommendation": { Pillars: ["leaf"], AwsServices: ["leaf"] },
  "AWS::Lambda::Function": { Policy: "open" },
  "AWS::SNS::Topic": { Policy: "open" },
  "AWS::SQS::Queue": { Policy: "open" },
};

/** What collectors leave out or spell otherwise, instead of what a model says. */
const instead = {
  "AWS::MediaPackage::Channel": { HlsIngest: { IngestEndpoints: [{ Id: "leaf", Url: "leaf" }] } },
};

const require = createRequire(join(process.argv[2] ?? ".", "package.json"));
const spec = require("@aws-cdk/aws-service-spec").loadAwsServiceSpecSync();

const isDocument = (name) =>
  /^(Policy|(Key|Filter|Redrive)Policy|PolicyDocument|ResourcePolicyDocument|Tags)$/.test(name);

function declared(type, seen = []) {
  if (type.type === "array") return [declared(type.element, seen)];
  if (type.type === "ref") {
    const reference = type.reference.$ref;
    if (seen.includes(reference)) return "open";
    return members(spec.get("typeDefinition", reference).properties, [...seen, reference]);
  }
  if (type.type === "union") return type.types.map((one) => declared(one, seen)).reduce(merged);
  return ["json", "map", "tag"].includes(type.type) ? "open" : "leaf";
}

function members(properties, seen) {
  const names = Object.keys(properties);
  if (names.length === 0) return "open";
  return Object.fromEntries(
    names.map((name) => [name, isDocument(name) ? "open" : declared(properties[name].type, seen)]),
  );
}

/** What fits either shape. */
function merged(a, b) {
  if (a === "open" || b === "open") return "open";
  if (a === "leaf" || b === "leaf") return a === b ? "leaf" : "open";
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) ? [merged(a[0], b[0])] : "open";
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    names.map((name) => [name, name in a && name in b ? merged(a[name], b[name]) : (a[name] ?? b[name])]),
  );
}

/** The shapes of the SDK's types named in `sdk`. */
function sdkShapes() {
  const wanted = Object.entries(sdk).flatMap(([type, properties]) =>
    Object.entries(properties).map(([property, [client, name, spelling]]) => ({
      type,
      property,
      spelling,
      text: `import("@aws-sdk/client-${client}").${name}`,
    })),
  );
  const file = join(root, "src/property-shapes-of-sdk.ts");
  const text = wanted.map((one, at) => `export type X${at} = ${one.text};`).join("\n");
  const host = ts.createCompilerHost({});
  const readFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : readFile(path, ...rest);
  const options = {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker();
  const found = {};
  program.getSourceFile(file).statements.forEach((statement, at) => {
    const { type, property, spelling } = wanted[at];
    const shape = shapeOf(checker, checker.getTypeAtLocation(statement.name), { spelling, seen: [] });
    if (shape === "open") throw new Error(`${type} ${property}: the SDK has no such type`);
    (found[type] ??= {})[property] = shape;
  });
  return found;
}

function shapeOf(checker, given, { spelling, seen }) {
  const type = checker.getNonNullableType(given);
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return "open";
  if (checker.isArrayType(type))
    return [shapeOf(checker, checker.getTypeArguments(type)[0], { spelling, seen })];
  if (type.isUnion()) {
    const isScalar = type.types.every((one) => !(one.flags & ts.TypeFlags.Object));
    return isScalar
      ? "leaf"
      : type.types.map((one) => shapeOf(checker, one, { spelling, seen })).reduce(merged);
  }
  if (!(type.flags & ts.TypeFlags.Object)) return "leaf";
  if (["Date", "Uint8Array"].includes(type.symbol?.name)) return "leaf";
  if (seen.includes(type) || type.getStringIndexType() !== undefined) return "open";
  const below = { spelling, seen: [...seen, type] };
  return Object.fromEntries(
    type
      .getProperties()
      .filter(({ name }) => name !== "$metadata")
      .map((member) => [
        spelling === "lower" ? member.name.charAt(0).toUpperCase() + member.name.slice(1) : member.name,
        isDocument(member.name) ? "open" : shapeOf(checker, checker.getTypeOfSymbol(member), below),
      ]),
  );
}

const { collectors } = await importSource(`export const collectors = ${pluginsText(root, "collectors")};`);
const observed = sdkShapes();
const shapes = {};
for (const type of Object.keys(collectors).sort()) {
  const { list, reads } = await collectors[type]();
  const names = [
    ...new Set([...(list?.properties ?? []), ...reads.flatMap((read) => read.properties)]),
  ].sort();
  const resource = [...spec.lookup("resource", "cloudFormationType", "equals", type)][0];
  const shapeFor = (name) => {
    if (instead[type]?.[name] !== undefined) return instead[type][name];
    const extra = own[type]?.[name];
    const given = observed[type]?.[name];
    const property = resource?.properties[name];
    const known = [
      ...(property === undefined ? [] : [isDocument(name) ? "open" : declared(property.type)]),
      ...(given === undefined ? [] : [given]),
      ...(extra === undefined ? [] : [extra]),
    ];
    return known.length === 0 ? "leaf" : known.reduce(merged);
  };
  shapes[type] = Object.fromEntries(names.map((name) => [name, shapeFor(name)]));
}
const lines = Object.entries(shapes).map(([type, one]) => `${JSON.stringify(type)}:${JSON.stringify(one)}`);
writeFileSync(join(root, "src/loaders/property-shapes.json"), `{\n${lines.join(",\n")}\n}\n`);
