import { condition } from "./event-selector.js";
import type { Condition, Selector } from "./event-selector.js";

/** One entry of `DataResources`. */
export type DataResource = { readonly type: string; readonly values: readonly string[] };

/** A basic selector, its members read; a data resource that could not be read is undefined. */
export type BasicSelector = {
  readonly readWrite: string;
  readonly management: boolean;
  readonly excluded: readonly string[];
  readonly dataResources: readonly (DataResource | undefined)[];
  readonly undecidable: readonly string[];
};

/** A basic selector as advanced ones: one for management events, one or two for each value of a data resource. */
export function translateBasic({
  readWrite,
  management,
  excluded,
  dataResources,
  undecidable,
}: BasicSelector): readonly Selector[] {
  const access = readOnlyOf(readWrite);
  const doubts =
    access === undefined ? [...undecidable, `ReadWriteType ${readWrite} is not known`] : undecidable;
  const selectors = [
    ...(management ? [managementSelector(access ?? [], excluded)] : []),
    ...dataResources.flatMap((resource) => dataSelectors(access ?? [], resource)),
  ];
  return doubts.length === 0
    ? selectors
    : [...selectors, { conditions: [], undecidable: [] }].map((selector) => ({
        ...selector,
        undecidable: [...selector.undecidable, ...doubts],
      }));
}

const readWriteTypes: Readonly<Record<string, readonly Condition[]>> = {
  All: [],
  ReadOnly: [condition("readOnly", { Equals: ["true"] })],
  WriteOnly: [condition("readOnly", { Equals: ["false"] })],
};

function readOnlyOf(readWrite: string): readonly Condition[] | undefined {
  return Object.hasOwn(readWriteTypes, readWrite) ? readWriteTypes[readWrite] : undefined;
}

function managementSelector(access: readonly Condition[], excluded: readonly string[]): Selector {
  const exclusion = excluded.length === 0 ? [] : [condition("eventSource", { NotEquals: excluded })];
  return {
    conditions: [condition("eventCategory", { Equals: ["Management"] }), ...access, ...exclusion],
    undecidable: [],
  };
}

function dataSelectors(
  access: readonly Condition[],
  resource: DataResource | undefined,
): readonly Selector[] {
  const category = condition("eventCategory", { Equals: ["Data"] });
  if (resource === undefined)
    return [{ conditions: [category, ...access], undecidable: ["a data resource is malformed"] }];
  const { type, values } = resource;
  const fixed = [category, condition("resources.type", { Equals: [type] }), ...access];
  const claims = valueClaims[type] ?? unknownType;
  return values
    .flatMap((value) => claims(value))
    .map(({ arn, undecidable }) => ({ conditions: [...fixed, ...arn], undecidable }));
}

type ValueClaim = { readonly arn: readonly Condition[]; readonly undecidable: readonly string[] };

const startsWith = (value: string): ValueClaim => ({
  arn: [condition("resources.ARN", { StartsWith: [value] })],
  undecidable: [],
});
const equals = (value: string): ValueClaim => ({
  arn: [condition("resources.ARN", { Equals: [value] })],
  undecidable: [],
});
const unclear = (value: string): ValueClaim => ({
  arn: [],
  undecidable: [`what the data resource value ${value} takes is not documented`],
});

/** What a value of a data resource takes. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html */
const valueClaims: Readonly<Record<string, (value: string) => readonly ValueClaim[]>> = {
  "AWS::S3::Object": (value) => [startsWith(value)],
  "AWS::Lambda::Function": (value) => {
    if (/^arn:[a-z-]+:lambda$/u.test(value)) return [startsWith(`${value}:`)];
    return [/^arn:[a-z-]+:lambda:[^:]+:\d{12}:function:[^:]+/u.test(value) ? equals(value) : unclear(value)];
  },
  "AWS::DynamoDB::Table": (value) => {
    if (/^arn:[a-z-]+:dynamodb$/u.test(value)) return [startsWith(`${value}:`)];
    // AWS says that a full Lambda ARN is exact, and is silent about tables: `…/orders` takes that table, and may take `…/orders2`.
    const beyond = condition("resources.ARN", { StartsWith: [value], NotEquals: [value] });
    return [
      equals(value),
      { arn: [beyond], undecidable: [`whether ${value} is a prefix is not documented`] },
    ];
  },
};

const unknownType = (value: string): readonly ValueClaim[] => [unclear(value)];
