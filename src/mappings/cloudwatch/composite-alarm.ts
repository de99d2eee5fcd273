import { defineDeclared } from "../mapping.js";
import { bornState } from "./alarm-state.js";

/** Composite alarms. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarm = defineDeclared({
  type: "AWS::CloudWatch::CompositeAlarm",
  defaults: { ActionsEnabled: true },
  born: bornState,
});
