import type { AccountIdentity } from "./snapshot.js";
import type { JsonObject } from "./json.js";
import type { PropertyShapes } from "./property-shape.js";

/**
 * What shows that AWS answered, and not a proxy, an emulator or nobody: "not set" and "none" are read out of no other answer.
 * Most operations always send some member; those that leave out all that is empty are known by their XML document alone.
 */
export type Proof =
  | {
      /** Members of the output that every answer has, as paths: "Topics", "KeyMetadata.Arn", "Attributes.*" for any member, "items|$metadata.requestId" for either. null is none. */
      readonly members: readonly string[];
      /** Local names that the root element of the XML document can have. */
      readonly roots?: readonly string[];
    }
  | {
      readonly roots: readonly string[];
      /** Where AWS shows an answer without any member. */
      readonly source: string;
    };

/**
 * An AWS operation, as data. From it come the call itself, the plan, the IAM policy, the rate limit and the
 * provenance in evidence ("cloudtrail:GetTrailStatus us-east-1").
 */
export type Operation = {
  /** A key of `aws/services.ts`, such as "cloudtrail". */
  readonly service: string;
  /** As in the API: "GetTrailStatus". */
  readonly name: string;
  /** The IAM actions, where they are not just `service-prefix:name`. */
  readonly actions?: readonly string[];
  readonly proof: Proof;
  /** Of an operation of the declared client: the members of its output that are used, as paths without steps into lists ("Vpcs.VpcId"). Others are not read; default: all are. */
  readonly members?: readonly string[];
};

/** Whose account is asked, and where the call is made. */
export type Place = { readonly account: AccountIdentity; readonly region: string };

/** Enough of a resource to ask AWS about it. */
export type Identity = {
  readonly id: string;
  readonly arn?: string;
  readonly account: string;
  readonly region: string;
};

/** What one property reader or list returns per property; undefined means AWS says it is not set. Dates are turned into ISO strings. */
export type Properties = { readonly [name: string]: unknown };

/** A listed resource. `region` and `account` default to where the list was asked; a region of "" asks `locate`. */
export type Found = {
  readonly id: string;
  readonly arn?: string;
  readonly account?: string;
  readonly region?: string;
  readonly properties: Properties;
};

/** How an answer is continued: the input member takes what the output member, or what stands at a path of members, holds. */
export type Pages = { readonly ask: string; readonly answer: string };

/**
 * Lists a type. `at`: "each-region" sweeps the regions looked at, "leader" asks once in the partition's leader
 * region (us-east-1) for all regions, `{ each: type }` asks once per resource of another type, in that resource's region,
 * `{ where: types }` once in each region that has a resource of one of them, since nothing is there without one.
 */
export type ListCall<Output = never> = {
  readonly operation: Operation;
  readonly at: "each-region" | "leader" | { readonly each: string } | { readonly where: readonly string[] };
  /** Several questions, where one does not show all. */
  input?(place: Place, parent?: ListedParent): JsonObject | readonly JsonObject[];
  readonly pages?: Pages;
  /** The properties that every found resource carries. */
  readonly properties: readonly string[];
  /** One page of output → resources. */
  found(output: Output, place: Place, parent?: ListedParent): readonly Found[];
  /** Error names that mean: there are none here. */
  readonly notSet?: readonly string[];
  /** Properties of this list as they are for a resource that something refers to, and that the complete list does not show. */
  readonly unlisted?: Properties;
};

/** A resource that is always there, once in the account or in each region, and that no call lists. */
export type SingleCall = {
  readonly at: "each-region" | "leader";
  found(place: Place): Omit<Found, "properties">;
};

/** The resource whose children are listed, with the properties read so far. */
export type ListedParent = Identity & { readonly properties: JsonObject };

