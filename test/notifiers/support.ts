import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunChange } from "../../src/core/notifier.js";
import type { Report } from "../../src/core/report.js";
import { compareReports } from "../../src/compare/compare-reports.js";

/** A request that the server got. */
export type Received = {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** An answer; undefined: none at all, the connection stays open. */
export type Reply = {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A server that answers request after request; the last answer is given again and again. */
export async function replyServer(
  replies: readonly (Reply | undefined)[] | ((request: Received) => Reply | undefined),
): Promise<{ readonly url: string; readonly received: Received[]; stop(): Promise<void> }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const asked = {
        path: request.url ?? "",
        body: Buffer.concat(chunks).toString(),
        headers: request.headers,
      };
      received.push(asked);
      const reply =
        typeof replies === "function"
          ? replies(asked)
          : replies[Math.min(received.length, replies.length) - 1];
      if (reply !== undefined) response.writeHead(reply.status, reply.headers).end(reply.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port.toString()}`,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** A run's change, told at 02:00 of 21 November 2026. */
export function changeOf(after: Report, before?: Report): RunChange {
  return {
    run: "2026-11-21T02-00-00Z",
    location: "s3://audits",
    at: "2026-11-21T02:00:00.000Z",
    after,
    ...(before === undefined ? {} : { before: { report: before, diff: compareReports(before, after) } }),
  };
}

/** A clock that only counts what it was asked to wait, in milliseconds. */
export function countingSleep(): {
  readonly slept: number[];
  readonly sleep: (milliseconds: number) => Promise<void>;
} {
  const slept: number[] = [];
  return {
    slept,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
}
