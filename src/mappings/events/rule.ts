import { parseArn } from "../../shared/aws/arn.js";
import { targetFacts } from "../../shared/aws/target-input.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { defineAttachment, defineDeclared } from "../mapping.js";
import { kept, reshaped } from "../shapes.js";

/** EventBridge rules. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-rule.html */
export const eventRule = defineDeclared({
  type: "AWS::Events::Rule",
  settle: {
    EventBusName: reshaped("EventBusName", (bus) =>
      typeof bus === "string" ? (parseArn(bus)?.resource.replace(/^event-bus\//u, "") ?? bus) : bus,
    ),
    Targets: reshaped("Targets", (targets) =>
      isArray(targets) ? kept(targets.filter(isObject).map(targetFacts)) : targets,
    ),
  },
  defaults: { State: "ENABLED", EventBusName: "default", Targets: [] },
});

/** One target of a rule, of Terraform's own. */
export const ruleTarget = defineAttachment({
  type: "Terraform::Events::RuleTarget",
  to: "AWS::Events::Rule",
  at: "Rule",
  property: "Targets",
  how: "member",
  key: "Id",
  from: ["Target"],
  make: ({ Target: target = null }, { self }) =>
    isObject(target) ? kept({ Id: self.id, ...targetFacts(target) }) : null,
});
