import { gzipSync } from "node:zlib";

/** Texts with a separator between, kept compressed. */
export type GzipList = { add(text: string): void; isEmpty(): boolean; members(): readonly Uint8Array[] };

// Several times gzip's window, so that nothing is lost by compressing piece by piece; and no compressor is kept between.
const pieceLength = 128 * 1024;

/** An empty list. Its members are gzip files of their own, whose concatenation is one, too (RFC 1952, 2.2). */
export function gzipList(separator: string): GzipList {
  const members: Uint8Array[] = [];
  let waiting: string[] = [];
  let length = 0;
  let isEmpty = true;
  const flush = (): void => {
    if (length > 0) members.push(gzipText(waiting.join("")));
    waiting = [];
    length = 0;
  };
  return {
    add(text) {
      const piece = isEmpty ? text : `${separator}${text}`;
      isEmpty = false;
      waiting.push(piece);
      length += piece.length;
      if (length >= pieceLength) flush();
    },
    isEmpty: () => isEmpty,
    members() {
      flush();
      return members;
    },
  };
}

/** One text as a gzip member. */
export function gzipText(text: string): Uint8Array {
  return new Uint8Array(gzipSync(text));
}
