import type { DeclaredPlace } from "../core/declared.js";
import type { Snapshot } from "../core/snapshot.js";

/** What a declared change did to one resource of the state; an attachment's entry names its owner. */
export type Touched = {
  readonly address: string;
  /** As declared: AWS::SNS::TopicPolicy for a policy laid on a topic. */
  readonly declaredType: string;
  readonly type: string;
  readonly id: string;
  readonly arn?: string;
  readonly region: string;
  readonly kind: "new" | "changed" | "gone" | "unchanged";
  /** The resource that this one replaces. */
  readonly was?: { readonly id: string; readonly arn?: string };
  readonly place?: DeclaredPlace;
  readonly places?: Readonly<Record<string, DeclaredPlace>>;
};

/** A state as it would be, and what was done to it. `notes`: one sentence each, what was taken for granted or left out. */
export type Foreseen = {
  readonly snapshot: Snapshot;
  readonly touched: readonly Touched[];
  readonly notes: readonly string[];
};
