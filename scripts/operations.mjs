// Writes src/aws/operations.json: of the SDK's clients, the schemas of those operations that are asked, and where they are asked. Run it when
// a collector asks something new, or when a client's package is newer:
//   node scripts/operations.mjs
// The clients are devDependencies: of them nothing ships but what is written here. test/aws/declared-client.test.ts holds it against them.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pluginsText } from "./generate-rules.mjs";
import { importSource } from "./import-source.mjs";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);

/** The package of the SDK for each declared service, less "@aws-sdk/client-". */
export const packages = {
  "access-analyzer": "accessanalyzer",
  account: "account",
  apigateway: "api-gateway",
  apigatewayv2: "apigatewayv2",
  bedrock: "bedrock",
  cloudcontrol: "cloudcontrol",
  cloudfront: "cloudfront",
  config: "config-service",
  ec2: "ec2",
  ecs: "ecs",
  eks: "eks",
  elasticache: "elasticache",
  elb: "elastic-load-balancing",
  elbv2: "elastic-load-balancing-v2",
  es: "opensearch",
  events: "eventbridge",
  firehose: "firehose",
  guardduty: "guardduty",
  iam: "iam",
  inspector2: "inspector2",
  kafka: "kafka",
  kms: "kms",
  lambda: "lambda",
  logs: "cloudwatch-logs",
  macie2: "macie2",
  "network-firewall": "network-firewall",
  organizations: "organizations",
  rds: "rds",
  redshift: "redshift",
  "redshift-serverless": "redshift-serverless",
  route53: "route-53",
  secretsmanager: "secrets-manager",
  securityhub: "securityhub",
  sns: "sns",
  ssm: "ssm",
  states: "sfn",
  trustedadvisor: "trustedadvisor",
  wafv2: "wafv2",
};

/** What a client of the SDK adds to each request by a step of its own. */
const headers = {
  // Without it API Gateway answers in another notation.
  apigateway: { accept: "application/json" },
};

/** What is asked besides collectors' calls, by service. */
const elsewhere = {
  account: { ListRegions: undefined },
  organizations: {
    ListAccounts: undefined,
    ListAccountsForParent: undefined,
    ListOrganizationalUnitsForParent: undefined,
    ListParents: undefined,
    ListRoots: undefined,
  },
  secretsmanager: { GetSecretValue: undefined },
  securityhub: {
    BatchImportFindings: {
      input: findingMembers(),
      output: ["FailedCount", "SuccessCount", "FailedFindings"],
    },
  },
  sns: { Publish: undefined },
};

// As src/shared/asff/ writes findings: of a resource nothing but who it is.
function findingMembers() {
  const whole = [
    ...[
      "SchemaVersion",
      "Id",
      "ProductArn",
      "ProductName",
      "GeneratorId",
      "AwsAccountId",
      "Types",
      "CreatedAt",
      "UpdatedAt",
    ],
    ...[
      "LastObservedAt",
      "Severity",
      "Title",
      "Description",
      "Remediation",
      "ProductFields",
      "Compliance",
      "RecordState",
    ],
    ...["FindingProviderFields", "Resources.Type", "Resources.Id", "Resources.Partition", "Resources.Region"],
  ];
  return whole.map((name) => `Findings.${name}`);
}

/** The module of a service's client. */
export const clientModule = (service) => import(`@aws-sdk/client-${packages[service]}`);

/** The client class in a module, found by what it is. */
export function clientClass(sdk) {
  return Object.values(sdk).find(
    (one) => typeof one === "function" && /Client$/.test(one.name) && one !== sdk.__Client,
  );
}

async function wanted() {
  const { collectors } = await importSource(`export const collectors = ${pluginsText(root, "collectors")};`);
  const found = structuredClone(elsewhere);
  for (const load of Object.values(collectors)) {
    const { list, reads, locate } = await load();
    for (const call of [list, locate, ...reads])
      if (call !== undefined && call.operation.service in packages) {
        const { service, name, members } = call.operation;
        const operations = (found[service] ??= {});
        const read = members && { output: members };
        operations[name] = name in operations ? joined(operations[name], read) : read;
      }
  }
  return found;
}

// undefined is all.
function joined(a, b) {
  return a === undefined || b === undefined ? undefined : { output: [...a.output, ...b.output] };
}

