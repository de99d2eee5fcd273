import { expect, it } from "vitest";
import type { Store } from "../../src/core/store.js";
import { StoreError } from "../../src/core/store.js";

/** A new and empty store, and another that is opened on the same place, as a second process would. */
export type Opened = { readonly store: Store; readonly again: () => Promise<Store> };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = async (store: Store, key: string): Promise<string | undefined> => {
  const file = await store.read(key);
  return file === undefined ? undefined : new TextDecoder().decode(file.bytes);
};
const versionOf = async (store: Store, key: string): Promise<string> =>
  (await store.read(key))?.version ?? "none";

/** What holds for every store. */
export function obeysStoreLaws(open: () => Promise<Opened>): void {
  it("what was not written is not there", async () => {
    const { store } = await open();
    expect(await store.read("a/b.json")).toBeUndefined();
    expect(await store.list("")).toEqual([]);
    await store.remove("a/b.json");
  });

  it("what was written is read again, byte for byte, also by another", async () => {
    const { store, again } = await open();
    const all = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256);
    expect(await store.write("runs/all.gz", all, { kind: "always" })).toBe("written");
    expect(Buffer.compare((await (await again()).read("runs/all.gz"))?.bytes ?? bytes(""), all)).toBe(0);
    expect(await store.write("empty", bytes(""), { kind: "absent" })).toBe("written");
    expect(await textOf(store, "empty")).toBe("");
  });

  it("absent writes once, and never over something", async () => {
    const { store } = await open();
    expect(await store.write("k", bytes("one"), { kind: "absent" })).toBe("written");
    expect(await store.write("k", bytes("two"), { kind: "absent" })).toBe("conflict");
    expect(await textOf(store, "k")).toBe("one");
    await store.remove("k");
    expect(await store.write("k", bytes("two"), { kind: "absent" })).toBe("written");
  });

  it("a version is replaced only while it is the one that was read", async () => {
    const { store } = await open();
    await store.write("k", bytes("one"), { kind: "always" });
    const version = await versionOf(store, "k");
    expect(await store.write("k", bytes("two"), { kind: "version", version })).toBe("written");
    expect(await store.write("k", bytes("three"), { kind: "version", version })).toBe("conflict");
    expect(await textOf(store, "k")).toBe("two");
    expect(await versionOf(store, "k")).not.toBe(version);
    await store.remove("k");
    expect(await store.write("k", bytes("four"), { kind: "version", version })).toBe("conflict");
    expect(await store.read("k")).toBeUndefined();
  });

  it("of many who write at once, one wins where nothing was, and none is lost who replaces what he read", async () => {
    const { store, again } = await open();
    const stores = [store, ...(await Promise.all(Array.from({ length: 5 }, again)))];
    const first = await Promise.all(
      stores.map((one, at) => one.write("k", bytes(`${at.toString()};`), { kind: "absent" })),
    );
    expect(first.filter((outcome) => outcome === "written")).toHaveLength(1);
    await store.write("list", bytes(""), { kind: "always" });
    const append = async (one: Store, word: string): Promise<void> => {
      const file = await one.read("list");
      const next = bytes(`${new TextDecoder().decode(file?.bytes)}${word};`);
      if ((await one.write("list", next, { kind: "version", version: file?.version ?? "" })) === "conflict")
        await append(one, word);
    };
    await Promise.all(stores.map((one, at) => append(one, at.toString())));
    expect(
      (await textOf(store, "list"))
        ?.split(";")
        .filter((word) => word !== "")
        .sort(),
    ).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  it("keys are listed by prefix, in code-unit order, however many", async () => {
    const { store } = await open();
    const keys = ["index.json", "runs/B.gz", "runs/a.gz", "runs/a/deep.gz", "runs-2/x"];
    for (const key of keys) await store.write(key, bytes(key), { kind: "always" });
    expect(await store.list("")).toEqual([...keys].sort());
    expect(await store.list("runs/")).toEqual(["runs/B.gz", "runs/a.gz", "runs/a/deep.gz"]);
    await store.remove("runs/a.gz");
    expect(await store.list("runs/a")).toEqual(["runs/a/deep.gz"]);
  });

  it.each([
    "",
    "..",
    "../x",
    "a/../b",
    "a//b",
    "/etc/passwd",
    "a/",
    ".lock",
    "a/.b",
    "a\\b",
    "C:x",
    "a\0b",
    "a\nb",
  ])("the key %j is refused: it could lead out of the store", async (key) => {
    const { store } = await open();
    await expect(store.read(key)).rejects.toThrow(StoreError);
    await expect(store.write(key, bytes("x"), { kind: "always" })).rejects.toThrow(StoreError);
    await expect(store.remove(key)).rejects.toThrow(StoreError);
  });
}
