// Writes src/mappings/identities-spec.ts: how the names of types are made, as CloudFormation's registry says, for services that are
// watched and that the tables beside it leave out. Run it when a collector reads a new service, with the folder of
// @aws-cdk/aws-service-spec installed (`npm install --prefix DIR @aws-cdk/aws-service-spec`):
//   node scripts/type-identities.mjs DIR
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const services =
  /^AWS::(?:AccessAnalyzer|ApiGateway|ApiGatewayV2|AppSync|Bedrock|CloudFront|DMS|DocDB|ECS|EKS|ElastiCache|ElasticLoadBalancing|ElasticLoadBalancingV2|GuardDuty|InspectorV2|Macie|MSK|Neptune|NetworkFirewall|OpenSearchService|RDS|Redshift|Route53|Route53Resolver|SecurityHub|WAFv2)::/;
const further =
  /^AWS::(?:EC2::(?:NetworkInterface|TransitGateway|TransitGatewayAttachment|TransitGatewayVpcAttachment|VPNConnection|ClientVpnEndpoint|VerifiedAccessInstance)|SSM::(?:Document|Parameter|ServiceSetting)|EFS::FileSystem|AmazonMQ::Broker|ElasticBeanstalk::Environment|SES::ConfigurationSet|Cognito::UserPool|Transfer::Server|Batch::ComputeEnvironment)$/;

const require = createRequire(join(process.argv[2] ?? ".", "package.json"));
const spec = require("@aws-cdk/aws-service-spec").loadAwsServiceSpecSync();

const known = new Set(
  readdirSync(join(root, "src/mappings"))
    .filter((file) => /^identities(?!-spec).*\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(root, "src/mappings", file), "utf8").matchAll(/"(AWS::\w+::\w+)"/g),
    ])
    .map(([, type]) => type),
);

/** The property that names a resource, and its ARN, where the registry tells them; "-" where it does not. */
function rowOf({ cloudFormationType: type, primaryIdentifier = [], properties, arnTemplate = "" }) {
  const [primary, ...more] = primaryIdentifier;
  if (primary === undefined || more.length > 0) return undefined;
  const last = type.split("::").at(-1);
  const holes = [...arnTemplate.matchAll(/\$\{(\w+)\}/g)]
    .map(([, name]) => name)
    .filter((name) => !["Partition", "Region", "Account"].includes(name));
  const isArn = /Arn$/i.test(primary);
  const name = isArn
    ? [...holes, "Name", `${last}Name`].find((one) => one in properties)
    : primary in properties
      ? primary
      : undefined;
  const arn =
    holes.length === 1
      ? arnTemplate
          .replace("arn:${Partition}:", "")
          .replace("${Region}", "{region}")
          .replace("${Account}", "{account}")
          .replace(
            `\${${holes[0]}}`,
            isArn && holes[0] !== name && /Id$/.test(holes[0]) ? "{uuid}" : "{name}",
          )
      : "-";
  return [type, name ?? "-", arn, isArn ? "arn" : "name", isArn ? primary : "-"].join(" ");
}

const rows = [...spec.all("resource")]
  .filter(({ cloudFormationType: type }) => (services.test(type) || further.test(type)) && !known.has(type))
  .map(rowOf)
  .filter((row) => row !== undefined)
  .sort();
writeFileSync(
  join(root, "src/mappings/identities-spec.ts"),
  `// Written by scripts/type-identities.mjs. Do not edit.
/** A row a type: its name, the property that names it, its ARN without "arn:PARTITION:", what Ref gives, the attribute that is the ARN; "-" for none. */
export const ROWS = \`
${rows.join("\n")}
\`;
`,
);
