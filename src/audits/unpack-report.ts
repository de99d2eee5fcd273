import { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { constants } from "node:buffer";
import { promisify } from "node:util";
import { createGunzip, gunzip } from "node:zlib";

/**
 * The JSON of a compressed report, parsed. A report of many accounts can be longer than what Node holds in one text
 * (`longest`, bytes; about 536 MB): such a one is read item by item, which its lines allow, since Watchproof wrote it.
 * Rejects where the bytes are damaged or no JSON.
 */
export async function unpackReport(gz: Uint8Array, longest = constants.MAX_STRING_LENGTH): Promise<unknown> {
  try {
    return JSON.parse((await promisify(gunzip)(gz, { maxOutputLength: longest })).toString("utf8"));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return readItems(
      createInterface({ input: Readable.from([gz]).pipe(createGunzip()), crlfDelay: Infinity }),
    );
  }
}

/** A list under way: its name, its items so far, and the lines of the item under way. */
type List = { readonly name: string; readonly items: unknown[]; lines: string[] };

// Lists stand two spaces deep and their items four, each on lines of its own; a text holds no line end. See shared/report-json.ts.
async function readItems(lines: AsyncIterable<string>): Promise<unknown> {
  const frame: string[] = [];
  const lists: List[] = [];
  let open: List | undefined;
  for await (const line of lines) {
    const name = /^ {2}"(\w+)": \[$/u.exec(line)?.[1];
    if (open === undefined && name !== undefined) open = { name, items: [], lines: [] };
    else if (open === undefined) frame.push(line);
    else if (/^ {2}\],?$/u.test(line)) {
      frame.push(line.replace("]", `"${open.name}": []`));
      lists.push(open);
      open = undefined;
    } else readLine(open, line);
  }
  return {
    ...(JSON.parse(frame.join("\n")) as object),
    ...Object.fromEntries(lists.map(({ name, items }) => [name, items])),
  };
}

function readLine(list: List, line: string): void {
  list.lines.push(line);
  if (!/^ {4}\},?$/u.test(line)) return;
  list.items.push(JSON.parse(list.lines.join("\n").replace(/,$/u, "")));
  list.lines = [];
}
