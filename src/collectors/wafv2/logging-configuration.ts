import { declared } from "../../aws/declared.js";
import { scopesIn } from "../../aws/waf-scopes.js";

// Whoever made it: the owner of the web ACL, Security Lake, or a rule of CloudWatch.
const makers = ["CUSTOMER", "SECURITY_LAKE", "CLOUDWATCH_TELEMETRY_RULE_MANAGED"];

/** Logging configurations of web ACLs. Of one web ACL there can be several, by whoever made them. */
export const wafv2LoggingConfiguration = declared({
  type: "AWS::WAFv2::LoggingConfiguration",
  summary: "Logging of web ACLs: destinations, filter, who made it",
  list: {
    call: "wafv2:ListLoggingConfigurations",
    at: { where: ["AWS::WAFv2::WebACL"] },
    inputs: (place) =>
      scopesIn(place).flatMap((Scope) => makers.map((LogScope) => ({ Scope, LogScope, Limit: 100 }))),
    items: "LoggingConfigurations",
    pages: ["NextMarker", "NextMarker"],
    id: "{item.ResourceArn} {item.LogScope|CUSTOMER}",
    properties: {
      ResourceArn: "ResourceArn",
      LogDestinationConfigs: "LogDestinationConfigs",
      LoggingFilter: "LoggingFilter",
      LogScope: "LogScope",
      LogType: "LogType",
      ManagedByFirewallManager: "ManagedByFirewallManager",
    },
  },
  observed: ["LogScope", "LogType", "ManagedByFirewallManager"],
});
