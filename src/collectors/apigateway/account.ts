import { declared } from "../../aws/declared.js";

/** API Gateway's settings in a region that has a REST or a WebSocket API: the role by which both write to CloudWatch Logs. */
export const apigatewayAccount = declared({
  type: "AWS::ApiGateway::Account",
  summary: "API Gateway's settings in a region: the role that writes logs",
  list: {
    call: "apigateway:GetAccount",
    actions: ["apigateway:GET"],
    at: { where: ["AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"] },
    items: ".",
    proof: { members: ["throttleSettings|cloudwatchRoleArn|$metadata.requestId"] },
    id: "{account}",
    properties: { CloudWatchRoleArn: "cloudwatchRoleArn" },
  },
});
