import { expect, test } from "vitest";
import { PluginError } from "../../src/core/plugin-error.js";
import type { Reporter } from "../../src/core/reporter.js";
import { finding } from "../support/build.js";
import { reportOf } from "../reporters/reports.js";
import { withPlugins } from "./support.js";

async function rendered(render: string): Promise<string> {
  const module = `export const watchproof = { contract: 1, reporters: [{ contract: 1, id: "own", summary: "s", render: ${render} }] };`;
  return withPlugins({ "watchproof.yaml": "plugins: [./own.mjs]\n", "own.mjs": module }, async (plugins) => {
    const own = (await plugins.reporters["own"]?.()) as Reporter;
    return own.render(reportOf([finding()]), { color: false, gate: { exitCode: 0, because: "clean" } });
  });
}

test("a plugin's reporter sees the report and the gate", async () => {
  expect(
    await rendered("({ findings }, { gate, color }) => [findings[0].message, gate.because, color].join()"),
  ).toBe("it holds,clean,false");
});

test.each([
  ["throws", `() => { throw new Error("bug"); }`, "plugin ./own.mjs: reporter own: Error: bug"],
  ["hangs", "() => { for (;;); }", "plugin ./own.mjs: reporter own: it did not answer within 0.5 s"],
  [
    "answers no text",
    "() => 7",
    "plugin ./own.mjs: reporter own: render answered nonsense: expected text, found a number",
  ],
])("a reporter that %s is an error that names it", async (_, render, message) => {
  const error = await rendered(render).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PluginError);
  expect(error).toMatchObject({ message });
});
