import type { GetPublicAccessBlockOutput } from "@aws-sdk/client-s3-control";
import { defineCollector, readCall } from "../core/collector.js";

/**
 * The account's own public access block for S3, above those of its buckets. It is there once, set or not.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html
 */
export const s3AccountPublicAccessBlock = defineCollector({
  type: "AWS::S3::AccountPublicAccessBlock",
  summary: "The account's own public access block for S3",
  single: { at: "leader", found: ({ account }) => ({ id: account.id }) },
  reads: [
    readCall<GetPublicAccessBlockOutput>({
      operation: { service: "s3control", name: "GetPublicAccessBlock", actions: ["s3:GetAccountPublicAccessBlock"] },
      input: ({ account }) => ({ AccountId: account }),
      properties: ["PublicAccessBlockConfiguration"],
      read: ({ PublicAccessBlockConfiguration }) => ({ PublicAccessBlockConfiguration }),
      notSet: ["NoSuchPublicAccessBlockConfiguration"],
    }),
  ],
  observed: [],
});
