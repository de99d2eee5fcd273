import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that the server got. */
export type Seen = { readonly path: string; readonly host: string; readonly headers: IncomingHttpHeaders };

/** How a path is answered. */
export type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that plays origin endpoints, by path; what it does not know is 404. */
export async function originServer(
  paths: Readonly<Record<string, Answerer>>,
): Promise<{ readonly url: string; readonly seen: readonly Seen[]; stop(): Promise<void> }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    seen.push({ path, host: request.headers.host ?? "", headers: request.headers });
    (paths[path] ?? status(404))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answerer =>
  (_, response) =>
    response.writeHead(code, headers).end();
export const text =
  (body: string, headers: Readonly<Record<string, string>> = {}): Answerer =>
  (_, response) =>
    response.writeHead(200, headers).end(body);

export const parent = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nindex_1.m3u8\n";
export const media = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nsegment.ts\n";

/** The headers of a manifest that was updated so many seconds ago. */
export const updated = (secondsAgo: number, now = Date.now()): Readonly<Record<string, string>> => ({
  "X-MediaPackage-Manifest-Last-Updated": (now - secondsAgo * 1000).toString(),
  "X-MediaPackage-Manifest-Last-Sequence": "175232",
});
