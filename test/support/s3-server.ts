import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request as the server saw it. */
export type S3Request = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
};
type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

/** A bucket on 127.0.0.1 with S3's conditional writes; lists come in pages of two. `answer` may answer in its place. */
export type S3Server = {
  readonly url: string;
  readonly objects: Map<string, Uint8Array>;
  readonly requests: S3Request[];
  answer: (request: S3Request) => { readonly status: number; readonly code: string } | undefined;
  stop(): Promise<void>;
};

/** Starts a server that has one bucket, "reports". */
export async function startS3(): Promise<S3Server> {
  const objects = new Map<string, Uint8Array>();
  const requests: S3Request[] = [];
  const server = createServer((incoming, outgoing) => {
    void buffer(incoming).then((body) => {
      const url = new URL(incoming.url ?? "/", "http://s3");
      const request = {
        method: incoming.method ?? "",
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        headers: incoming.headers,
      };
      requests.push(request);
      const said = bucket.answer(request);
      const {
        status,
        headers = {},
        body: text = "",
      } = said === undefined ? serve(objects, request, body) : failure(said.status, said.code);
      outgoing.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const bucket: S3Server = {
    url: `http://127.0.0.1:${port.toString()}`,
    objects,
    requests,
    answer: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return bucket;
}

const etagOf = (body: Uint8Array): string => `"${createHash("md5").update(body).digest("hex")}"`;
const failure = (status: number, code: string): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>said by the test</Message></Error>`,
});

function serve(objects: Map<string, Uint8Array>, request: S3Request, body: Uint8Array): Answer {
  const [, name, key = ""] = /^\/([^/]+)\/?(.*)$/su.exec(request.path) ?? [];
  if (name !== "reports") return failure(404, "NoSuchBucket");
  if (key === "") return list(objects, request.query);
  const there = objects.get(key);
  if (request.method === "GET")
    return there === undefined
      ? failure(404, "NoSuchKey")
      : { status: 200, headers: { etag: etagOf(there) }, body: there };
  if (request.method === "PUT") return put(objects, { key, body, headers: request.headers });
  objects.delete(key);
  return { status: 204 };
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
function put(
  objects: Map<string, Uint8Array>,
  {
    key,
    body,
    headers,
  }: { readonly key: string; readonly body: Uint8Array; readonly headers: S3Request["headers"] },
): Answer {
  const there = objects.get(key);
  const match = headers["if-match"];
  if (headers["if-none-match"] === "*" && there !== undefined) return failure(412, "PreconditionFailed");
  if (match !== undefined && there === undefined) return failure(404, "NoSuchKey");
  if (match !== undefined && there !== undefined && match !== etagOf(there))
    return failure(412, "PreconditionFailed");
  objects.set(key, body);
  return { status: 200, headers: { etag: etagOf(body) } };
}

function list(objects: Map<string, Uint8Array>, query: URLSearchParams): Answer {
  const after = query.get("continuation-token") ?? "";
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get("prefix") ?? "") && key > after)
    .sort();
  const page = keys.slice(0, 2);
  const next = keys.length > 2 ? `<NextContinuationToken>${page.at(-1) ?? ""}</NextContinuationToken>` : "";
  const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join("");
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0"?><ListBucketResult><Name>reports</Name><IsTruncated>${String(next !== "")}</IsTruncated>${contents}${next}</ListBucketResult>`,
  };
}
