import type { AccountIdentity, Collected } from "./snapshot.js";

/** A resource that no case needs to mention. */
export type AlwaysThere = { readonly id: string; readonly region: string };

/** A call that answers properties of one resource, and what it takes to be allowed to make it. */
export type CaseCall = { readonly properties: readonly string[]; readonly action: string };

/** What is known of a resource type, so that a case need not say it. */
export type CaseType = {
  /** What a live run of the rule would hold of the type; absent for a type that the rule does not read. */
  readonly collected?: Collected;
  /** The calls that answer properties of one resource. */
  readonly calls: readonly CaseCall[];
  /** The IAM action of the list. */
  readonly listAction?: string;
  /** Resources of the type that are always there, if the account and its regions are these. */
  readonly always?: (account: AccountIdentity, regions: readonly string[]) => readonly AlwaysThere[];
  /** Properties that only a running account has. */
  readonly observed: readonly string[];
};

/** Looks up a type. */
export type CaseTypes = (type: string) => CaseType;

/** What a rule reads: the types, sorted, and what is known of these and others. */
export type CaseReading = { readonly read: readonly string[]; readonly types: CaseTypes };

/** What of a resource in a case is not a property. */
export const resourceKeys: readonly string[] = [
  "id",
  "arn",
  "account",
  "region",
  "unreadable",
  "notCollected",
];
