import { defineAttachment, defineDeclared } from "../mapping.js";

/**
 * Recorders: CloudFormation starts a new one; Terraform by a resource of its own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-configurationrecorder.html
 */
export const configurationRecorder = defineDeclared({
  type: "AWS::Config::ConfigurationRecorder",
  settle: {
    Recording: {
      from: ["StartedOnCreate"],
      make: ({ StartedOnCreate = true }) => StartedOnCreate,
      keeps: "always",
    },
  },
  defaults: { RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: false } },
  born: (settled, { takenAt }) => ({
    observed:
      settled["Recording"] === false
        ? {}
        : { LastStatus: "PENDING", LastStartTime: takenAt, LastStatusChangeTime: takenAt },
  }),
});

/** Whether a recorder records, of Terraform's own. */
export const recorderStatus = defineAttachment({
  type: "Terraform::Config::ConfigurationRecorderStatus",
  to: "AWS::Config::ConfigurationRecorder",
  at: "Name",
  property: "Recording",
  how: "replace",
  from: ["Recording"],
  make: ({ Recording = false }) => Recording,
  gone: () => false,
});
