import type { GetPublicAccessBlockOutput } from "@aws-sdk/client-s3-control";
import { defineCollector, readCall } from "../../core/collector.js";

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
      operation: {
        service: "s3control",
        name: "GetPublicAccessBlock",
        actions: ["s3:GetAccountPublicAccessBlock"],
        proof: { members: ["PublicAccessBlockConfiguration"], roots: ["PublicAccessBlockConfiguration"] },
      },
      input: ({ account }) => ({ AccountId: account }),
      properties: ["PublicAccessBlockConfiguration"],
      read: ({ PublicAccessBlockConfiguration }) => ({ PublicAccessBlockConfiguration }),
      // An endpoint that speaks S3 but not S3 Control (a VPC endpoint of S3, an emulator) has no such operation, or takes its
      // path for a bucket's name. It cannot enforce an account's block either.
      notSet: ["NoSuchPublicAccessBlockConfiguration", "NotImplemented", "NoSuchBucket"],
    }),
  ],
  observed: [],
});
