import { mkdir, readFile, readdir, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { StoreError } from "../../src/core/store.js";
import { whileLocked } from "../../src/stores/file-lock.js";
import { folderStore } from "../../src/stores/folder-store.js";
import { temporaryFolder, writeIn } from "../support/run-cli.js";
import { obeysStoreLaws } from "./store-laws.js";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
const newFolder = async (): Promise<string> => {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folder;
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const impatient = { pause: () => Promise.resolve(), attempts: 5 };

describe("a folder", () => {
  obeysStoreLaws(async () => {
    const folder = join(await newFolder(), "deep", "store");
    return { store: folderStore(folder), again: () => Promise.resolve(folderStore(folder)) };
  });

  it("is its owner's alone, with all that is in it", async () => {
    const folder = join(await newFolder(), "store");
    await folderStore(folder).write("runs/a.gz", bytes("x"), { kind: "absent" });
    const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    expect([
      await modeOf(folder),
      await modeOf(join(folder, "runs")),
      await modeOf(join(folder, "runs/a.gz")),
    ]).toEqual([0o700, 0o700, 0o600]);
  });

  it("holds nothing but what was written: no draft, no lock", async () => {
    const folder = await newFolder();
    const store = folderStore(folder);
    await Promise.all(["one", "two"].map((text) => store.write("k", bytes(text), { kind: "always" })));
    await store.write("k", bytes("x"), { kind: "absent" });
    await store.write("k", bytes("x"), { kind: "version", version: "no" });
    expect(await readdir(folder)).toEqual(["k"]);
  });

  it("does not follow a symbolic link out of the folder", async () => {
    const [folder, outside] = [await newFolder(), await newFolder()];
    await writeIn(outside, "secret", "s");
    await symlink(outside, join(folder, "runs"));
    await symlink(join(outside, "secret"), join(folder, "link"));
    const store = folderStore(folder);
    await expect(store.read("runs/secret")).rejects.toThrow("leads out of");
    await expect(store.write("runs/new", bytes("x"), { kind: "absent" })).rejects.toThrow("leads out of");
    await expect(store.write("runs/a/b/new", bytes("x"), { kind: "absent" })).rejects.toThrow("leads out of");
    await expect(store.remove("runs/secret")).rejects.toThrow("leads out of");
    await expect(store.read("link")).rejects.toThrow(StoreError);
    expect(await readdir(outside)).toEqual(["secret"]);
  });

  it.each([
    ["a file in its way", "file/store", /is a file, where a folder is needed/u],
    ["a folder where a file is needed", ".", /is a folder, where a file is needed/u],
  ])("with %s it says which path, and why", async (_, place, words) => {
    const folder = await newFolder();
    await writeIn(folder, "file", "");
    await mkdir(join(folder, "k"));
    await expect(folderStore(join(folder, place)).write("k", bytes("x"), { kind: "always" })).rejects.toThrow(
      words,
    );
  });
});

describe("a lock", () => {
  const holder = (part: object): string =>
    JSON.stringify({
      id: "00000000-0000-4000-8000-000000000000",
      owner: "another",
      pid: 1,
      host: hostname(),
      ...part,
    });
  // Greater than any process id that Linux or macOS give.
  const noProcess = 2 ** 30;
  const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

  it("lets one in at a time", async () => {
    const path = join(await newFolder(), "lock");
    const seen: string[] = [];
    const work = (name: string) =>
      whileLocked(
        path,
        async () => {
          seen.push(`${name} in`);
          await Promise.resolve();
          seen.push(`${name} out`);
        },
        {
          pause: () =>
            new Promise((resolve) => {
              setImmediate(resolve);
            }),
          attempts: 100_000,
        },
      );
    await Promise.all(["a", "b", "c"].map(work));
    expect(seen.map((line) => line.slice(2))).toEqual(["in", "out", "in", "out", "in", "out"]);
    expect(seen.every((line, at) => at % 2 === 0 || line.startsWith(seen[at - 1]?.[0] ?? "?"))).toBe(true);
  });

  it.each([
    ["a process that is dead", holder({ pid: noProcess })],
    ["an earlier process with our own id", holder({ pid: process.pid })],
  ])("of %s is taken away at once", async (_, text) => {
    const path = join(await newFolder(), "lock");
    await writeFile(path, text);
    expect(await whileLocked(path, () => Promise.resolve("done"), impatient)).toBe("done");
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  it.each([
    ["another host", holder({ host: "elsewhere" })],
    ["somebody whose process lives", holder({ pid: process.ppid })],
    ["something that is no lock of ours", "{"],
  ])("of %s is respected for a minute", async (_, text) => {
    const path = join(await newFolder(), "lock");
    await writeFile(path, text);
    await expect(whileLocked(path, () => Promise.resolve(), impatient)).rejects.toThrow("remove that file");
    expect(await readFile(path, "utf8")).toBe(text);
    await utimes(path, minutesAgo(2), minutesAgo(2));
    expect(await whileLocked(path, () => Promise.resolve("done"), impatient)).toBe("done");
  });

  it("that was left while taking a dead one away is taken away as well", async () => {
    const path = join(await newFolder(), "lock");
    await writeFile(path, holder({ pid: noProcess }));
    await writeFile(
      `${path}.00000000-0000-4000-8000-000000000000`,
      holder({ id: "11111111-0000-4000-8000-000000000000", pid: noProcess }),
    );
    expect(await whileLocked(path, () => Promise.resolve("done"), impatient)).toBe("done");
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  it("tells who slept too long that it is lost, and leaves the next one's", async () => {
    const path = join(await newFolder(), "lock");
    await whileLocked(
      path,
      async ({ isHeld }) => {
        expect(await isHeld()).toBe(true);
        await writeFile(path, holder({}));
        expect(await isHeld()).toBe(false);
      },
      impatient,
    );
    expect(await readFile(path, "utf8")).toBe(holder({}));
  });
});
