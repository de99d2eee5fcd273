import { readdirSync } from "node:fs";
import type { Collector } from "../../../src/core/collector.js";

const folder = new URL("../../../src/collectors/", import.meta.url);

/** Every collector that ships, by type. */
export async function everyCollector(): Promise<ReadonlyMap<string, Collector>> {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".ts"));
  const modules = await Promise.all(
    files.map(
      async (file) => (await import(new URL(file, folder).href)) as Readonly<Record<string, unknown>>,
    ),
  );
  const collectors = modules.flatMap((module) => Object.values(module).filter(isCollector));
  return new Map(collectors.map((collector) => [collector.type, collector]));
}

/** All properties that a collector answers. */
export function propertiesOf({ list, reads }: Collector): readonly string[] {
  return [...(list?.properties ?? []), ...reads.flatMap(({ properties }) => properties)];
}

function isCollector(value: unknown): value is Collector {
  return typeof value === "object" && value !== null && "contract" in value && "reads" in value;
}
