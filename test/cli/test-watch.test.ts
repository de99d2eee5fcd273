import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/run-cli.js";
import { withFiles } from "../loaders/support/plugins.js";

const bin = process.env["WATCHPROOF_BIN"] ?? join(root, "dist/cli/bin.js");
const rule =
  "id: trail.records\ntitle: T\nseverity: low\nevaluator: assert\nwith: { for: AWS::CloudTrail::Trail, assert: { path: IsLogging, equals: true } }\n";
const cases = "cases:\n  - name: nothing to judge\n    expect: not-applicable\n";

type Watching = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly seen: (text: string, times?: number) => Promise<void>;
  readonly ended: Promise<number | null>;
};

function start(folder: string): Watching {
  const child = spawn(process.execPath, [bin, "test", "rules", "--watch"], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder },
    stdio: "pipe",
  });
  const parts: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => {
      parts.push(data.toString());
      for (const look of waiting) look();
    });
  const output = (): string => parts.join("");
  return {
    child,
    output,
    ended: new Promise((resolve) => child.on("exit", resolve)),
    seen: (text, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (output().split(text).length <= times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

async function watching(
  use: (watched: Watching, write: (name: string, text: string) => void) => Promise<void>,
): Promise<void> {
  await withFiles({ "rules/a.yaml": rule, "rules/a.test.yaml": cases }, async (folder) => {
    const watched = start(folder);
    try {
      await watched.seen("1 passed, 0 failed");
      await use(watched, (name, text) => {
        mkdirSync(join(folder, name, ".."), { recursive: true });
        writeFileSync(join(folder, name), text);
      });
    } finally {
      watched.child.kill("SIGKILL");
    }
  });
}

test("a changed case, a changed rule, a new file and a mended mistake are run again; the end of stdin ends it", async () => {
  await watching(async ({ child, seen, output, ended }, write) => {
    write("rules/a.test.yaml", cases.replace("not-applicable", "fail"));
    await seen("0 passed, 1 failed");
    write("rules/a.yaml", rule.replace("{ for:", "{ absence: fail, for:"));
    await seen("1 passed, 0 failed", 2);
    write("rules/a.test.yaml", "cases: 7\n");
    await seen("(wrong-type)");
    write("rules/a.test.yaml", cases.replace("not-applicable", "fail"));
    await seen("1 passed, 0 failed", 3);
    write("rules/b.test.yaml", `rule: ./a.yaml\n${cases}`);
    await seen("1 passed, 1 failed");
    // The screen is a terminal's; what goes to a pipe is kept as it is.
    expect(output()).not.toContain("\u001b");
    child.stdin?.end();
    expect(await ended).toBe(1);
  });
});

test("q ends it, and SIGINT does, with the last run's exit code", async () => {
  await watching(async ({ child, ended }) => {
    child.stdin?.write("q");
    expect(await ended).toBe(0);
  });
  await watching(async ({ child, ended }) => {
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });
});
