import { isRecord, member } from "./diagnostics/schema-error.js";
import type { Problem } from "./diagnostics/source-text.js";

/** A kind of document that a program writes, and how a person comes by one. */
export type FormatWords = {
  /** "snapshot", as it stands in messages. */
  readonly noun: string;
  /** The codes of a document that is none, and of one of another version. */
  readonly codes: { readonly none: Problem["code"]; readonly version: Problem["code"] };
  /** The format without its version: "watchproof-snapshot/". */
  readonly format: string;
  /** The version that is read. */
  readonly version: string;
  /** What writes one. */
  readonly writes: string;
  /** What to do with one of another version. */
  readonly renew: string;
  /** Documents that are easily taken for one, by their format without its version. */
  readonly mistaken?: Readonly<Record<string, string>>;
  /** Set where any other format is refused here, and not left to the schema. */
  readonly isStrict?: true;
};

/** What is wrong with the format that a document names; undefined where nothing is, or where the schema says it better. */
export function explainFormat(value: unknown, words: FormatWords): Problem | undefined {
  const { noun, codes, format, version, writes, renew, mistaken = {}, isStrict } = words;
  const code = codes.none;
  const named = member(value, "format");
  if (typeof named !== "string")
    return isRecord(value)
      ? { code, message: `this is no ${noun}: it has no "format"`, hint: writes }
      : undefined;
  const other = Object.keys(mistaken).find((prefix) => named.startsWith(prefix));
  if (other !== undefined) return { code, message: mistaken[other] ?? "", hint: writes };
  if (!named.startsWith(format))
    return isStrict
      ? { code, message: `this is no ${noun}: its format is ${JSON.stringify(named)}`, hint: writes }
      : undefined;
  return named === `${format}${version}`
    ? undefined
    : {
        code: codes.version,
        message: `this ${noun} has the format ${JSON.stringify(named)}; this version reads ${format}${version}`,
        hint: `use the version that wrote it, or ${renew}`,
      };
}
