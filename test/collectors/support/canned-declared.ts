import { operationSchema } from "../../../src/aws/declared-schema.js";
import type { Collector, ListCall, ReadCall } from "../../../src/core/collector.js";
import { readOperations } from "../../../src/generated/operations.js";
import { sample } from "../../aws/support/wire.js";
import { everyCollector } from "./every-collector.js";
import type { Answers } from "./read.js";

/** Members of answers that say more than that they are there, by operation: they replace what the schema gives. */
const said: Readonly<Record<string, (answer: Answer) => object>> = {
  "ssm:GetDocument": () => ({
    Content: JSON.stringify({
      inputs: {
        s3BucketName: "b",
        s3KeyPrefix: "p",
        s3EncryptionEnabled: true,
        cloudWatchLogGroupName: "g",
        cloudWatchEncryptionEnabled: true,
        cloudWatchStreamingEnabled: true,
        kmsKeyId: "k",
      },
    }),
  }),
  "es:ListDomainNames": () => ({
    DomainNames: [
      { DomainName: "DomainName &<é", EngineType: "OpenSearch" },
      { DomainName: "e", EngineType: "Elasticsearch" },
    ],
  }),
  "es:DescribeDomains": (answer) => ({
    DomainStatusList: ["DomainName &<é", "e"].map((DomainName) => ({
      ...first(answer["DomainStatusList"]),
      DomainName,
    })),
  }),
  "ecs:ListClusters": () => ({ clusterArns: [clusterArn] }),
  "ecs:DescribeClusters": (answer) => ({ clusters: [{ ...first(answer["clusters"]), clusterArn }] }),
  "ecs:ListServices": () => ({ serviceArns: [serviceArn] }),
  "ecs:DescribeServices": (answer) => ({ services: [{ ...first(answer["services"]), serviceArn }] }),
  "rds:DescribeDBClusters": (answer) => ({
    DBClusters: ["aurora-mysql", "docdb", "neptune"].map((Engine) => ({
      ...first(answer["DBClusters"]),
      Engine,
      DBClusterIdentifier: Engine,
    })),
  }),
  "elbv2:DescribeLoadBalancers": (answer) => ({
    LoadBalancers: [{ ...first(answer["LoadBalancers"]), Type: "network" }],
  }),
  "ssm:GetServiceSetting": () => ({ ServiceSetting: { SettingValue: "CloudWatch" } }),
};

const clusterArn = "arn:aws:ecs:us-east-1:111111111111:cluster/c";
const serviceArn = "arn:aws:ecs:us-east-1:111111111111:service/c/s";
const first = (list: unknown): object => ({ ...(list as readonly object[])[0] });

type Answer = Readonly<Record<string, unknown>>;
type Call = ListCall | ReadCall;

const collectors = await everyCollector();
const callsOf = ({ list, reads }: Collector): readonly Call[] => [
  ...(list === undefined ? [] : [list as Call]),
  ...reads,
];

/** Whether a collector is data alone: what AWS can answer then follows from the schemas. */
export const isDeclared = (collector: Collector): boolean =>
  callsOf(collector).every(({ operation }) => operation.members !== undefined);

// One item of everything, and no further page.
function answerTo({ operation: { service, name }, pages }: Call): object {
  const declaration = readOperations(service);
  if (declaration === undefined) throw new Error(`${service} is not declared`);
  const [, , , , , output] = operationSchema(declaration, name) as readonly never[];
  const answer = { ...(sample(output as never) as Answer), $metadata: { requestId: "r" } };
  const own = { ...answer, ...said[`${service}:${name}`]?.(answer) };
  return pages === undefined ? own : without(own, pages.answer.split("."));
}

function without(answer: Answer, [name = "", ...below]: readonly string[]): object {
  if (below.length === 0) return { ...answer, [name]: undefined };
  return { ...answer, [name]: without(answer[name] as Answer, below) };
}

function answersOf(type: string): Answers {
  const collector = collectors.get(type);
  if (collector === undefined) return {};
  const { at } = collector.list ?? {};
  const parents = typeof at !== "object" ? [] : "each" in at ? [at.each] : at.where;
  return Object.assign(
    {},
    ...parents.map(answersOf),
    ...callsOf(collector).map((call) => ({ [call.operation.name]: () => answerTo(call) })),
  ) as Answers;
}

/** What names a resource that is only followed from references. */
const referred: Readonly<Record<string, string>> = {
  "AWS::ECS::TaskDefinition": "arn:aws:ecs:us-east-1:111111111111:task-definition/t:1",
  "AWS::IAM::ManagedPolicy": "arn:aws:iam::111111111111:policy/p",
  "AWS::IAM::Role": "arn:aws:iam::111111111111:role/r",
  "AWS::KinesisFirehose::DeliveryStream": "arn:aws:firehose:us-east-1:111111111111:deliverystream/d",
  "AWS::RDS::DBClusterParameterGroup": "g",
  "AWS::RDS::DBParameterGroup": "g",
  "AWS::RDS::OptionGroup": "g",
  "AWS::Redshift::ClusterParameterGroup": "g",
};

/** As `cannedDeclared`, of those that no call lists. */
export const cannedDeclaredReferences: Readonly<
  Record<string, { readonly reference: string; readonly answers: Answers }>
> = Object.fromEntries(
  Object.entries(referred).map(([type, reference]) => [type, { reference, answers: answersOf(type) }]),
);

/** What AWS answers, by the type that is read from it, for every collector that is data: one resource each, with everything set. */
export const cannedDeclared: Readonly<Record<string, Answers>> = Object.fromEntries(
  [...collectors.values()]
    .filter((collector) => isDeclared(collector) && !(collector.type in referred))
    .map(({ type }) => [type, answersOf(type)]),
);
