import type { Diagnostic, Position } from "../../core/diagnostic.js";
import type { Fault, Path } from "../diagnostics/fault.js";
import { diagnose } from "../diagnostics/source-text.js";
import type { SourceText } from "../diagnostics/source-text.js";
import type { Places } from "../yaml/places.js";

/** Gives faults their places. */
export function locateFaults(
  faults: readonly Fault[],
  source: SourceText,
  places: Places,
): readonly Diagnostic[] {
  return faults.map(({ path, at, ...problem }) => {
    const diagnostic = diagnose(source, problem, placeOf(path, at, places));
    return path[0] === "audit" && path[1] === "notify" ? withoutUrls(diagnostic) : diagnostic;
  });
}

// Whoever writes a webhook's URL where its variable belongs has written a secret: it goes into no build log. The columns stay.
function withoutUrls({ message, hint, excerpt, ...others }: Diagnostic): Diagnostic {
  return {
    ...others,
    message: masked(message),
    ...(hint === undefined ? {} : { hint: masked(hint) }),
    ...(excerpt === undefined ? {} : { excerpt: masked(excerpt) }),
  };
}

function masked(text: string): string {
  return text.replace(/(?<=https?:\/\/)[^\s"'`,}\]]+/giu, (url) => "*".repeat(url.length));
}

function placeOf(path: Path, at: Fault["at"], places: Places): Position {
  if (typeof at === "object") return places.within(path, at);
  return at === "key" ? places.ofKey(path) : places.ofValue(path);
}

/**
 * Diagnostics in the order in which a person reads: by file, then place; in each place only the first that
 * was found, since the others follow from it. A missing key is told besides: it has no place of its own. */
export function tidy(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const key = JSON.stringify([
      diagnostic.file,
      diagnostic.position?.line,
      diagnostic.position?.column,
      diagnostic.code === "missing-key",
    ]);
    if (!byPlace.has(key)) byPlace.set(key, diagnostic);
  }
  return [...byPlace.values()].sort(inReadingOrder);
}

function inReadingOrder(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const line = (a.position?.line ?? 0) - (b.position?.line ?? 0);
  return line === 0 ? (a.position?.column ?? 0) - (b.position?.column ?? 0) : line;
}
