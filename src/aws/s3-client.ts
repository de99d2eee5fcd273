import { S3Client } from "@aws-sdk/client-s3";
import { leaderRegion } from "../shared/aws/partitions.js";
import { credentialChain } from "./credentials.js";
import type { CredentialOptions } from "./credentials.js";
import { hasConfiguredEndpoint } from "./sdk-transport.js";
import { WatchedHandler } from "./watched-handler.js";

/**
 * A client for one bucket, wherever it is: a bucket of another region than the configured one is followed there. Tries three
 * times. Endpoints are the SDK's business (`AWS_ENDPOINT_URL` and its kin work).
 */
export async function s3Client(options: CredentialOptions): Promise<S3Client> {
  const named = options.profile === undefined ? {} : { profile: options.profile };
  const region = (await configuredRegion(named)) ?? leaderRegion(options.roleArn?.split(":")[1] ?? "aws");
  // A report can be large: the time runs from the request's first byte to the answer's.
  const requestHandler = new WatchedHandler({
    connectionTimeout: 5000,
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
  });
  const chain = await credentialChain(options, { requestHandler, region });
  return new S3Client({
    ...named,
    region,
    requestHandler,
    credentials: () => chain.current(),
    maxAttempts: 3,
    followRegionRedirects: true,
    ...(hasConfiguredEndpoint() ? { forcePathStyle: true } : {}),
  });
}

async function configuredRegion(named: { readonly profile?: string }): Promise<string | undefined> {
  try {
    return await new S3Client(named).config.region();
  } catch {
    // The SDK throws where no region is configured.
    return undefined;
  }
}
