import { describe, expect, it } from "vitest";
import { checkAnswers } from "../../src/aws/check-answers.js";
import type { ApiCall } from "../../src/aws/transport.js";

type Wire = {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
};
const logging: ApiCall = {
  service: "s3",
  region: "us-east-1",
  operation: "GetBucketLogging",
  input: {},
  roots: ["BucketLoggingStatus"],
};
const policy: ApiCall = { service: "s3", region: "us-east-1", operation: "GetBucketPolicy", input: {} };

/** What the SDK is given of an answer that came in two pieces, or the error. */
async function passed(call: ApiCall, { statusCode = 200, headers = {}, text = "" }: Wire): Promise<unknown> {
  let step: ((next: (args: object) => Promise<{ response: unknown }>) => unknown) | undefined;
  checkAnswers({ middlewareStack: { add: (added) => (step = added) } }, call);
  const pieces = [text.slice(0, 7), text.slice(7)].map((piece) => new TextEncoder().encode(piece));
  const body = (async function* () {
    await Promise.resolve();
    yield* pieces;
  })();
  const handle = step?.(() => Promise.resolve({ response: { statusCode, headers, body } })) as (
    args: object,
  ) => Promise<{ response: { body: Uint8Array } }>;
  const { response } = await handle({});
  return new TextDecoder().decode(response.body);
}

describe("an answer below the SDK", () => {
  it.each([
    ["<BucketLoggingStatus/>"],
    [
      '<?xml version="1.0"?>\n<!-- x --><BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></BucketLoggingStatus>',
    ],
    ["<s3:BucketLoggingStatus />"],
    ["<GetBucketLoggingOutput/>"],
  ])("%s is one, and comes through as it is", async (text) => {
    expect(await passed(logging, { text })).toBe(text);
  });

  it.each([
    [""],
    ["{}"],
    ["null"],
    ["<html><body>BucketLoggingStatus</body></html>"],
    ["<!DOCTYPE html><BucketLoggingStatus/>"],
    ["<VersioningConfiguration/>"],
    ["<BucketLoggingStatusX/>"],
    ["<Error><Code>NoSuchBucket</Code></Error>"],
  ])("%j is none where an element of another name is expected", async (text) => {
    await expect(passed(logging, { text })).rejects.toMatchObject({
      name: "Unknown",
      $metadata: { httpStatusCode: 200 },
    });
  });

  it("an error's document with HTTP 200 is neither an answer nor that error, whatever stands around it", async () => {
    for (const text of [
      "<Error><Code>NoSuchBucketPolicy</Code></Error>",
      " <Error><Code>X</Code></Error>\n",
      "<ErrorResponse/>",
    ])
      await expect(passed(policy, { text })).rejects.toMatchObject({ name: "Unknown" });
    expect(await passed(policy, { text: '{"Statement":[]}' })).toBe('{"Statement":[]}');
  });

  it.each<[string, Wire]>([
    ["nothing", {}],
    ["a page", { text: "<html><h1>Not Found</h1></html>" }],
    ["an error's document without a code", { text: "<Error><Message>x</Message></Error>" }],
    ["JSON without a code", { text: '{"message":"no"}' }],
  ])("a 404 with %s names no error", async (_title, wire) => {
    await expect(passed(policy, { statusCode: 404, ...wire })).rejects.toMatchObject({
      name: "Unknown",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each<[string, Wire]>([
    ["S3's", { text: "<?xml version='1.0'?><Error><Code>NoSuchBucketPolicy</Code></Error>" }],
    ["the query protocol's", { text: "<ErrorResponse><Error><Code>NotFound</Code></Error></ErrorResponse>" }],
    ["JSON's", { text: '{"__type":"ResourceNotFoundException","message":"x"}' }],
    ["a header's", { headers: { "x-amzn-errortype": "ResourceNotFoundException" } }],
  ])("%s own way to name an error is left to the SDK", async (_title, wire) => {
    expect(await passed(policy, { statusCode: 404, ...wire })).toBe(wire.text ?? "");
  });
});

describe("an answer that is larger than any of AWS's", () => {
  async function read(pieces: number): Promise<{ readonly read: number; readonly outcome: string }> {
    let step: ((next: (args: object) => Promise<{ response: unknown }>) => unknown) | undefined;
    checkAnswers({ middlewareStack: { add: (added) => (step = added) } }, policy);
    let count = 0;
    const body = (async function* () {
      for (; count < pieces; count++) yield await Promise.resolve(new Uint8Array(2 ** 20));
    })();
    const handle = step?.(() => Promise.resolve({ response: { statusCode: 200, headers: {}, body } })) as (
      args: object,
    ) => Promise<unknown>;
    const outcome = await handle({}).then(
      () => "taken",
      (error: unknown) => String(error),
    );
    return { read: count, outcome };
  }

  it("is refused as soon as it is, and read no further", async () => {
    expect(await read(600)).toEqual({ read: 32, outcome: "Unknown: it is larger than 32 MiB" });
  });

  it("is none of 32 MiB", async () => {
    expect(await read(32)).toEqual({ read: 32, outcome: "taken" });
  });
});
