import { defineDeclared } from "../mapping.js";

/** Log groups: without a retention they keep all for ever; their metric filters go with them. */
export const logGroup = defineDeclared({
  type: "AWS::Logs::LogGroup",
  defaults: { LogGroupClass: "STANDARD" },
  takes: {
    type: "AWS::Logs::MetricFilter",
    goes: (filter, group) => filter.region === group.region && filter.id.startsWith(`${group.id}:`),
  },
});
