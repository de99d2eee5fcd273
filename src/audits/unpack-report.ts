import { constants } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { StoreError } from "../core/store.js";

/** The text of a compressed report. `longest` in bytes; default: what Node holds in one text. @throws StoreError where it is longer. */
export async function unpackReport(gz: Uint8Array, longest = constants.MAX_STRING_LENGTH): Promise<string> {
  try {
    return (await promisify(gunzip)(gz, { maxOutputLength: longest })).toString("utf8");
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StoreError(`the report holds more than ${Math.floor(longest / 1e6).toString()} MB of text, which Node cannot read as a whole. It stays in the store, and the summary of \`watchproof audit\`, \`watchproof history\`, its \`verify\` and trends by severity do without; for all else, audit fewer accounts in one run`);
  }
}