async function declaration(service, operations) {
  const sdk = await clientModule(service);
  const Client = clientClass(sdk);
  const { config } = new Client({
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const { errorTypeRegistries, ...settings } = config.protocolSettings;
  const shapes = shapesOf(service);
  const chosen = Object.keys(operations)
    .sort()
    .map((name) => {
      const [kind, , , traits, input, output] = sdk[`${name}$`] ?? [];
      if (kind !== 9) throw new Error(`${service} has no operation ${name}`);
      checkParameters(service, sdk[`${name}Command`]);
      const { input: asked, output: read } = operations[name] ?? {};
      return [name, [traits, shapes.add(input, asked), shapes.add(output, read)]];
    });
  return {
    serviceId: config.serviceId,
    protocol: config.protocol.constructor.name,
    settings,
    signingName: config.defaultSigningName,
    ...(headers[service] === undefined ? {} : { headers: headers[service] }),
    endpoint: await endpointRules(service),
    errors: errorsOf(errorTypeRegistries),
    operations: Object.fromEntries(chosen),
    shapes: shapes.all(),
  };
}

// A parameter that one operation alone has would need its own treatment.
function checkParameters(service, Command) {
  const names = Object.keys(Command.getEndpointParameterInstructions()).sort().join();
  if (
    !/^(?:AccountId,AccountIdEndpointMode,)?Endpoint,Region,UseDualStack,UseFIPS$|^Endpoint,Region,UseFIPS$/.test(
      names,
    )
  )
    throw new Error(`${service} ${Command.name}: its endpoint depends on ${names}`);
}

/** Errors whose code on the wire is not their name: code → name. */
function errorsOf(registries) {
  const schemas = registries.flatMap(({ schemas }) => [...schemas.values()]);
  return Object.fromEntries(
    schemas
      .flatMap(([kind, , name, traits]) => {
        const code = traits?.awsQueryError?.[0];
        return kind === -3 && code !== undefined && code !== name ? [[code, name]] : [];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

async function endpointRules(service) {
  const folder = dirname(dirname(require.resolve(`@aws-sdk/client-${packages[service]}`)));
  const text = readFileSync(join(folder, "dist-es/endpoint/bdd.js"), "utf8").replace(
    /^import .*$/m,
    "const BinaryDecisionDiagram = { from: (nodes, root, conditions, results) => ({ nodes: [...nodes], root, conditions, results }) };",
  );
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)).bdd;
}

const kinds = { simple: 0, list: 1, map: 2, structure: 3, union: 4 };

/** Collects shapes by name. A structure of which only some members are wanted by one operation has those that any wants. */
function shapesOf(service) {
  const shapes = new Map();
  const orders = new Map();
  const visit = (given, paths) => {
    let ref = typeof given === "function" ? given() : given;
    if (typeof ref === "number" || typeof ref === "string") return ref;
    if (ref.length === 2) return [visit(ref[0], paths), ref[1]];
    const [kind, , name, traits, a, b] = ref;
    if (name === "Unit" && a.length === 0) return "unit";
    if (kind === kinds.simple) shapes.set(name, [kind, traits, a]);
    else if (kind === kinds.list) enter(name, paths, () => [kind, traits, visit(a, paths)]);
    else if (kind === kinds.map)
      enter(name, paths, () => [kind, traits, visit(a, undefined), visit(b, paths)]);
    else structure(ref, paths);
    return name;
  };
  const entered = new Set();
  const enter = (name, paths, make) => {
    const key = `${name} ${JSON.stringify(paths)}`;
    if (entered.has(key)) return;
    entered.add(key);
    const made = make();
    if (made !== undefined) shapes.set(name, made);
  };
  const structure = ([kind, , name, traits, names, members], paths) => {
    enter(name, paths, () => {
      const firsts = paths && [...new Set(paths.map((path) => path.split(".")[0]))];
      for (const first of firsts ?? [])
        if (!names.includes(first)) throw new Error(`${service} ${name} has no ${first}`);
      const known = shapes.get(name) ?? [kind, traits, {}];
      shapes.set(name, known);
      orders.set(name, names);
      names.forEach((member, at) => {
        if (firsts !== undefined && !firsts.includes(member)) return;
        const below = paths
          ?.filter((path) => path.startsWith(`${member}.`))
          .map((path) => path.slice(member.length + 1));
        const isWhole = paths === undefined || paths.includes(member);
        known[2][member] = visit(members[at], isWhole ? undefined : below);
      });
      return undefined;
    });
  };
  return {
    add: (given, paths) => visit(given, paths),
    all: () =>
      Object.fromEntries(
        [...shapes]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, shape]) => [name, inOrder(shape, orders.get(name))]),
      ),
  };
}

// In the model's order members are written.
function inOrder([kind, traits, ...rest], names) {
  if (names === undefined) return [kind, traits, ...rest];
  const [members] = rest;
  return [
    kind,
    traits,
    Object.fromEntries(names.filter((name) => name in members).map((name) => [name, members[name]])),
  ];
}

/** The text of src/aws/operations.json. */
export async function operationsText() {
  const services = await wanted();
  const lines = await Promise.all(
    Object.keys(services)
      .sort()
      .map(
        async (service) =>
          `${JSON.stringify(service)}:${JSON.stringify(await declaration(service, services[service]))}`,
      ),
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(root, "src/aws/operations.json"), await operationsText());
