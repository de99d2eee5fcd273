import { declared } from "../../aws/declared.js";

/** Bedrock's log of model invocations in a region. An account that has none is answered without any member: by its request id AWS is known. */
export const bedrockModelInvocationLogging = declared({
  type: "AWS::Bedrock::ModelInvocationLogging",
  summary: "Bedrock's log of model invocations in a region: destinations, and what is written",
  servedAs: "bedrock",
  single: { at: "each-region", found: ({ account }) => ({ id: account.id }) },
  reads: [
    {
      call: "bedrock:GetModelInvocationLoggingConfiguration",
      proof: { members: ["loggingConfig|$metadata.requestId"] },
      properties: { LoggingConfig: "loggingConfig" },
    },
  ],
  observed: ["LoggingConfig"],
});
