import { declared } from "../../aws/declared.js";
import { memberAt } from "../../shared/member-at.js";

/**
 * Session Manager's preferences in a region: the document of sessions that name none. It is made when preferences are saved for the first time.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-preferences-cli.html
 */
export const ssmSessionPreferences = declared({
  type: "AWS::SSM::SessionPreferences",
  summary:
    "Session Manager's preferences in a region: where sessions are logged, and whether there are managed nodes",
  single: { at: "each-region", found: () => ({ id: "SSM-SessionManagerRunShell" }) },
  reads: [
    {
      call: "ssm:GetDocument",
      input: { Name: "{id}", DocumentFormat: "JSON" },
      proof: { members: ["Content"] },
      properties: {
        S3BucketName: { at: "Content", by: input("s3BucketName") },
        S3KeyPrefix: { at: "Content", by: input("s3KeyPrefix") },
        S3EncryptionEnabled: { at: "Content", by: input("s3EncryptionEnabled") },
        CloudWatchLogGroupName: { at: "Content", by: input("cloudWatchLogGroupName") },
        CloudWatchEncryptionEnabled: { at: "Content", by: input("cloudWatchEncryptionEnabled") },
        CloudWatchStreamingEnabled: { at: "Content", by: input("cloudWatchStreamingEnabled") },
        KmsKeyId: { at: "Content", by: input("kmsKeyId") },
      },
      notSet: ["InvalidDocument"],
    },
    {
      call: "ssm:DescribeInstanceInformation",
      input: { MaxResults: 5 },
      proof: { members: ["InstanceInformationList"] },
      properties: {
        HasManagedNodes: {
          at: "InstanceInformationList",
          only: ["InstanceId"],
          by: (nodes) => Array.isArray(nodes) && nodes.length > 0,
        },
      },
    },
  ],
  observed: [
    ...["S3BucketName", "S3KeyPrefix", "S3EncryptionEnabled", "CloudWatchLogGroupName"],
    ...["CloudWatchEncryptionEnabled", "CloudWatchStreamingEnabled", "KmsKeyId", "HasManagedNodes"],
  ],
});

// An empty text is what nobody has set. https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
function input(name: string): (content: unknown) => unknown {
  return (content) => {
    const value = memberAt(JSON.parse(String(content)), `inputs.${name}`);
    return value === "" ? undefined : value;
  };
}
