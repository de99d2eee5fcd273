import { readFile, readdir, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import { nearest } from "../shared/nearest.js";
import { diagnose, diagnoseFile, positionOf, sourceText } from "./diagnostics/source-text.js";
import type { Problem, SourceText } from "./diagnostics/source-text.js";

/** The largest rule, pack or config file that is read: 1 MiB. */
export const MAX_BYTES = 1024 * 1024;

/** Reads a file as UTF-8. Refuses folders, devices, other encodings and, given a limit, files with more bytes. Never throws. */
export async function readText(file: string, maxBytes = Infinity): Promise<Loaded<SourceText>> {
  try {
    const found = await stat(file);
    if (found.isDirectory())
      return refuse(file, { code: "unreadable-file", message: "this is a folder, not a file" });
    if (!found.isFile())
      return refuse(file, { code: "unreadable-file", message: "this is not a regular file" });
    if (found.size > maxBytes) return refuse(file, tooLarge(found.size, maxBytes));
    return decode(file, await readFile(file));
  } catch (error) {
    return { ok: false, diagnostics: [await explainFailure(file, error)] };
  }
}

/** Takes bytes as UTF-8 text, or says where they are not. */
export function decode(file: string, bytes: Uint8Array): Loaded<SourceText> {
  try {
    return {
      ok: true,
      value: sourceText(file, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)),
    };
  } catch {
    return { ok: false, diagnostics: [notUtf8(file, bytes)] };
  }
}

/** A diagnostic about a file or folder that could not be opened; names the nearest neighbour when there is none of that name. */
export async function explainFailure(file: string, error: unknown): Promise<Diagnostic> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return diagnoseFile(file, await noSuchFile(file));
  const known = Object.hasOwn(failures, code) ? failures[code] : undefined;
  const because = known ?? (code === "" ? "it cannot be read" : `it cannot be read (${code})`);
  return diagnoseFile(
    file,
    code === "ERR_STRING_TOO_LONG"
      ? { code: "too-large", message: because }
      : { code: "unreadable-file", message: because },
  );
}

const failures: Readonly<Record<string, string>> = {
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ELOOP: "its symbolic links lead in a circle",
  EISDIR: "this is a folder, not a file",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  ERR_INVALID_ARG_VALUE: "the name holds a NUL character",
  ERR_FS_FILE_TOO_LARGE: "more than 2 GiB cannot be read",
  ERR_STRING_TOO_LONG: "more than about 500 MB of text cannot be read",
};

async function noSuchFile(file: string): Promise<Problem> {
  const neighbours = await readdir(dirname(file)).catch(() => []);
  const near = nearest(basename(file), neighbours);
  return {
    code: "no-such-file",
    message: "there is no such file or folder",
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  };
}

function tooLarge(size: number, maxBytes: number): Problem {
  return {
    code: "too-large",
    message: `${size.toString()} bytes are more than the ${maxBytes.toString()} that such a file may have`,
    hint: "split it into several files",
  };
}

function refuse(file: string, problem: Problem): Loaded<never> {
  return { ok: false, diagnostics: [diagnoseFile(file, problem)] };
}

function notUtf8(file: string, bytes: Uint8Array): Diagnostic {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const hint = isUtf16 ? "it looks like UTF-16; save it as UTF-8" : "save it as UTF-8";
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const source = sourceText(file, text);
  const start = offsetOfFault(text, bytes) - (text.length - source.text.length);
  return diagnose(
    source,
    { code: "not-utf8", message: "this is not UTF-8 text", hint },
    positionOf(source, { start, end: start + 1 }),
  );
}

/** The first replacement character that stands for bytes that are no UTF-8, and not for itself. */
function offsetOfFault(text: string, bytes: Uint8Array): number {
  let from = 0;
  let byte = 0;
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) {
    byte += Buffer.byteLength(text.slice(from, at));
    from = at;
    const standsForItself = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!standsForItself) return at;
  }
  return 0;
}
