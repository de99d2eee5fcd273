/** The three families of streaming manifests. HLS stands for CMAF's playlists too. */
export type ManifestFormat = "hls" | "dash" | "mss";

/** What a manifest says of itself. */
export type ManifestFacts =
  | { readonly kind: "parent"; /** The first variant's address, as written. */ readonly variant: string }
  | {
      readonly kind: "media";
      /** No segment will follow. */ readonly ended: boolean;
      /** Seconds, where it is told. */ readonly targetDuration?: number;
    }
  | { readonly kind: "unreadable"; readonly because: string };

/** Reads what matters of a manifest: whether it leads to others, and whether the stream has ended. Linear in its length; never throws. */
export function readManifest(format: ManifestFormat, text: string): ManifestFacts {
  if (format === "hls") return readPlaylist(text);
  const tag = format === "dash" ? rootTag(text, "MPD") : rootTag(text, "SmoothStreamingMedia");
  if (tag === undefined)
    return {
      kind: "unreadable",
      because: `it is no ${format === "dash" ? "DASH" : "Smooth Streaming"} manifest`,
    };
  const ended =
    format === "dash"
      ? attribute(tag, "type") === "static"
      : attribute(tag, "IsLive")?.toLowerCase() !== "true";
  return { kind: "media", ended };
}

// https://www.rfc-editor.org/rfc/rfc8216
function readPlaylist(text: string): ManifestFacts {
  const lines = text.split(/\r?\n/u).map((line) => line.trim());
  if (lines[0]?.replace(/^\uFEFF/u, "") !== "#EXTM3U")
    return { kind: "unreadable", because: "it is no HLS playlist" };
  const stream = lines.findIndex((line) => line.startsWith("#EXT-X-STREAM-INF"));
  if (stream >= 0) {
    const variant = lines.slice(stream + 1).find((line) => line !== "" && !line.startsWith("#"));
    return variant === undefined
      ? { kind: "unreadable", because: "its parent playlist names no media playlist" }
      : { kind: "parent", variant };
  }
  const target = /^#EXT-X-TARGETDURATION:(\d{1,6})$/u.exec(
    lines.find((line) => line.startsWith("#EXT-X-TARGETDURATION:")) ?? "",
  )?.[1];
  return {
    kind: "media",
    ended: lines.includes("#EXT-X-ENDLIST"),
    ...(target === undefined ? {} : { targetDuration: Number(target) }),
  };
}

// The root element's opening tag; attribute values hold no ">" in what AWS writes.
function rootTag(text: string, name: string): string | undefined {
  const start = text.indexOf(`<${name}`);
  const end = start < 0 ? -1 : text.indexOf(">", start);
  const next = text.charAt(start + name.length + 1);
  return end < 0 || !/[\s>/]/u.test(next) ? undefined : text.slice(start, end);
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s{0,8}=\\s{0,8}["']([^"']{0,200})["']`, "u").exec(tag)?.[1];
}
