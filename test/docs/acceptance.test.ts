import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import { loadBaseline } from "../../src/loaders/load-baseline.js";
import { loadConfig } from "../../src/loaders/config/load-config.js";
import { parseWaivers } from "../../src/loaders/load-waivers.js";
import { inFolder, root } from "../support/run-cli.js";

async function example(page: string, language: string): Promise<string> {
  const text = await readFile(`${root}docs/${page}.md`, "utf8");
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "u").exec(text)?.[1] ?? "";
}

it("the waivers on their page are valid, and name a rule that ships", async () => {
  expect(
    await parseWaivers(await example("waivers", "yaml"), "w", { rules: await builtins.rules() }),
  ).toMatchObject({ ok: true, value: [{ waiver: { owner: "Ada" } }] });
});

it("the baseline on its page is one", async () => {
  await inFolder({ "b.json": await example("baseline", "json") }, async (folder) => {
    expect(await loadBaseline(`${folder}/b.json`)).toMatchObject({ ok: true, value: { entries: [{}] } });
  });
});

it("the gate on its page is a valid config", async () => {
  await inFolder({ "watchproof.yaml": await example("gate", "yaml") }, async (folder) => {
    expect(await loadConfig(`${folder}/watchproof.yaml`, { plugins: builtins })).toMatchObject({
      ok: true,
      value: { config: { gate: { maxFail: 10 } } },
    });
  });
});
