import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { chooseStore } from "../../src/cli/store.js";
import type { StoreWords } from "../../src/cli/store.js";
import { loadConfig } from "../../src/loaders/config/load-config.js";
import { builtins } from "../../src/run/builtins.js";
import { temporaryFolder, writeIn } from "../support/run-cli.js";
import { startS3 } from "../support/s3-server.js";
import type { S3Server } from "../support/s3-server.js";

let server: S3Server;
beforeAll(async () => {
  server = await startS3();
  vi.stubEnv("AWS_ENDPOINT_URL", server.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDTEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_REGION", "eu-west-1");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});
beforeEach(() => {
  server.requests.length = 0;
});

const owner = "111122223333";
const key = "arn:aws:kms:eu-west-1:111122223333:key/k";

/** What a bucket is asked when a file is written to the store that these words and this config choose. */
async function askedOf(audit: string, words: StoreWords): Promise<readonly unknown[]> {
  const folder = await temporaryFolder();
  await writeIn(folder, "watchproof.yaml", `audit: ${audit}\n`);
  const store = await chooseStore({ config: join(folder, "watchproof.yaml"), ...words });
  await store.write("a.json", new Uint8Array([1]), { kind: "always" });
  const sent = server.requests.find(({ method }) => method === "PUT")?.headers ?? {};
  return [sent["x-amz-expected-bucket-owner"], sent["x-amz-server-side-encryption-aws-kms-key-id"]];
}

it.each<[string, string, StoreWords, readonly (string | undefined)[]]>([
  [
    "the config says both",
    `{ store: "s3://reports", bucketOwner: "${owner}", kmsKey: "${key}" }`,
    {},
    [owner, key],
  ],
  [
    "the config says the owner",
    `{ store: "s3://reports/x", bucketOwner: "${owner}" }`,
    {},
    [owner, undefined],
  ],
  ["nobody says anything", `{ store: "s3://reports" }`, {}, [undefined, undefined]],
  [
    "the command line goes before the config",
    `{ store: "s3://reports", bucketOwner: "${owner}", kmsKey: "${key}" }`,
    { bucketOwner: "444455556666", kmsKey: "alias/mine" },
    ["444455556666", "alias/mine"],
  ],
  [
    "the command line names another store, of which the config says nothing",
    `{ store: "s3://others", bucketOwner: "${owner}", kmsKey: "${key}" }`,
    { store: "s3://reports" },
    [undefined, undefined],
  ],
  [
    "the command line says all of it",
    `{ concurrency: 2 }`,
    { store: "s3://reports", bucketOwner: owner, kmsKey: key },
    [owner, key],
  ],
])("%s", async (_, audit, words, asked) => {
  expect(await askedOf(audit, words)).toEqual(asked);
});

it("nothing of a bucket is asked of a folder", async () => {
  await expect(askedOf("{ concurrency: 2 }", { store: "folder", kmsKey: key })).rejects.toThrow(
    "is a folder",
  );
  const folder = await temporaryFolder();
  await writeIn(folder, "w.yaml", `audit: { store: reports, kmsKey: "${key}", bucketOwner: "${owner}" }\n`);
  const loaded = await loadConfig(join(folder, "w.yaml"), { plugins: builtins });
  expect(loaded.ok ? [] : loaded.diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ["not-allowed-here", expect.stringContaining("audit.kmsKey")],
    ["not-allowed-here", expect.stringContaining("audit.bucketOwner")],
  ]);
});
