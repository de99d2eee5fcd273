import { declared } from "../../aws/declared.js";

const levels = ["LoggingLevel", "DetailedMetricsEnabled", "DataTraceEnabled"];

/** Stages of HTTP and WebSocket APIs. */
export const apigatewayStageV2 = declared({
  type: "AWS::ApiGatewayV2::Stage",
  summary: "Stages of HTTP and WebSocket APIs: access log, execution log of each route",
  list: {
    call: "apigatewayv2:GetStages",
    actions: ["apigateway:GET"],
    at: { each: "AWS::ApiGatewayV2::Api" },
    input: { ApiId: "{parent}" },
    items: "Items",
    proof: { members: ["Items|$metadata.requestId"] },
    pages: ["NextToken", "NextToken"],
    id: "{parent}/{item.StageName}",
    arn: "arn:{partition}:apigateway:{region}::/apis/{parent}/stages/{item.StageName}",
    properties: {
      ApiId: "{parent}",
      ProtocolType: "{ProtocolType}",
      StageName: "StageName",
      AccessLogSettings: { at: "AccessLogSettings", only: ["DestinationArn", "Format"] },
      DefaultRouteSettings: { at: "DefaultRouteSettings", only: levels },
      // Routes are its keys.
      RouteSettings: { at: "RouteSettings", only: levels, by: (settings) => settings },
    },
  },
  observed: ["ProtocolType"],
});
