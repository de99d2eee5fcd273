import { expect, it } from "vitest";
import { builtins } from "../../src/run/builtins.js";

it("the rules that judge what only a running account shows are marked, and no others", async () => {
  const rules = await builtins.rules();
  expect(rules.filter(({ observes }) => observes === true).map(({ id }) => id)).toEqual([
    "alarm.not-stuck",
    "cloudtrail.cloudwatch-logs-fresh",
    "cloudtrail.delivery-healthy",
    "config.delivery",
    "mediapackage.manifest-updates",
    "sns.confirmed-subscription",
    "trustedadvisor.available",
    "trustedadvisor.checks-fresh",
    "trustedadvisor.logging-checks-green",
    "trustedadvisor.no-open-flags",
  ]);
});
