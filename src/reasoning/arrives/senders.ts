/**
 * Who writes logs, and what stands in its way. Sources: Amazon CloudWatch Logs User Guide, "Enable logging from AWS services";
 * Amazon S3 User Guide, "Enabling Amazon S3 server access logging".
 */
export type SenderKind = "delivery" | "service";

/** How a sender writes. */
type Manner = {
  /** The principal that places admit; undefined for a service that needs nobody's leave. */
  readonly service?: string;
  /** The folder in a bucket, below the prefix that the destination names; {account} is the sender's. */
  readonly folder: string;
};

/** Each kind of sender: CloudWatch Logs on behalf of delivery sources, and services that write by a role that AWS made for them. */
export const senders: Readonly<Record<SenderKind, Manner>> = {
  delivery: { service: "delivery.logs.amazonaws.com", folder: "AWSLogs/{account}/" },
  service: { folder: "" },
};

/** A sender of logs: its kind, for whom it writes, and the delivery source that it writes for. */
export type LogOrigin = {
  readonly kind: SenderKind;
  readonly account: string;
  readonly region: string;
  readonly arn?: string;
};
