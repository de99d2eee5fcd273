import type {
  DescribeConfigurationRecordersResponse,
  DescribeConfigurationRecorderStatusResponse,
} from "@aws-sdk/client-config-service";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Operation } from "../../core/collector.js";
import { capitalized, given } from "../../shared/aws/names.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "config",
  name,
  proof: { members },
});

/** AWS Config's recorders. One question about all statuses of a region serves each recorder in it. */
export const configConfigurationRecorder = defineCollector({
  type: "AWS::Config::ConfigurationRecorder",
  summary: "AWS Config recorders: what they record, and whether they do",
  list: listCall<DescribeConfigurationRecordersResponse>({
    operation: operation("DescribeConfigurationRecorders", "ConfigurationRecorders"),
    at: "each-region",
    properties: ["Name", "RoleARN", "RecordingGroup", "RecordingMode"],
    found: ({ ConfigurationRecorders }) =>
      given(ConfigurationRecorders, "ConfigurationRecorders").map(
        ({ name = "default", arn, roleARN, recordingGroup, recordingMode }) => ({
          id: name,
          ...(arn === undefined ? {} : { arn }),
          properties: {
            Name: name,
            RoleARN: roleARN,
            RecordingGroup: capitalized(recordingGroup),
            RecordingMode: capitalized(recordingMode),
          },
        }),
      ),
  }),
  reads: [
    readCall<DescribeConfigurationRecorderStatusResponse>({
      operation: operation("DescribeConfigurationRecorderStatus", "ConfigurationRecordersStatus"),
      input: () => ({}),
      properties: [
        "Recording",
        "LastStatus",
        "LastErrorCode",
        "LastErrorMessage",
        "LastStartTime",
        "LastStopTime",
        "LastStatusChangeTime",
      ],
      read({ ConfigurationRecordersStatus }, { id }) {
        const status = given(
          given(ConfigurationRecordersStatus, "ConfigurationRecordersStatus").find(({ name }) => name === id),
          `status of ${id}`,
        );
        return {
          Recording: status.recording,
          LastStatus: status.lastStatus,
          LastErrorCode: status.lastErrorCode,
          LastErrorMessage: status.lastErrorMessage,
          LastStartTime: status.lastStartTime,
          LastStopTime: status.lastStopTime,
          LastStatusChangeTime: status.lastStatusChangeTime,
        };
      },
    }),
  ],
  observed: [
    "Recording",
    "LastStatus",
    "LastErrorCode",
    "LastErrorMessage",
    "LastStartTime",
    "LastStopTime",
    "LastStatusChangeTime",
  ],
});
