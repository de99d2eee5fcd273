import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/run-cli.js";

// What is in scripts/ has no types: it is tools, not product.
const { staleFiles } = (await import(join(root, "scripts/generate.mjs"))) as {
  readonly staleFiles: (root: string) => Promise<readonly string[]>;
};

it("nothing that is generated is stale: `npm run generate` would change no file", async () => {
  expect(await staleFiles(root)).toEqual([]);
}, 60_000);
