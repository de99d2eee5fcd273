import type { Config } from "../core/config.js";
import { partitionOf } from "../shared/aws/partitions.js";

/** A channel of the config's `audit.notify`. */
export type NotifyChannel =
  | { readonly kind: "webhook"; readonly variable: string }
  | { readonly kind: "sns"; readonly topic: string }
  | { readonly kind: "security-hub"; readonly region: string };

/** An IAM action that telling takes, and on what. */
export type NotifyGrant = { readonly action: string; readonly resource: string };

/** The channels of a config, in its order. */
export function notifyChannels({ audit }: Pick<Config, "audit">): readonly NotifyChannel[] {
  return (audit?.notify ?? []).map((entry) => {
    if ("webhook" in entry) return { kind: "webhook", variable: entry.webhook };
    return "sns" in entry
      ? { kind: "sns", topic: entry.sns }
      : { kind: "security-hub", region: entry.securityHub };
  });
}

/** What a channel is called in outcomes and wherever it is kept what it knows: "webhook SLACK_URL". */
export function channelName(channel: NotifyChannel): string {
  if (channel.kind === "webhook") return `webhook ${channel.variable}`;
  return channel.kind === "sns" ? `sns ${channel.topic}` : `securityHub ${channel.region}`;
}

/** What the channels need of IAM: on the topic, and in each account on the product under which findings are imported. */
export function notifyGrants(channels: readonly NotifyChannel[]): readonly NotifyGrant[] {
  return channels.flatMap((channel) => {
    if (channel.kind === "sns") return [{ action: "sns:Publish", resource: channel.topic }];
    return channel.kind === "security-hub"
      ? [
          {
            action: "securityhub:BatchImportFindings",
            resource: `arn:${partitionOf(channel.region)}:securityhub:${channel.region}:*:product/*/default`,
          },
        ]
      : [];
  });
}
