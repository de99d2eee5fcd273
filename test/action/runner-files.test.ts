import fc from "fast-check";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mostSummaryBytes, outputsText, writeOutputs, writeSummary } from "../../src/action/runner-files.js";
import { inFolder } from "../support/run-cli.js";
import { parseOutputs } from "./support.js";

it("a runner reads any outputs as they were, whatever they hold", () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom("", "EOF\nverdict<<EOF\npassed\nEOF", "watchproof-\n", "a\r\nb", "::error::x"),
  );
  fc.assert(
    fc.property(fc.record({ verdict: value, report: value }), (outputs) => {
      expect(parseOutputs(outputsText(outputs))).toEqual({ ...outputs });
    }),
  );
});

it("outputs are added to those of the step so far", async () => {
  await inFolder({ output: "a<<x\n1\nx\n" }, async (folder) => {
    await writeOutputs(join(folder, "output"), { b: "2" });
    expect(parseOutputs(await readFile(join(folder, "output"), "utf8"))).toEqual({ a: "1", b: "2" });
  });
});

it.each([
  {
    title: "a summary that fits is added",
    before: "# Before\n",
    added: "# After\n",
    after: "# Before\n# After\n",
  },
  {
    title: "a summary that just fits is added",
    before: "x".repeat(mostSummaryBytes - 1),
    added: "\n",
    after: `${"x".repeat(mostSummaryBytes - 1)}\n`,
  },
  {
    title: "a summary that does not fit any more leaves a line that says so",
    before: "x\n",
    added: "y".repeat(mostSummaryBytes),
    after: "x\nWatchproof: the summary is too long for this page; the report has it all.\n",
  },
])("$title", async ({ before, added, after }) => {
  await inFolder({ summary: before }, async (folder) => {
    await writeSummary(join(folder, "summary"), added);
    expect((await readFile(join(folder, "summary"), "utf8")) === after).toBe(true);
  });
});
