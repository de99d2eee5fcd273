import type { Resource } from "./resource.js";

/** A place where something could hide: a list that was refused, or was never asked for. */
export type Blind = {
  readonly kind: "unreadable" | "not-collected";
  readonly type: string;
  /** The region that could not be listed, or "global". */
  readonly region: string;
  /** The error's name, or "not collected". */
  readonly reason: string;
  /** The IAM action to grant, where the error is a refusal; else the operation that failed. */
  readonly action?: string;
  readonly message?: string;
};

/** The readable resources of one type, and where more could hide. */
export type Listing = { readonly resources: readonly Resource[]; readonly blind: readonly Blind[] };

/** One account's state as evaluators see it. Plain questions, no I/O; built from a snapshot by `viewAccount`. */
export type Account = {
  /** Twelve digits, or "unknown". */
  readonly id: string;
  /** The id as it stands in findings, where nothing is decided by it. */
  readonly label: string;
  readonly partition: string;
  /** The regions to judge, sorted. */
  readonly regions: readonly string[];
  /** Set when the enabled regions could not be listed: there may be regions that nobody looked at. */
  readonly blindRegions?: Blind;
  /** When the state was read: milliseconds since 1970, UTC. Ages count from here. */
  readonly takenAt: number;
  /** All resources of a type that are seen in the judged regions, wherever their home is. Sorted by region, id, arn. */
  list(type: string): Listing;
  /** The resource of this type with this ARN or id, whether its region is judged or not. */
  find(type: string, arnOrId: string): Resource | undefined;
  /** The operation that answers a property, such as "cloudtrail:GetTrailStatus"; undefined if it was not collected. */
  origin(type: string, property: string): string | undefined;
};
