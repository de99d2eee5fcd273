import type { AccountIdentity } from "./snapshot.js";

/**
 * What a template or plan says, before any account is looked at: resources in CloudFormation's vocabulary, with holes where
 * the file alone does not decide. Readers make it, mappings turn it into the snapshot's shapes, `lay` puts those over a state.
 */

/** Why a value is not known before the deployment: `undecided` by a parameter, import, expression; `sensitive`, and never looked at. */
export type HoleReason = "undecided" | "sensitive";

/** Stands in the place of a value that is not known. `cause` completes "depends on …": "parameter OncallEmail", "local.pager". */
export class Hole {
  constructor(
    readonly cause: string,
    readonly reason: HoleReason = "undecided",
  ) {}
}

/** JSON with holes. A text with a hole in it is a hole. */
export type Given = string | number | boolean | null | Hole | readonly Given[] | GivenObject;
/** Properties with holes. */
export interface GivenObject {
  readonly [property: string]: Given;
}

/** Where something is declared: the file as the person named it or relative to it, line and column from 1. */
export type DeclaredPlace = { readonly file: string; readonly line: number; readonly column?: number };

/** Names of a resource: `id` as snapshots have it, `ref` what CloudFormation's Ref gives, `arn` where it has one. */
export type DeclaredIdentity = { readonly id: string; readonly ref: string; readonly arn?: string };

/**
 * create: it is new, or taken over where the account has it already. update: it exists. replace: the old one goes and a new one
 * comes. delete: it goes. forget: it stays as it is and is only managed no more.
 */
export type DeclaredAction = "create" | "update" | "replace" | "delete" | "forget";

/** One resource of a template or plan, and what becomes of it. */
export type Declared = {
  /** Unique in the input: logical ids by "/" for nested stacks ("Monitoring/Nested/Topic"), or the plan's address. */
  readonly address: string;
  /** CloudFormation's type name, attachments such as AWS::SNS::TopicPolicy too. */
  readonly type: string;
  readonly action: DeclaredAction;
  /** Twelve digits; a hole where the input does not say and no option did. */
  readonly account: string | Hole;
  readonly region: string | Hole;
  /** Of what exists before: for update, replace, delete and forget. `properties`: what the input says that it has now, where it does. */
  readonly before?: DeclaredIdentity & { readonly properties?: GivenObject };
  /** After the deployment; absent for delete and forget. A name that AWS makes up is a placeholder: unique, with the right prefix. */
  readonly after?: DeclaredIdentity & { readonly placeholder?: true };
  /** By CloudFormation's names. null: taken away, or not set. */
  readonly properties: GivenObject;
  /** True: a property that is not there is not set, and gets AWS's default. False: it stays as it is in the account. */
  readonly complete: boolean;
  /** A replacement that leaves the old one where it is. */
  readonly keepsOld?: true;
  readonly place?: DeclaredPlace;
  /** Of properties by their first step. */
  readonly places?: Readonly<Record<string, DeclaredPlace>>;
};

/** Something in the input may add, change or take away resources that it does not show: what is absent of these types is unknown. */
export type Openness = {
  /** CloudFormation's types; "*" for any. */
  readonly types: readonly string[] | "*";
  /** Completes "undecided: …": "the transform AWS::Serverless-2016-10-31", "Fn::ForEach::Topics over parameter Names". */
  readonly cause: string;
  readonly place?: DeclaredPlace;
};

/** One way in which the undecided conditions and parameters could be decided. */
export type World = {
  /** "parameter Environment is prod"; empty where nothing was undecided. */
  readonly given: readonly string[];
  readonly resources: readonly Declared[];
  readonly open: readonly Openness[];
};

/** What a reader made of its input, for one account and region. */
export type Declaration = {
  /** At least one; more than one only where conditions or parameters are undecided. At most 16. */
  readonly worlds: readonly World[];
  /** One sentence each, for a person: what was taken for granted, skipped or left out. No secrets, no raw control characters. */
  readonly notes: readonly string[];
  /** The files read, as the person named them or relative to them. */
  readonly files: readonly string[];
};

/** Where what is declared will live. */
export type DeclarationTarget = {
  readonly account: AccountIdentity;
  readonly region: string;
};
