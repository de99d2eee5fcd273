import { copyFile } from "node:fs/promises";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { blocksOf, commandsOf, isShown, runPageCommand } from "../support/page-run.js";
import { inFolder, root, writeIn } from "../support/run-cli.js";

const file = join(root, "docs/first-rule.md");
const page = readFileSync(file, "utf8");
const updates = process.env["UPDATE_GOLDENS"] === "1";

it("every command of the tutorial ends and says what the page shows", async () => {
  let renewed = page;
  const ran: string[] = [];
  await inFolder({}, async (folder) => {
    await copyFile(join(root, "examples/account/snapshot.json"), join(folder, "account.json"));
    for (const block of blocksOf(page)) {
      if (block.language !== "console") await writeIn(folder, block.info, block.body);
      for (const { command, output, exitCode, line } of block.language === "console"
        ? commandsOf(block)
        : []) {
        const outcome = await runPageCommand(folder, command);
        ran.push(command);
        if (updates)
          renewed = output.includes("…")
            ? renewed
            : renewed.replace(`$ ${command}\n${output}\`\`\``, () => `$ ${command}\n${outcome.output}\`\`\``);
        else if (!isShown(output, outcome.output))
          expect(outcome.output, `docs/first-rule.md:${line.toString()}`).toBe(output);
        expect(outcome.exitCode, `${command} at docs/first-rule.md:${line.toString()}`).toBe(exitCode);
      }
    }
  });
  if (updates) writeFileSync(file, renewed);
  expect(ran.length).toBeGreaterThan(7);
}, 120_000);

it("every block of the tutorial is a command or a file with a name", () => {
  expect(
    blocksOf(page).filter(({ language, info }) => language !== "console" && !/^[\w./-]+$/u.test(info)),
  ).toEqual([]);
});

it("what a page shows is held against every line, and … stands for any number of them", () => {
  const found = "one\ntwo\nthree\nfour\n";
  expect(isShown("one\n…\nfour\n", found)).toBe(true);
  expect(isShown("one\ntwo\n…\n", found)).toBe(true);
  expect(isShown("one\n…\nfive\n", found)).toBe(false);
  expect(isShown("one\ntwo\nthree\n", found)).toBe(false);
  expect(isShown("watchproof 1.2.3\n", "watchproof 4.5.6\n")).toBe(true);
});
