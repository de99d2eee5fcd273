import { lstat, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.js";
import { canonicalSnapshot, snapshotText } from "../../src/sources/canonical-snapshot.js";
import { createHosts } from "../../src/sources/hosts.js";
import { rootOf, textsAt } from "../../src/sources/property-path.js";
import { recordedSource } from "../../src/sources/recorded.js";
import { createSlots, sharedSlots } from "../../src/sources/slots.js";
import { propertiesToJson, toJson } from "../../src/sources/to-json.js";
import { writeFileAtomically, writeSnapshot } from "../../src/sources/write-atomically.js";

describe("a property path", () => {
  const properties = {
    S3BucketName: "b",
    AlarmActions: ["x", "y", "", 3],
    Destinations: [{ Arn: "d" }, {}, { Arn: null }],
    Deep: { List: [[{ To: "z" }]] },
  };
  it.each([
    ["S3BucketName", "S3BucketName", ["b"]],
    ["AlarmActions[]", "AlarmActions", ["x", "y"]],
    ["Destinations[].Arn", "Destinations", ["d"]],
    ["Deep.List[][].To", "Deep", ["z"]],
    ["AlarmActions", "AlarmActions", []],
    ["S3BucketName[]", "S3BucketName", []],
    ["Missing[].Arn", "Missing", []],
  ])("%s begins at %s and finds %j", (path, root, found) => {
    expect(rootOf(path)).toBe(root);
    expect(textsAt(properties, path)).toEqual(found);
  });
});

describe("what the SDK answers becomes JSON", () => {
  it("with dates as ISO strings, bytes as base64, keys sorted, and what is not set left out", () => {
    const json = toJson({
      b: new Date(0),
      a: new Uint8Array([1]),
      c: undefined,
      d: [undefined, { e: null }],
      f: 10n,
      g: Number.NaN,
    });
    expect(JSON.stringify(json)).toBe(
      '{"a":"AQ==","b":"1970-01-01T00:00:00.000Z","d":[null,{}],"f":10,"g":"NaN"}',
    );
  });

  it("with null for each declared property that is not set, and without others", () => {
    expect(propertiesToJson(["A", "B"], { A: 1, C: 2 })).toEqual({ A: 1, B: null });
  });
});

const snapshot: Snapshot = {
  calls: { b: 1, a: 2 },
  gaps: [
    { reason: "R", region: "b", type: "T", account: "1" },
    { region: "a", type: "T", account: "1", reason: "R", parent: "p", message: "m", action: "x:Y" },
  ],
  resources: [
    { type: "T", id: "z", region: "a", account: "1", properties: { b: { d: 1, c: 2 }, a: null } },
    {
      type: "T",
      id: "y",
      arn: "arn",
      region: "a",
      account: "1",
      properties: {},
      unreadable: { q: { message: "m", reason: "R" } },
      observed: { o: [2, 1] },
    },
  ],
  collected: {
    T: { properties: { b: "o", a: "o" }, listed: ["b", "a"] },
    S: { listed: "account", properties: {} },
  },
  regions: ["b", "a"],
  account: { partition: "aws", id: "111111111111" },
  takenAt: "2026-11-20T00:00:00.000Z",
  format: "watchproof-snapshot/1",
};

describe("a canonical snapshot", () => {
  it("has one order of members, names, resources and gaps; lists that AWS gave keep theirs", () => {
    const text = JSON.stringify(canonicalSnapshot(snapshot));
    expect(text).toBe(
      '{"format":"watchproof-snapshot/1","takenAt":"2026-11-20T00:00:00.000Z","account":{"id":"111111111111","partition":"aws"},"regions":["a","b"],' +
        '"collected":{"S":{"listed":"account","properties":{}},"T":{"listed":["a","b"],"properties":{"a":"o","b":"o"}}},' +
        '"resources":[{"type":"T","id":"y","arn":"arn","account":"1","region":"a","properties":{},"observed":{"o":[2,1]},"unreadable":{"q":{"reason":"R","message":"m"}}},' +
        '{"type":"T","id":"z","account":"1","region":"a","properties":{"a":null,"b":{"c":2,"d":1}}}],' +
        '"gaps":[{"account":"1","type":"T","region":"a","reason":"R","action":"x:Y","message":"m","parent":"p"},{"account":"1","type":"T","region":"b","reason":"R"}],"calls":{"a":2,"b":1}}',
    );
  });

  it("is canonical again after a round trip through its text", () => {
    const text = snapshotText(snapshot);
    expect(text.endsWith("}\n")).toBe(true);
    expect(snapshotText(JSON.parse(text) as Snapshot)).toBe(text);
  });
});

describe("a recorded source", () => {
  it("hands the snapshot out as it is, whatever the needs", async () => {
    expect(await recordedSource(snapshot).read({ needs: [], regions: ["x"] })).toBe(snapshot);
  });
});

describe("writing a file", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchproof-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("replaces the old text, for the owner alone, and leaves nothing else behind", async () => {
    const path = join(folder, "s.json");
    await writeFile(path, "old", { mode: 0o644 });
    await writeSnapshot(path, snapshot);
    expect(await readFile(path, "utf8")).toBe(snapshotText(snapshot));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["s.json"]);
  });

  it("rejects where it cannot write, and leaves nothing behind", async () => {
    await expect(writeFileAtomically(join(folder, "no", "s.json"), "x")).rejects.toThrow("ENOENT");
    await expect(writeFileAtomically(folder, "x")).rejects.toMatchObject({ code: "EISDIR", path: folder });
    expect(await readdir(folder)).toEqual([]);
    expect(
      (await readdir(join(folder, ".."))).filter(
        (name) => name.includes(folder.slice(-6)) && name.endsWith(".tmp"),
      ),
    ).toEqual([]);
  });
});

