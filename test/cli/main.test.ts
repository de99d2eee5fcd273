import { expect, it } from "vitest";
import { runCommand } from "../../src/cli/main.js";

async function said(...words: readonly string[]): Promise<string> {
  const texts: string[] = [];
  const exitCode = await runCommand(words, {
    out: () => Promise.resolve(),
    err: (text) => {
      texts.push(text);
    },
    trouble: () => undefined,
    isWatched: false,
    hasColor: false,
  });
  expect(exitCode).toBe(2);
  return texts.join("");
}

it.each([
  ["a command", ["che\u001b[31mck"]],
  ["a format", ["check", "--snapshot", "examples/account/snapshot.json", "--format", "js\u009b31mon"]],
  ["a severity", ["check", "--fail-on", "low\u001b[2J\r"]],
  [
    "a file to write",
    ["check", "--snapshot", "examples/account/snapshot.json", "--format", "json=/proc/a\u001b[31m.json"],
  ],
  ["a place of reports", ["history", "list", "--store", "s4://\u001b[31m"]],
])("%s that is wrong is told without what would steer a terminal", async (_, words) => {
  const text = await said(...words);
  expect(text).toMatch(/\\u\{(?:1b|9b)\}/u);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});
