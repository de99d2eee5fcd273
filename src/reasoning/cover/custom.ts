import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import { readText } from "../../shared/read-property.js";
import type { MetricDemand } from "../firing/demand.js";
import { populationOf } from "./population.js";
import type { Watch } from "./watch.js";

/** A metric as a rule's options demand it. Dimension values may hold {id}, {arn}, {arn-end}, {account}, {region} or {Property}. */
export type MetricOption = {
  readonly name?: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, string | readonly string[]>>;
  readonly side?: "high" | "low";
  readonly values?: MetricDemand["values"];
  readonly limit?: number;
  readonly statistics?: readonly string[];
  readonly sparse?: boolean;
  readonly unit?: string;
};

/** The series that a demanded metric means in a region, for a resource where there is one; undefined where a placeholder has no value. */
export function customWatch(
  account: Account,
  option: MetricOption,
  {
    region,
    maxDelay,
    resource,
  }: { readonly region: string; readonly maxDelay: number; readonly resource?: Resource },
): Watch | undefined {
  const {
    name,
    namespace,
    metric,
    dimensions = {},
    side = "high",
    values = "count",
    limit,
    statistics,
    sparse,
    unit,
  } = option;
  const filled = Object.entries(dimensions).map(
    ([key, value]) =>
      [key, [value].flat().flatMap((text) => fill(text, { account, region, resource }) ?? [])] as const,
  );
  if (filled.some(([, accepted]) => accepted.length === 0)) return undefined;
  const demand: MetricDemand = {
    namespace,
    metric,
    side,
    values,
    maxDelay,
    dimensions: Object.fromEntries(filled),
    ...(resource === undefined
      ? {}
      : { population: populationOf(account, resource, tellingApart(dimensions)) }),
    ...(limit === undefined ? {} : { limit }),
    ...(statistics === undefined ? {} : { statistics }),
    ...(sparse === undefined ? {} : { sparse }),
    ...(unit === undefined ? {} : { unit }),
  };
  return { name: name ?? `${namespace} ${metric}`, region, demand };
}

// What is the same for every resource tells none apart.
function tellingApart(dimensions: NonNullable<MetricOption["dimensions"]>): readonly string[] {
  return Object.entries(dimensions)
    .filter(([, value]) => [value].flat().some((text) => /\{(?:id|arn|arn-end)\}/u.test(text)))
    .map(([name]) => name);
}

/** The properties that placeholders name. */
export function placeholdersOf(options: readonly MetricOption[]): readonly string[] {
  const texts = options.flatMap(({ dimensions = {} }) => Object.values(dimensions).flat());
  const named = texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name));
  return [...new Set(named)].filter((name) => /^[A-Z]/u.test(name));
}

const PLACEHOLDER = /\{([\w-]+)\}/gu;

type Context = {
  readonly account: Account;
  readonly region: string;
  readonly resource: Resource | undefined;
};

function fill(text: string, { account, region, resource }: Context): string | undefined {
  const values = new Map<string, string | undefined>([
    ["account", account.id],
    ["region", region],
    ["id", resource?.id],
    ["arn", resource?.arn],
    ["arn-end", resource?.arn?.split(/[/:]/u).at(-1)],
  ]);
  const valueOf = (name: string): string | undefined => values.get(name) ?? propertyOf(resource, name);
  const isWhole = [...text.matchAll(PLACEHOLDER)].every(([, name = ""]) => valueOf(name) !== undefined);
  return isWhole ? text.replaceAll(PLACEHOLDER, (_, name: string) => valueOf(name) ?? "") : undefined;
}

function propertyOf(resource: Resource | undefined, name: string): string | undefined {
  const reading = resource === undefined ? undefined : readText(resource, name);
  return reading?.kind === "set" ? reading.value : undefined;
}
