import type { Config } from "../../core/formats/config.js";
import { unknownName } from "../check-names.js";
import { checkRegion } from "./check-regions.js";
import { show } from "../diagnostics/describe.js";
import type { Fault, Path } from "../diagnostics/fault.js";

/** What is wrong with the names of regions in a config. */
export function checkRegions({ regions, overrides = [] }: Config): readonly Fault[] {
  const named: readonly { readonly region: string; readonly path: Path }[] = [
    ...(regions?.include ?? []).map((region, index) => ({ region, path: ["regions", "include", index] })),
    ...(regions?.exclude ?? []).map(({ region }, index) => ({
      region,
      path: ["regions", "exclude", index, "region"],
    })),
    ...overrides.flatMap((override, index) =>
      (override.regions ?? []).map((region, at) => ({ region, path: ["overrides", index, "regions", at] })),
    ),
  ];
  return named.flatMap(({ region, path }) => checkRegion(region, path) ?? []);
}

/** What is wrong with `FORMAT` and `FORMAT=FILE` words in a config. */
export function checkFormats({ formats = [] }: Config, known: readonly string[]): readonly Fault[] {
  return formats.flatMap((word, index) => {
    const path = ["formats", index];
    const [format = "", ...file] = word.split("=");
    if (!known.includes(format))
      return [unknownName(format, path, { code: "unknown-format", noun: "format", known })];
    if (file.length > 0 && file.join("=") === "")
      return [
        {
          path,
          at: "value" as const,
          code: "bad-value" as const,
          message: `formats[${index.toString()}]: the file is missing after "="`,
        },
      ];
    return [];
  });
}

/** What is wrong with the names of packs that have a threshold of their own. */
export function checkGatePacks({ gate }: Config, known: readonly string[]): readonly Fault[] {
  const wrong = Object.keys(gate?.packs ?? {}).filter((name) => !known.includes(name));
  return wrong.map((name) => ({
    ...unknownName(name, ["gate", "packs", name], { code: "unknown-pack", noun: "pack", known }),
    at: "key" as const,
  }));
}

/** What is wrong with thresholds of packs that are there and that no run with this config chooses: they would hold for nothing. */
export function checkChosenPacks({ gate }: Config, chosen: readonly string[]): readonly Fault[] {
  const idle = Object.keys(gate?.packs ?? {}).filter((name) => !chosen.includes(name));
  return idle.map((name) => ({
    path: ["gate", "packs", name],
    at: "key" as const,
    code: "not-allowed-here" as const,
    message: `gate.packs: ${show(name)} is not among the packs that are judged (${chosen.length === 0 ? "none" : chosen.join(", ")}), so that its threshold would hold for nothing`,
    hint: "name it under packs too, or take this threshold away",
  }));
}
