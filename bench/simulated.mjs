// The built command against the simulated endpoint of the tests.
import { fileURLToPath } from "node:url";
import { recordedAccounts, startEndpoint } from "../test/support/aws/endpoint.mjs";

/** The built command. */
export const bin = fileURLToPath(new URL("../dist/cli/bin.js", import.meta.url));

/** The exit codes of a run that judged. */
export const VERDICTS = [0, 1, 3];

/** The recorded accounts: compliant, broken, tricky, management. */
export const RECORDED = ["111111111111", "222222222222", "333333333333", "123456789012"];

/** Runs `body` beside an endpoint that serves the recorded accounts. */
export async function withEndpoint(settings, body) {
  const endpoint = await startEndpoint({ ...settings, recorded: recordedAccounts() });
  try {
    return await body(endpoint);
  } finally {
    await endpoint.stop();
  }
}

/** The environment in which the command asks the endpoint, with the credentials of an account. */
export function environment({ url }, account = "333333333333") {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: `AKIA${account}TEST`,
    AWS_SECRET_ACCESS_KEY: "testbed",
  };
}
