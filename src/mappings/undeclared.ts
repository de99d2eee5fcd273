const NO_TYPE = "CloudFormation has no such type";
const SEVERAL = "its name is made of several properties";
const UNVERIFIED = "how it is named is not verified";
const SHOWN = "AWS shows it, and nobody declares it";

/** Types that collectors read and no template or plan is read for → why. */
export const UNDECLARED: Readonly<Record<string, string>> = {
  "AWS::Account::SecurityContact": NO_TYPE,
  "AWS::ApiGateway::Stage": SEVERAL,
  "AWS::ApiGatewayV2::Stage": SEVERAL,
  "AWS::Bedrock::ModelInvocationLogging": NO_TYPE,
  "AWS::ECS::Service": SEVERAL,
  "AWS::Elasticsearch::Domain": UNVERIFIED,
  "AWS::Glacier::Service": SHOWN,
  "AWS::GuardDuty::Filter": SEVERAL,
  "AWS::GuardDuty::PublishingDestination": SEVERAL,
  "AWS::InspectorV2::AccountStatus": NO_TYPE,
  "AWS::MediaPackage::Metric": SHOWN,
  "AWS::RedshiftServerless::Namespace": UNVERIFIED,
  "AWS::S3::StorageMetric": SHOWN,
  "AWS::SSM::AutomationLogging": NO_TYPE,
  "AWS::SSM::SessionPreferences": NO_TYPE,
  "AWS::TrustedAdvisor::Access": SHOWN,
  "AWS::TrustedAdvisor::Check": SHOWN,
  "AWS::TrustedAdvisor::Recommendation": SHOWN,
  "AWS::WAFv2::WebACL": SEVERAL,
};
