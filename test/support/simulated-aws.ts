import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { recordedAccounts, startEndpoint } from "./aws/endpoint.mjs";
import type { Endpoint, Entry, Recorded, Settings } from "./aws/endpoint.mjs";

export type { Entry, Fault, Miss, Settings, Stats } from "./aws/endpoint.mjs";

/** The recorded accounts, by name. What is true of them: aws/expected/*.json. */
export const accounts = {
  compliant: "111111111111",
  broken: "222222222222",
  tricky: "333333333333",
  management: "123456789012",
} as const;

/** A running endpoint. Stop it, or let `withAws` do so. */
export type SimulatedAws = Endpoint & {
  /** The environment in which the command line and the SDK speak to this endpoint as that account. */
  env(account: string): Readonly<Record<string, string>>;
};

/** What is different from the recorded accounts: trouble, and answers that come first. */
export type SimulationOptions = Settings & { readonly answers?: readonly Entry[]; readonly port?: number };

let recorded: Recorded | undefined;

/** Starts the endpoint with the recorded accounts, on a free port, in this process. */
export async function startSimulatedAws({
  answers = [],
  ...settings
}: SimulationOptions = {}): Promise<SimulatedAws> {
  recorded ??= recordedAccounts();
  return withEnvironment(await startEndpoint({ ...settings, entries: answers, recorded }));
}

/** An account that a test writes down. What it does not mention is empty; calls that nobody answers are misses. */
export type AccountDescription = Settings & {
  /** Twelve digits; default 444455556666. */
  readonly account?: string;
  /** The enabled regions; default us-east-1 and eu-west-1. */
  readonly regions?: readonly string[];
  readonly trails?: readonly TrailDescription[];
  /** More answers, and answers that replace the defaults. */
  readonly answers?: readonly Entry[];
};

/** A trail, by what differs from a healthy multi-region trail of the account that records all management events. */
export type TrailDescription = {
  readonly name: string;
  readonly home?: string;
  /** The regions whose DescribeTrails shows it; default: all, or the home region of a single-region trail. */
  readonly seenIn?: readonly string[];
  /** Members of Trail, such as IsMultiRegionTrail. */
  readonly trail?: Readonly<Record<string, unknown>>;
  /** Members of GetTrailStatus, such as IsLogging. */
  readonly status?: Readonly<Record<string, unknown>>;
  /** The answer of GetEventSelectors. */
  readonly selectors?: {
    readonly EventSelectors?: readonly object[];
    readonly AdvancedEventSelectors?: readonly object[];
  };
};

/** The account of `simulatedAccount` when none is named. */
export const defaultAccount = "444455556666";

/** Starts an endpoint with just one account, described as plain data. */
export async function simulatedAccount(description: AccountDescription = {}): Promise<SimulatedAws> {
  const {
    account = defaultAccount,
    regions = ["us-east-1", "eu-west-1"],
    trails = [],
    answers = [],
    ...settings
  } = description;
  const world = { account, regions };
  const entries = [
    ...answers,
    ...trails.flatMap((trail) => answersOfTrail(trail, world)),
    enabledRegions(regions),
    ...nothingThere,
  ];
  return withEnvironment(await startEndpoint({ ...settings, entries }));
}

/** Runs a body against an endpoint, fails it if a call went unanswered, and stops the endpoint whatever happens. */
export async function withAws<T>(
  starting: Promise<SimulatedAws>,
  body: (aws: SimulatedAws) => Promise<T>,
): Promise<T> {
  const aws = await starting;
  try {
    const result = await body(aws);
    const misses = aws.misses();
    if (misses.length > 0)
      throw new Error(
        `nothing answers these calls:\n${misses.map((miss) => JSON.stringify(miss)).join("\n")}`,
      );
    return result;
  } finally {
    await aws.stop();
  }
}

/** A URL at which nobody listens: connections are refused. */
export async function deadEndpoint(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** The environment in which a command speaks to an endpoint as an account. */
export function environmentOf(url: string, account: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: `AKIA${account}TEST`,
    AWS_SECRET_ACCESS_KEY: "testbed",
  };
}

function withEnvironment(endpoint: Endpoint): SimulatedAws {
  return { ...endpoint, env: (account) => environmentOf(endpoint.url, account) };
}

type World = { readonly account: string; readonly regions: readonly string[] };

