import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { configRecording } from "../../../src/evaluators/config/recording.js";
import { account, accountId, resource, statuses } from "../../support/build.js";

const RECORDER = "AWS::Config::ConfigurationRecorder";
const recorder = (region: string, observed: JsonObject) =>
  resource({ type: RECORDER, id: "default", region, observed });
const records = { Recording: true, LastStatus: "SUCCESS", LastErrorCode: null };
const listed = { [RECORDER]: { listed: ["eu-west-1", "us-east-1"], properties: {} } };
const judge = (state: Parameters<typeof account>[0]) =>
  configRecording.evaluate(account({ collected: listed, ...state }), { demand: "recorder" });

describe("config-recording", () => {
  it.each<[string, Parameters<typeof account>[0], object]>([
    [
      "each region by itself",
      { resources: [recorder("us-east-1", records)] },
      { "us-east-1": "pass", "eu-west-1": "fail" },
    ],
    [
      "a refusal in one region is unknown there alone",
      {
        resources: [recorder("us-east-1", records)],
        gaps: [{ account: accountId, type: RECORDER, region: "eu-west-1", reason: "AccessDenied" }],
      },
      { "us-east-1": "pass", "eu-west-1": "unknown" },
    ],
    [
      "regions that nobody could list are unknown for the account",
      {
        resources: [recorder("us-east-1", records), recorder("eu-west-1", records)],
        gaps: [
          {
            account: accountId,
            type: "Watchproof::Account::Regions",
            region: "global",
            reason: "AccessDenied",
          },
        ],
      },
      { "us-east-1": "pass", "eu-west-1": "pass", [accountId]: "unknown" },
    ],
    [
      "stopped is not recording",
      {
        resources: [recorder("us-east-1", { ...records, Recording: false }), recorder("eu-west-1", records)],
      },
      { "us-east-1": "fail", "eu-west-1": "pass" },
    ],
  ])("%s", (_, state, expected) => {
    expect(statuses(judge(state))).toEqual(expected);
  });
});
