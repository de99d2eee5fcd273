import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { unpackReport } from "../../src/audits/unpack-report.js";
import { StoreError } from "../../src/core/store.js";

describe("the text of a compressed report", () => {
  it("is read from several gzip members as from one", async () => {
    expect(await unpackReport(Buffer.concat([gzipSync("{ \"ä\":"), gzipSync(" 1 }")]))).toBe("{ \"ä\": 1 }");
  });

  it("is refused with the reason where it is longer than can be read as a whole", async () => {
    const gz = gzipSync("x".repeat(2_000_001));
    await expect(unpackReport(gz, 2_000_000)).rejects.toThrow(/more than 2 MB of text/u);
    await expect(unpackReport(gz, 2_000_000)).rejects.toBeInstanceOf(StoreError);
  });

  it("that is damaged is no matter of its length", async () => {
    await expect(unpackReport(gzipSync("text").subarray(0, 12))).rejects.not.toBeInstanceOf(StoreError);
  });
});