function answersOfTrail(description: TrailDescription, { account, regions }: World): readonly Entry[] {
  const {
    name,
    home = regions[0] ?? "us-east-1",
    trail = {},
    status = {},
    selectors = everyManagementEvent,
  } = description;
  const arn =
    typeof trail["TrailARN"] === "string"
      ? trail["TrailARN"]
      : `arn:aws:cloudtrail:${home}:${account}:trail/${name}`;
  const described = {
    ...healthyTrail,
    Name: name,
    S3BucketName: `${name}-logs`,
    HomeRegion: home,
    TrailARN: arn,
    ...trail,
  };
  const seenIn = description.seenIn ?? (described.IsMultiRegionTrail ? regions : [home]);
  const asked = [name, arn];
  return [
    {
      service: "cloudtrail",
      operation: "DescribeTrails",
      region: seenIn,
      mode: "merge",
      response: { trailList: [described] },
    },
    {
      service: "cloudtrail",
      operation: "GetTrailStatus",
      params: { Name: asked },
      response: { ...healthyStatus, ...status },
    },
    {
      service: "cloudtrail",
      operation: "GetEventSelectors",
      region: home,
      params: { TrailName: asked },
      response: { TrailARN: arn, ...selectors },
    },
    ...placesOf(described, account),
  ];
}

// The bucket and the log group that a trail names are there, unless the test answers otherwise first.
function placesOf(
  {
    S3BucketName: Bucket,
    ...described
  }: { readonly S3BucketName: unknown } & Readonly<Record<string, unknown>>,
  account: string,
): readonly Entry[] {
  const group = described["CloudWatchLogsLogGroupArn"];
  const [, , , region, , , logGroupName] = typeof group === "string" ? group.split(":") : [];
  const location =
    '<?xml version="1.0" encoding="UTF-8"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>';
  const versioning =
    '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>';
  const logGroup = {
    logGroupName,
    arn: `arn:aws:logs:${region ?? ""}:${account}:log-group:${logGroupName ?? ""}:*`,
    logGroupArn: `arn:aws:logs:${region ?? ""}:${account}:log-group:${logGroupName ?? ""}`,
  };
  return [
    { service: "s3", operation: "GetBucketLocation", params: { Bucket }, xml: location },
    { service: "s3", operation: "GetBucketVersioning", params: { Bucket }, xml: versioning },
    ...(logGroupName === undefined || region === undefined
      ? []
      : [{ service: "logs", operation: "DescribeLogGroups", region, response: { logGroups: [logGroup] } }]),
  ];
}

const healthyTrail = {
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  LogFileValidationEnabled: true,
  HasCustomEventSelectors: true,
  HasInsightSelectors: false,
  IsOrganizationTrail: false,
};
const healthyStatus = {
  IsLogging: true,
  StartLoggingTime: "2026-01-01T00:00:00Z",
  LatestDeliveryTime: "@now-5m",
};
const everyManagementEvent = {
  EventSelectors: [
    {
      ReadWriteType: "All",
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ],
};

function enabledRegions(regions: readonly string[]): Entry {
  const Regions = regions.map((RegionName) => ({ RegionName, RegionOptStatus: "ENABLED_BY_DEFAULT" }));
  return {
    service: "account",
    operation: "ListRegions",
    select: { list: "Regions", key: "RegionOptStatus", param: "RegionOptStatusContains" },
    response: { Regions },
  };
}

const empty = (service: string, operation: string, list: string): Entry => ({
  service,
  operation,
  response: { [list]: [] },
});
const emptyXml = (service: string, operation: string, xml: string): Entry => ({ service, operation, xml });

// Beside aws/snapshots/_defaults.json, which holds what the recorder could not ask; these it could.
const nothingThere: readonly Entry[] = [
  empty("cloudtrail", "DescribeTrails", "trailList"),
  empty("cloudtrail", "ListTrails", "Trails"),
  {
    service: "monitoring",
    operation: "DescribeAlarms",
    response: { MetricAlarms: [], CompositeAlarms: [], LogAlarms: [] },
  },
  empty("monitoring", "ListMetrics", "Metrics"),
  empty("logs", "DescribeLogGroups", "logGroups"),
  empty("logs", "DescribeMetricFilters", "metricFilters"),
  empty("logs", "DescribeResourcePolicies", "resourcePolicies"),
  empty("logs", "DescribeDeliveries", "deliveries"),
  empty("logs", "DescribeDeliverySources", "deliverySources"),
  empty("logs", "DescribeDeliveryDestinations", "deliveryDestinations"),
  empty("events", "ListRules", "Rules"),
  { service: "events", operation: "ListEventBuses", response: { EventBuses: [{ Name: "default" }] } },
  empty("glacier", "ListVaults", "VaultList"),
  empty("kms", "ListAliases", "Aliases"),
  empty("config", "DescribeConfigurationRecorders", "ConfigurationRecorders"),
  empty("config", "DescribeConfigurationRecorderStatus", "ConfigurationRecordersStatus"),
  empty("config", "DescribeDeliveryChannels", "DeliveryChannels"),
  emptyXml(
    "sns",
    "ListTopics",
    '<ListTopicsResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListTopicsResult><Topics/></ListTopicsResult></ListTopicsResponse>',
  ),
  emptyXml(
    "sns",
    "ListSubscriptions",
    '<ListSubscriptionsResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsResult><Subscriptions/></ListSubscriptionsResult></ListSubscriptionsResponse>',
  ),
  emptyXml(
    "s3",
    "ListBuckets",
    '<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets/></ListAllMyBucketsResult>',
  ),
];
