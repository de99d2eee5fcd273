import { ARN, UUID } from "./identity-formula.js";
import type { IdentityFormula } from "./identity-formula.js";

/** Types that no collector reads, and that something watched may name → how their names are made. */
export const OTHERS: Readonly<Record<string, IdentityFormula>> = {
  "AWS::IAM::Role": {
    name: "RoleName",
    arn: `${ARN}iam::{account}:role{path}{name}`,
    words: pathWord,
  },
  "AWS::IAM::User": {
    name: "UserName",
    arn: `${ARN}iam::{account}:user{path}{name}`,
    words: pathWord,
  },
  "AWS::IAM::Group": {
    name: "GroupName",
    arn: `${ARN}iam::{account}:group{path}{name}`,
    words: pathWord,
  },
  "AWS::IAM::ManagedPolicy": {
    name: "ManagedPolicyName",
    arn: `${ARN}iam::{account}:policy{path}{name}`,
    ref: "{arn}",
    attributes: { PolicyArn: "{arn}" },
    words: pathWord,
  },
  "AWS::DynamoDB::Table": { name: "TableName", arn: `${ARN}dynamodb:{region}:{account}:table/{name}` },
  "AWS::DynamoDB::GlobalTable": {
    name: "TableName",
    arn: `${ARN}dynamodb:{region}:{account}:table/{name}`,
  },
  "AWS::ECS::Cluster": { name: "ClusterName", arn: `${ARN}ecs:{region}:{account}:cluster/{name}` },
  "AWS::EKS::Cluster": { name: "Name", arn: `${ARN}eks:{region}:{account}:cluster/{name}` },
  "AWS::ECR::Repository": {
    name: "RepositoryName",
    arn: `${ARN}ecr:{region}:{account}:repository/{name}`,
    lower: true,
  },
  "AWS::Batch::JobQueue": {
    name: "JobQueueName",
    arn: `${ARN}batch:{region}:{account}:job-queue/{name}`,
    ref: "{arn}",
    attributes: { JobQueueArn: "{arn}" },
  },
  "AWS::CodeBuild::Project": { name: "Name", arn: `${ARN}codebuild:{region}:{account}:project/{name}` },
  "AWS::CodePipeline::Pipeline": { name: "Name", arn: `${ARN}codepipeline:{region}:{account}:{name}` },
  "AWS::SecretsManager::Secret": {
    name: "Name",
    arn: `${ARN}secretsmanager:{region}:{account}:secret:{name}-XXXXXX`,
    ref: "{arn}",
    attributes: { Id: "{arn}" },
  },
  "AWS::SSM::Parameter": {
    name: "Name",
    arn: `${ARN}ssm:{region}:{account}:parameter/{name}`,
    attributes: {},
  },
  "AWS::RDS::DBInstance": {
    name: "DBInstanceIdentifier",
    arn: `${ARN}rds:{region}:{account}:db:{name}`,
    lower: true,
    attributes: { DBInstanceArn: "{arn}" },
  },
  "AWS::RDS::DBCluster": {
    name: "DBClusterIdentifier",
    arn: `${ARN}rds:{region}:{account}:cluster:{name}`,
    lower: true,
    attributes: { DBClusterArn: "{arn}" },
  },
  "AWS::Redshift::Cluster": {
    name: "ClusterIdentifier",
    arn: `${ARN}redshift:{region}:{account}:cluster:{name}`,
    lower: true,
    attributes: {},
  },
  "AWS::ApiGateway::RestApi": {
    random: true,
    arn: `${ARN}apigateway:{region}::/restapis/{name}`,
    attributes: { RestApiId: "{name}" },
  },
  "AWS::ApiGatewayV2::Api": {
    random: true,
    arn: `${ARN}apigateway:{region}::/apis/{name}`,
    attributes: { ApiId: "{name}" },
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    name: "Name",
    arn: `${ARN}elasticloadbalancing:{region}:{account}:loadbalancer/app/{name}/${UUID}`,
    ref: "{arn}",
    attributes: {
      LoadBalancerArn: "{arn}",
      LoadBalancerName: "{name}",
      LoadBalancerFullName: `app/{name}/${UUID}`,
    },
  },
  "AWS::EC2::VPC": ec2("vpc", "VpcId"),
  "AWS::EC2::Subnet": ec2("subnet", "SubnetId"),
  "AWS::EC2::Instance": ec2("instance", "InstanceId"),
  "AWS::EC2::FlowLog": ec2("vpc-flow-log", "Id"),
  "AWS::CloudFront::Distribution": {
    random: true,
    arn: `${ARN}cloudfront::{account}:distribution/{name}`,
    attributes: { Id: "{name}" },
  },
};

function ec2(kind: string, attribute: string): IdentityFormula {
  return {
    random: true,
    arn: `${ARN}ec2:{region}:{account}:${kind}/{name}`,
    attributes: { [attribute]: "{name}", Arn: "{arn}" },
  };
}

function pathWord({ Path: path = "/" }: Readonly<Record<string, string>>): { readonly path: string } {
  return { path };
}
