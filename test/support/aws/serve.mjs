#!/usr/bin/env node
// Serves the recorded accounts to any AWS client, until Ctrl-C:
//   node test/support/aws/serve.mjs [--port 5900] [--latency 60] [--throttle cloudtrail.*=10] [--deny cloudtrail.GetEventSelectors]
// It prints what to export, and on Ctrl-C what it was asked.
import { parseArgs } from "node:util";
import { recordedAccounts, startEndpoint } from "./endpoint.mjs";

const text = { type: "string" };
const { values } = parseArgs({
  options: { port: { ...text, default: "5900" }, latency: text, throttle: text, deny: text },
});
const endpoint = await startEndpoint({ ...values, port: Number(values.port), recorded: recordedAccounts() });
console.log(`export AWS_ENDPOINT_URL=${endpoint.url} AWS_REGION=us-east-1 AWS_SECRET_ACCESS_KEY=testbed
export AWS_ACCESS_KEY_ID=AKIA333333333333TEST   # compliant 111111111111, broken 222222222222, tricky 333333333333, management 123456789012`);
process.once("SIGINT", () => {
  console.log(JSON.stringify({ stats: endpoint.stats(), misses: endpoint.misses() }, null, 2));
  void endpoint.stop();
});
