import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Report } from "../core/report.js";
import type { Store } from "../core/store.js";
import { partKey } from "./work.js";

/** One account of a run. */
export type PartOf = { readonly run: string; readonly account: string };

/** Writes the report of one account; over another, which was damaged. */
export async function writePart(store: Store, { run, account }: PartOf, report: Report): Promise<void> {
  const bytes = await promisify(gzip)(JSON.stringify(report));
  await store.write(partKey(run, account), new Uint8Array(bytes), { kind: "always" });
}

/** Reads it again; undefined where it is missing, damaged, or about another account. */
export async function readPart(store: Store, { run, account }: PartOf): Promise<Report | undefined> {
  const file = await store.read(partKey(run, account));
  if (file === undefined) return undefined;
  const { validators } = await import("../generated/validators.js");
  const value = await parse(file.bytes);
  if (!validators.report(value)) return undefined;
  const isAlone = value.accounts.length === 1 && value.accounts[0]?.id === account;
  return isAlone && value.findings.every((finding) => finding.account === account) ? value : undefined;
}

async function parse(bytes: Uint8Array): Promise<unknown> {
  try {
    return JSON.parse((await promisify(gunzip)(bytes)).toString("utf8"));
  } catch {
    return undefined;
  }
}
