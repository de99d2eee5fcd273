import { StoreError } from "../core/store.js";
import { printable } from "../shared/text/terminal-text.js";

/** What was being done when S3 refused. */
export type S3Attempt = { readonly action: string; readonly bucket: string; readonly key: string };

/** The name of an SDK error, "" where it has none. S3 answers some of them with a code that has no class of its own. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

type Words = (attempt: S3Attempt) => string;

const refused: Words = ({ action, bucket, key }) => {
  const resource = action === "s3:ListBucket" ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`;
  const hidden =
    action === "s3:GetObject"
      ? "; without s3:ListBucket on the bucket, S3 refuses to say that an object is not there"
      : "";
  return `permission denied; allow ${action} on ${resource}, in the caller's policy and in the bucket's${hidden}`;
};
const credentials: Words = () =>
  "there are no AWS credentials that can be used; set a profile, a role or the environment's AWS_ variables";
const unreachable: Words = () =>
  "S3 could not be reached; look at the network, the region and AWS_ENDPOINT_URL";
const foreignRegion: Words = ({ bucket }) =>
  `the bucket ${bucket} is in another region; set AWS_REGION to it`;
const missing: Words = ({ bucket }) => `there is no bucket ${bucket}; create it, or name another`;
const throttled: Words = () => "S3 is asked too often; try again later";

const words: Readonly<Record<string, Words>> = {
  AccessDenied: refused,
  AllAccessDisabled: refused,
  KMSAccessDenied: refused,
  NoSuchBucket: missing,
  CredentialsProviderError: credentials,
  InvalidAccessKeyId: credentials,
  SignatureDoesNotMatch: credentials,
  ExpiredToken: () => "the AWS credentials have expired; renew them",
  PermanentRedirect: foreignRegion,
  AuthorizationHeaderMalformed: foreignRegion,
  SlowDown: throttled,
  ServiceUnavailable: throttled,
  TimeoutError: unreachable,
  AggregateError: unreachable,
};

/** An error of S3's, the network's or the credentials' as a StoreError that names the action, the bucket and the way out. */
export function explainS3Error(error: unknown, attempt: S3Attempt): Error {
  if (error instanceof StoreError) return error;
  const name = nameOf(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isNetwork = /^(?:E[A-Z_]+|UND_.*)$/u.test(code);
  const said =
    error instanceof Error && error.message !== ""
      ? ` (${name === "Error" ? code : name}: ${error.message})`
      : "";
  const because = words[name] ?? (isNetwork ? unreachable : () => "S3 could not do it");
  return new StoreError(
    printable(`${attempt.action} on s3://${attempt.bucket}/${attempt.key}: ${because(attempt)}${said}`),
    { cause: error },
  );
}
