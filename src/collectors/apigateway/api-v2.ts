import { declared } from "../../aws/declared.js";

/** HTTP and WebSocket APIs of API Gateway. */
export const apigatewayApiV2 = declared({
  type: "AWS::ApiGatewayV2::Api",
  summary: "HTTP and WebSocket APIs: protocol",
  list: {
    call: "apigatewayv2:GetApis",
    actions: ["apigateway:GET"],
    items: "Items",
    proof: { members: ["Items|$metadata.requestId"] },
    pages: ["NextToken", "NextToken"],
    id: "ApiId",
    arn: "arn:{partition}:apigateway:{region}::/apis/{item.ApiId}",
    properties: { Name: "Name", ProtocolType: "ProtocolType" },
  },
});
