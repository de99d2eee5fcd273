import { declared } from "../../aws/declared.js";
import { capitalized } from "../../shared/aws/names.js";

/** Stages of REST APIs. `MethodSettings` are as CloudFormation has them: ResourcePath "/*" and HttpMethod "*" are for all methods that are not listed. */
export const apigatewayStage = declared({
  type: "AWS::ApiGateway::Stage",
  summary: "Stages of REST APIs: access log, execution log of each method, tracing",
  list: {
    call: "apigateway:GetStages",
    actions: ["apigateway:GET"],
    at: { each: "AWS::ApiGateway::RestApi" },
    input: { restApiId: "{parent}" },
    items: "item",
    proof: { members: ["item|$metadata.requestId"] },
    id: "{parent}/{item.stageName}",
    arn: "arn:{partition}:apigateway:{region}::/restapis/{parent}/stages/{item.stageName}",
    properties: {
      RestApiId: "{parent}",
      StageName: "stageName",
      AccessLogSetting: { at: "accessLogSettings", only: ["destinationArn", "format"] },
      MethodSettings: {
        at: "methodSettings",
        only: ["loggingLevel", "dataTraceEnabled", "metricsEnabled"],
        by: methodSettings,
      },
      TracingEnabled: "tracingEnabled",
    },
  },
});

// A key is "~1path~1below/GET", of all methods "*/*". https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html
function methodSettings(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null) return undefined;
  return Object.entries(settings).map(([key, setting]) => {
    const slash = key.lastIndexOf("/");
    const path = key.slice(0, slash);
    return {
      ResourcePath: path === "~1" ? "/" : `/${path}`,
      HttpMethod: key.slice(slash + 1),
      ...(capitalized(setting) as object),
    };
  });
}