describe("what stands where a file is to be written", () => {
  it("a link stays a link, and what it leads to is written", async () => {
    const place = await mkdtemp(join(tmpdir(), "watchproof-link-"));
    await writeFile(join(place, "real"), "old");
    await symlink("real", join(place, "link"));
    await writeFileAtomically(join(place, "link"), "new");
    expect((await lstat(join(place, "link"))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(place, "real"), "utf8")).toBe("new");
    await rm(place, { recursive: true });
  });

  it("a device is not replaced by a file", async () => {
    await expect(writeFileAtomically("/dev/null", "x")).rejects.toMatchObject({
      code: "ENOTFILE",
      path: "/dev/null",
    });
    expect((await lstat("/dev/null")).isCharacterDevice()).toBe(true);
  });
});

describe("slots", () => {
  it("let no more tasks run at once than there are, and free one when a task fails", async () => {
    const slots = createSlots(2);
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
      throw new Error("no");
    };
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => slots.run(task)));
    expect([most, results.filter(({ status }) => status === "rejected").length]).toEqual([2, 9]);
  });

  it("that several share lets no more run than it has itself, nor each more than its own", async () => {
    const shared = createSlots(3);
    const running = [0, 0];
    let [most, mostInAll] = [0, 0];
    const task = (at: 0 | 1) => async (): Promise<void> => {
      running[at]! += 1;
      most = Math.max(most, ...running);
      mostInAll = Math.max(mostInAll, running[0]! + running[1]!);
      await Promise.resolve();
      running[at]! -= 1;
    };
    await Promise.all(
      ([0, 1] as const).flatMap((at) => {
        const slots = sharedSlots(createSlots(2), shared);
        return Array.from({ length: 9 }, () => slots.run(task(at)));
      }),
    );
    expect([most, mostInAll, ...running]).toEqual([2, 3, 0, 0]);
  });
});

describe("hosts", () => {
  it("that answer in between are not given up", () => {
    const hosts = createHosts(() => 0);
    for (let round = 0; round < 9; round += 1) {
      hosts.refused("a");
      hosts.timedOut("a", round);
      hosts.timedOut("a", round);
      hosts.answered("a");
    }
    expect(hosts.givenUp("a")).toBeUndefined();
  });

  it("count requests that were under way together as one round", () => {
    let now = 0;
    const hosts = createHosts(() => now);
    for (const at of [5, 5, 5, 10, 10]) {
      now = at;
      hosts.timedOut("a", at - 5);
    }
    expect(hosts.givenUp("a")).toBeUndefined();
    now = 15;
    hosts.timedOut("a", 10);
    expect(hosts.givenUp("a")).toMatchObject({ reason: "TimedOut" });
  });

  it("that never answered are not tried while most of the network is silent", () => {
    const hosts = createHosts(() => 5);
    for (let at = 0; at < 8; at += 1) hosts.timedOut(`silent ${at}`, 0);
    expect(hosts.givenUp("new")).toMatchObject({ reason: "TimedOut" });
    expect(hosts.givenUp("silent 0")).toBeUndefined();
    for (let at = 0; at < 9; at += 1) hosts.answered(`fine ${at}`);
    expect(hosts.givenUp("new")).toBeUndefined();
  });
});
