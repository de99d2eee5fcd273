import { leaderRegion, partitionOf } from "../shared/aws/partitions.js";

/** How a service is called. */
export type Service = {
  /** Imports the SDK client's module, or makes the like of one of what is declared. */
  readonly load: () => Promise<object>;
  /** The client class in that module. */
  readonly client: string;
  /** The prefix of its IAM actions, where it is not the service's key. */
  readonly prefix?: string;
  /** The API lives in the partition's leader region alone, and requests are signed for it. */
  readonly leaderOnly?: true;
  /** Documented requests per second, account and region, for operations that `rates` does not name; default 10. */
  readonly rate?: number;
  readonly rates?: Readonly<Record<string, number>>;
};

// Its code comes with the first client that needs it.
function declared(key: string): Pick<Service, "load" | "client"> {
  return {
    load: async () => (await import("./declared-client.js")).declaredService(key),
    client: "Client",
  };
}

const table: Readonly<Record<string, Service>> = {
  account: {
    ...declared("account"),
    leaderOnly: true,
    rate: 5,
  },
  cloudcontrol: {
    ...declared("cloudcontrol"),
    prefix: "cloudformation",
  },
  cloudtrail: {
    load: () => import("@aws-sdk/client-cloudtrail"),
    client: "CloudTrailClient",
    rate: 10,
    rates: { LookupEvents: 2, ListInsightsMetricData: 1 },
  },
  cloudwatch: {
    load: () => import("@aws-sdk/client-cloudwatch"),
    client: "CloudWatchClient",
    rate: 9,
    rates: { ListMetrics: 25, ListAlarmMuteRules: 50, GetAlarmMuteRule: 20 },
  },
  config: { ...declared("config") },
  events: { ...declared("events"), rate: 50 },
  glacier: { load: () => import("@aws-sdk/client-glacier"), client: "GlacierClient", rate: 5 },
  kms: { ...declared("kms"), rate: 50 },
  lambda: { ...declared("lambda"), rate: 15 },
  logs: {
    ...declared("logs"),
    rate: 10,
    rates: { DescribeMetricFilters: 5 },
  },
  mediapackage: { load: () => import("@aws-sdk/client-mediapackage"), client: "MediaPackageClient", rate: 5 },
  organizations: {
    ...declared("organizations"),
    leaderOnly: true,
    rate: 2,
  },
  s3: { load: () => import("@aws-sdk/client-s3"), client: "S3Client", rate: 50 },
  s3control: { load: () => import("@aws-sdk/client-s3-control"), client: "S3ControlClient", prefix: "s3" },
  securityhub: { ...declared("securityhub"), rate: 10 },
  secretsmanager: {
    ...declared("secretsmanager"),
    rate: 50,
  },
  sns: { ...declared("sns"), rate: 30 },
  sqs: { load: () => import("@aws-sdk/client-sqs"), client: "SQSClient", rate: 50 },
  sts: { load: () => import("@aws-sdk/client-sts"), client: "STSClient", rate: 50 },
  support: {
    load: () => import("@aws-sdk/client-support"),
    client: "SupportClient",
    leaderOnly: true,
    rate: 2,
  },
  trustedadvisor: {
    ...declared("trustedadvisor"),
    leaderOnly: true,
    rate: 2,
  },
  "access-analyzer": { ...declared("access-analyzer") },
  apigateway: { ...declared("apigateway"), rate: 3 },
  apigatewayv2: { ...declared("apigatewayv2"), prefix: "apigateway", rate: 5 },
  bedrock: { ...declared("bedrock") },
  cloudfront: { ...declared("cloudfront"), leaderOnly: true },
  ec2: { ...declared("ec2"), rate: 20 },
  ecs: { ...declared("ecs"), rate: 20 },
  eks: { ...declared("eks") },
  elasticache: { ...declared("elasticache") },
  elb: { ...declared("elb"), prefix: "elasticloadbalancing" },
  elbv2: { ...declared("elbv2"), prefix: "elasticloadbalancing" },
  es: { ...declared("es") },
  firehose: { ...declared("firehose"), rate: 5 },
  guardduty: { ...declared("guardduty") },
  iam: { ...declared("iam"), leaderOnly: true, rate: 15 },
  inspector2: { ...declared("inspector2") },
  kafka: { ...declared("kafka"), rate: 5 },
  macie2: { ...declared("macie2") },
  "network-firewall": { ...declared("network-firewall") },
  rds: { ...declared("rds") },
  redshift: { ...declared("redshift") },
  "redshift-serverless": { ...declared("redshift-serverless") },
  route53: { ...declared("route53"), leaderOnly: true, rate: 5 },
  ssm: { ...declared("ssm") },
  states: { ...declared("states"), rate: 5 },
  wafv2: { ...declared("wafv2"), rate: 5 },
};

/** The service of this key; throws on a key that is not in the table, which is a collector's mistake. */
export function serviceOf(key: string): Service {
  const service = table[key];
  if (service === undefined)
    throw new Error(`src/aws/services.ts has no service "${key}"; it has ${Object.keys(table).join(", ")}`);
  return service;
}

/** The IAM action of an operation, where a collector says nothing else: "cloudtrail:DescribeTrails". */
export function iamAction(service: string, operation: string): string {
  return `${serviceOf(service).prefix ?? service}:${operation}`;
}

/** The documented rate of an operation: requests per second, per account and region. */
export function requestRate(service: string, operation: string): number {
  const { rate = 10, rates = {} } = serviceOf(service);
  return rates[operation] ?? rate;
}

/** The region whose client answers for `region`: the same, but for services that live in the leader region alone. */
export function clientRegion(service: string, region: string): string {
  return serviceOf(service).leaderOnly === true ? leaderRegion(partitionOf(region)) : region;
}
