import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { parseScenarios, replaceBodies } from "../support/scenario-file.js";
import { runScenario } from "../support/scenario-run.js";
import type { ScenarioResult } from "../support/scenario-run.js";

const folder = new URL("scenarios/", import.meta.url);
const updates = process.env["UPDATE_GOLDENS"] === "1";

describe.each(readdirSync(folder).sort())("%s", (name) => {
  const file = new URL(name, folder);
  const text = readFileSync(file, "utf8");
  const goldens: ScenarioResult["goldens"][number][] = [];

  it.each(parseScenarios(text))(
    "$title",
    async (scenario) => {
      const result = await runScenario(scenario);
      goldens.push(...result.goldens);
      if (!updates) expect(result.problems, `${name}:${scenario.line.toString()}`).toEqual([]);
    },
    60_000,
  );

  afterAll(() => {
    if (updates) writeFileSync(file, replaceBodies(text, goldens));
  });
});
