import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { StoreError } from "../../src/core/store.js";
import type { S3StoreOptions, Store } from "../../src/core/store.js";
import { readS3Location } from "../../src/stores/s3-location.js";
import { s3Store } from "../../src/stores/s3-store.js";
import { startS3 } from "../support/s3-server.js";
import type { S3Server } from "../support/s3-server.js";
import { obeysStoreLaws } from "./store-laws.js";

let server: S3Server;
beforeAll(async () => {
  server = await startS3();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.objects.clear();
  server.requests.length = 0;
  server.answer = () => undefined;
});

const open = (location = "s3://reports/security/watchproof", options: S3StoreOptions = {}): Store => {
  const client = new S3Client({
    region: "eu-west-1",
    endpoint: server.url,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIDTEST", secretAccessKey: "secret" },
  });
  return s3Store(readS3Location(location), client, options);
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a bucket", () => {
  obeysStoreLaws(() => Promise.resolve({ store: open(), again: () => Promise.resolve(open()) }));
});

describe("in S3", () => {
  it.each([
    ["s3://reports", "k"],
    ["s3://reports/", "k"],
    ["s3://reports/a/b/", "a/b/k"],
  ])("the keys of %s stand at %s", async (location, key) => {
    await open(location).write("k", bytes("x"), { kind: "always" });
    expect([...server.objects.keys()]).toEqual([key]);
    expect(await open(location).list("")).toEqual(["k"]);
  });

  it("the conditions are S3's own", async () => {
    const store = open();
    await store.write("k", bytes("x"), { kind: "absent" });
    const version = (await store.read("k"))?.version ?? "";
    await store.write("k", bytes("y"), { kind: "version", version });
    const puts = server.requests.filter(({ method }) => method === "PUT");
    expect(puts.map(({ headers }) => [headers["if-none-match"], headers["if-match"]])).toEqual([
      ["*", undefined],
      [undefined, version],
    ]);
  });

  it.each([
    [412, "PreconditionFailed"],
    [409, "ConditionalRequestConflict"],
    [404, "NoSuchKey"],
  ])("%i %s to a conditional write is a lost race", async (status, code) => {
    server.answer = ({ method }) => (method === "PUT" ? { status, code } : undefined);
    expect(await open().write("k", bytes("x"), { kind: "absent" })).toBe("conflict");
    await expect(open().write("k", bytes("x"), { kind: "always" })).rejects.toThrow(StoreError);
  });

  it("the bucket's own encryption is used, unless a key is named; its owner is said where he is known", async () => {
    await open().write("k", bytes("x"), { kind: "always" });
    await open("s3://reports", { kmsKey: "alias/reports", bucketOwner: "111122223333" }).write(
      "k",
      bytes("x"),
      { kind: "always" },
    );
    const seen = server.requests.map(({ headers }) => [
      headers["x-amz-server-side-encryption"],
      headers["x-amz-server-side-encryption-aws-kms-key-id"],
      headers["x-amz-expected-bucket-owner"],
    ]);
    expect(seen).toEqual([
      [undefined, undefined, undefined],
      ["aws:kms", "alias/reports", "111122223333"],
    ]);
  });

  it("a folder that the console made is no key", async () => {
    server.objects.set("security/watchproof/", bytes(""));
    server.objects.set("security/watchproof/runs/", bytes(""));
    expect(await open().list("")).toEqual([]);
  });

  it.each([
    [
      "reading",
      (store: Store) => store.read("k"),
      "s3:GetObject on s3://reports/security/watchproof/k: permission denied; allow s3:GetObject on arn:aws:s3:::reports/security/watchproof/k",
    ],
    [
      "writing",
      (store: Store) => store.write("k", bytes("x"), { kind: "absent" }),
      "s3:PutObject on s3://reports/security/watchproof/k: permission denied",
    ],
    [
      "listing",
      (store: Store) => store.list("runs/"),
      "s3:ListBucket on s3://reports/security/watchproof/runs/: permission denied; allow s3:ListBucket on arn:aws:s3:::reports,",
    ],
    [
      "removing",
      (store: Store) => store.remove("k"),
      "s3:DeleteObject on s3://reports/security/watchproof/k: permission denied",
    ],
  ])("a refusal while %s names the action, the place and the way out", async (_, attempt, words) => {
    server.answer = () => ({ status: 403, code: "AccessDenied" });
    await expect(attempt(open())).rejects.toThrow(StoreError);
    await expect(attempt(open())).rejects.toThrow(words);
  });

  it("a bucket that is not there, and an endpoint that is not there, are told apart", async () => {
    await expect(open("s3://elsewhere").read("k")).rejects.toThrow("there is no bucket elsewhere");
    const client = new S3Client({
      region: "eu-west-1",
      endpoint: "http://127.0.0.1:1",
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId: "AKIDTEST", secretAccessKey: "secret" },
    });
    await expect(s3Store({ bucket: "reports", prefix: "" }, client).list("")).rejects.toThrow(
      "S3 could not be reached",
    );
  });
});

describe("a location", () => {
  it.each([
    "s3://",
    "s3:///x",
    "s3://UPPER/x",
    "s3://a",
    "s3://bucket/../x",
    "s3://bucket/a//b",
    "s3://bucket/\u001b[31m",
  ])("%j is refused", (location) => {
    expect(() => readS3Location(location)).toThrow(StoreError);
  });
});

describe("a list that gives a token a second time", () => {
  const page = (token: string): Promise<object> =>
    Promise.resolve({ Contents: [{ Key: `k${token}` }], NextContinuationToken: token });

  it.each([
    ["at once", ["a", "a"], 2],
    ["after some pages", ["a", "b", "c", "a"], 4],
    ["for ever", ["a", "b"], 3],
  ])("%s ends with what is wrong", async (_, tokens, asked) => {
    let calls = 0;
    // What the store uses of a client.
    const client = { send: () => page(tokens[calls++ % tokens.length] ?? "") } as unknown as S3Client;
    const store = s3Store(readS3Location("s3://reports"), client);
    await expect(store.list("")).rejects.toThrow("gives the same continuation token again");
    expect(calls).toBe(asked);
  });
});