/** Reads some properties of one resource, in its home region unless `at` says "leader". */
export type ReadCall<Output = never> = {
  readonly operation: Operation;
  readonly at?: "home" | "leader";
  /** Properties of the same resource that must be there first, answered by the list or by reads declared before this one; they alone are handed over in `known`. */
  readonly after?: readonly string[];
  /**
   * undefined: the call does not apply to this resource, and its properties are not set. `listed` are the listed
   * resources of the type in its region, for a call that asks about many: the same question is asked once. Several: each is asked,
   * and their answers are joined like pages; none is as undefined.
   */
  input(
    resource: Identity,
    known: JsonObject,
    listed: readonly Identity[],
  ): JsonObject | readonly JsonObject[] | undefined;
  readonly pages?: Pages;
  /** The properties that this call answers. */
  readonly properties: readonly string[];
  /** One page of output → properties; lists of several pages are joined. undefined from every page: the resource does not exist. */
  read(output: Output, resource: Identity): Properties | undefined;
  /** Error names that mean: not set. Every other error is unreadable. */
  readonly notSet?: readonly string[];
  /** The properties that an error tells, where it is an answer itself; undefined where it is none. */
  learn?(error: { readonly name: string; readonly message: string }): Properties | undefined;
  /** Error names that mean: this resource does not exist. `Exists` then reads false, and every property asked for is not set. */
  readonly gone?: readonly string[];
};

/** Finds the home region of a resource that was named without it. */
export type LocateCall<Output = never> = {
  readonly operation: Operation;
  input(id: string, resource: Identity): JsonObject;
  region(output: Output): string;
  readonly gone?: readonly string[];
};

/**
 * Reads one resource type of one account: says as data which calls yield which properties, and catches nothing.
 * Scheduling, retries, limits and gaps are the live source's, once for all.
 */
export type Collector = {
  readonly contract: 1;
  /** CloudFormation's type name, or one after its pattern. */
  readonly type: string;
  /** One line for lists. */
  readonly summary: string;
  readonly list?: ListCall;
  /** Instead of `list`. */
  readonly single?: SingleCall;
  readonly reads: readonly ReadCall[];
  /**
   * The resource that a reference names (an ARN, a name, an id), or undefined when the reference is to something else.
   * `region: ""` asks `locate` for the region. Give the same ARN as `list`, or the resource stands there twice.
   * Without `refer`, references are looked up among the listed resources, by ARN or id.
   */
  refer?(reference: string, from: Identity): Identity | undefined;
  readonly locate?: LocateCall;
  /** Those properties that only a running account has, and CloudFormation does not know. */
  readonly observed: readonly string[];
  /** What may stand below its properties, so that a rule with a misspelt path is refused. Default: anything. */
  readonly shapes?: PropertyShapes;
  /** The service in `shared/served-regions.ts` whose regions bound where this type can be; default: everywhere. */
  readonly servedAs?: string;
};

/**
 * Declares a collector.
 *
 * @throws Error where an operation states no proof: its silence would count as an answer.
 */
export function defineCollector(collector: Omit<Collector, "contract">): Collector {
  const { list, locate, reads, type } = collector;
  for (const call of [list, locate, ...reads])
    if (call !== undefined && !isProven(call.operation))
      throw new Error(`${type}: ${call.operation.name} does not state what proves that AWS answered`);
  return { contract: 1, ...collector };
}

// The type asks for it; a collector in JavaScript may have none.
function isProven(operation: Operation): boolean {
  const {
    members = [],
    roots = [],
    source = "",
  } = { ...operation.proof } as Partial<{
    readonly members: readonly string[];
    readonly roots: readonly string[];
    readonly source: string;
  }>;
  return members.length > 0 || (roots.length > 0 && source !== "");
}

/** Declares a list, typed by the operation's output. */
export function listCall<Output>(call: ListCall<Output>): ListCall {
  return call;
}

/** Declares a read, typed by the operation's output. */
export function readCall<Output>(call: ReadCall<Output>): ReadCall {
  return call;
}

/** Declares how a named resource is located, typed by the operation's output. */
export function locateCall<Output>(call: LocateCall<Output>): LocateCall {
  return call;
}
