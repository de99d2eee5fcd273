import { authorizationFacts, logFacts, manifestFacts, packageFacts } from "../shared/aws/origin-endpoint.js";
import type { Settling } from "./mapping.js";
import { kept, reshaped } from "./shapes.js";

/** Log settings: one that is empty is on, with the default group. */
export function logs(...properties: readonly string[]): Readonly<Record<string, Settling>> {
  return each(properties, logFacts);
}

/** Packages, without keys and key servers. */
export function packages(...properties: readonly string[]): Readonly<Record<string, Settling>> {
  return each(properties, packageFacts);
}

/** Manifests by their names and windows. */
export function manifests(...properties: readonly string[]): Readonly<Record<string, Settling>> {
  return each(properties, manifestFacts);
}

/** CDN authorization by its ARNs. */
export function authorization(property: string): Readonly<Record<string, Settling>> {
  return each([property], authorizationFacts);
}

function each(
  properties: readonly string[],
  facts: (source: unknown) => unknown,
): Readonly<Record<string, Settling>> {
  return Object.fromEntries(
    properties.map((property) => [property, reshaped(property, (value) => kept(facts(value)))]),
  );
}
