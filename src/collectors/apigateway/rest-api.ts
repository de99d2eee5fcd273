import { declared } from "../../aws/declared.js";

/** REST APIs of API Gateway. */
export const apigatewayRestApi = declared({
  type: "AWS::ApiGateway::RestApi",
  summary: "REST APIs: endpoint types",
  list: {
    call: "apigateway:GetRestApis",
    actions: ["apigateway:GET"],
    input: { limit: 500 },
    items: "items",
    proof: { members: ["items|$metadata.requestId"] },
    pages: ["position", "position"],
    id: "id",
    arn: "arn:{partition}:apigateway:{region}::/restapis/{item.id}",
    properties: {
      Name: "name",
      EndpointConfiguration: { at: "endpointConfiguration", only: ["types"] },
    },
  },
});
