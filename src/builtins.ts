// Generated from src/evaluators, src/collectors and src/reporters by `npm run generate`. Do not edit.
import type { Plugins } from "./core/plugins.js";

/** Everything that ships, each piece loaded when it is first asked for. */
export const builtins: Plugins = {
  evaluators: {
    assert: async () => (await import("./evaluators/assert.js")).assert,
    "cloudtrail-captures": async () => (await import("./evaluators/cloudtrail-captures.js")).cloudtrailCaptures,
    "cloudtrail-logging": async () => (await import("./evaluators/cloudtrail-logging.js")).cloudtrailLogging,
  },
  collectors: {
    "AWS::CloudTrail::Channel": async () => (await import("./collectors/cloudtrail-channel.js")).cloudtrailChannel,
    "AWS::CloudTrail::EventDataStore": async () => (await import("./collectors/cloudtrail-event-data-store.js")).cloudtrailEventDataStore,
    "AWS::CloudTrail::Trail": async () => (await import("./collectors/cloudtrail-trail.js")).cloudtrailTrail,
  },
  reporters: {
    json: async () => (await import("./reporters/json.js")).json,
    text: async () => (await import("./reporters/text.js")).text,
  },
  rules: async () => (await import("./generated/rules.js")).readRules(),
  packs: async () => (await import("./generated/rules.js")).readPacks(),
};
