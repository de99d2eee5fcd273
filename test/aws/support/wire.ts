import { XmlCodec } from "@aws-sdk/core/protocols";
import { HttpResponse, JsonCodec2 } from "@smithy/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import type { Schema } from "../../../src/aws/declared-schema.js";

/** A request as it would leave, without what differs from one second to the next. */
export type Sent = {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What an answer is made of. */
export type Canned = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A handler that sends nothing, remembers what would have left, and answers. */
export function cannedHandler(answer: Canned): {
  readonly sent: Sent[];
  handle(request: Request): Promise<object>;
} {
  const sent: Sent[] = [];
  return {
    sent,
    handle({ hostname, method, path, query, headers, body }) {
      sent.push({ host: hostname, method, path, query, headers: steady(headers), body: textOf(body) });
      const { status, ...rest } = answer;
      const response = new HttpResponse({
        statusCode: status,
        headers: { ...rest.headers },
        body: Buffer.from(rest.body),
      });
      return Promise.resolve({ response });
    },
  };
}

type Request = {
  readonly hostname: string;
  readonly method: string;
  readonly path: string;
  readonly query: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

// The signature holds the second; who signs for what stands before it.
function steady(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const passing = /^(?:user-agent|x-amz-user-agent|amz-sdk-.*|x-amz-date|x-amzn-trace-id)$/u;
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !passing.test(name))
      .map(([name, value]): [string, string] => [
        name,
        name === "authorization" ? value.replace(/Signature=.*$/u, "").replace(/\/\d{8}\//u, "/") : value,
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : body instanceof Uint8Array ? Buffer.from(body).toString() : "";
}

/** A value of a schema with every member set; `at` tells members of one kind apart. */
export function sample(schema: Schema, at = "v", depth = 0): unknown {
  const ns = NormalizedSchema.of(schema as never);
  if (ns.isStructSchema()) return sampleStructure(ns, depth);
  if (ns.isListSchema()) return depth > 9 ? [] : [sample(ns.getValueSchema() as never, `${at}0`, depth + 1)];
  if (ns.isMapSchema())
    return depth > 9 ? {} : { [`${at}k`]: sample(ns.getValueSchema() as never, `${at}m`, depth + 1) };
  return sampleScalar(ns, at);
}

function sampleScalar(ns: NormalizedSchema, at: string): unknown {
  if (ns.isBooleanSchema()) return true;
  if (ns.isNumericSchema()) return 7;
  if (ns.isTimestampSchema()) return new Date("2026-11-20T06:07:08Z");
  if (ns.isBlobSchema()) return Buffer.from("blob");
  if (ns.isDocumentSchema()) return { a: 1 };
  return `${at} &<é`;
}

function sampleStructure(ns: NormalizedSchema, depth: number): object | undefined {
  if (depth > 9) return undefined;
  const members = [...ns.structIterator()];
  // Of a union one member is set.
  const chosen = ns.isUnionSchema() ? members.slice(0, 1) : members;
  return Object.fromEntries(
    chosen.map(([name, member]) => [name, sample(member as never, name.slice(0, 20), depth + 1)]),
  );
}

type Serializer = {
  write(schema: unknown, value: unknown): void;
  flush(): unknown;
  setSerdeContext(context: object): void;
};

const context = {
  base64Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString("base64"),
  utf8Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString(),
};

/** The answer that tells `value` in a protocol of the SDK's. */
export function answerIn(
  protocol: { readonly name: string; readonly xmlNamespace?: string | undefined },
  [, , operation, , , output]: readonly unknown[],
  value: Readonly<Record<string, unknown>>,
): Canned {
  const ns = NormalizedSchema.of(output as never);
  if (/Json/u.test(protocol.name)) return jsonAnswer(protocol.name, ns, value);
  const inner = writeXml(ns, value);
  const root = /^<[^>]*>/u;
  const members = inner.replace(root, "").replace(/<\/[^>]*>$/u, "");
  const body =
    protocol.name === "AwsQueryProtocol"
      ? `<${String(operation)}Response><${String(operation)}Result>${members}</${String(operation)}Result></${String(operation)}Response>`
      : protocol.name === "AwsEc2QueryProtocol"
        ? `<${String(operation)}Response>${members}</${String(operation)}Response>`
        : inner;
  return { status: 200, headers: { "content-type": "text/xml" }, body };
}

function jsonAnswer(name: string, ns: NormalizedSchema, value: Readonly<Record<string, unknown>>): Canned {
  const isRest = name === "AwsRestJsonProtocol";
  const codec = new JsonCodec2({
    timestampFormat: { useTrait: true, default: 7 },
    jsonName: isRest,
    httpBindings: isRest,
  } as never);
  const [payload] = payloadOf(ns);
  const written = write(
    codec.createSerializer(),
    payload?.[1] ?? ns,
    payload === undefined ? value : value[payload[0]],
  );
  return { status: 200, headers: { "content-type": "application/json" }, body: written };
}

function writeXml(ns: NormalizedSchema, value: Readonly<Record<string, unknown>>): string {
  const codec = new XmlCodec({
    timestampFormat: { useTrait: true, default: 5 },
    xmlNamespace: "",
    serviceNamespace: "test",
    httpBindings: true,
  } as never);
  const [payload] = payloadOf(ns);
  return write(
    codec.createSerializer(),
    payload?.[1] ?? ns,
    payload === undefined ? value : value[payload[0]],
  );
}

function payloadOf(ns: NormalizedSchema): readonly [string, NormalizedSchema][] {
  if (!ns.isStructSchema()) return [];
  return [...ns.structIterator()].filter(([, member]) => member.getMergedTraits().httpPayload !== undefined);
}

function write(serializer: Serializer, schema: unknown, value: unknown): string {
  serializer.setSerdeContext(context);
  serializer.write(schema, value);
  const flushed = serializer.flush();
  return typeof flushed === "string" ? flushed : Buffer.from(flushed as Uint8Array).toString();
}

/** What of a value the declared schema knows: the rest is read by nobody. */
export function known(schema: Schema, value: unknown): unknown {
  const ns = NormalizedSchema.of(schema as never);
  if (value === undefined || value === null) return value;
  if (ns.isStructSchema())
    return Object.fromEntries(
      [...ns.structIterator()].flatMap(([name, member]) => {
        const found = (value as Readonly<Record<string, unknown>>)[name];
        return found === undefined ? [] : [[name, known(member as never, found)]];
      }),
    );
  if (ns.isListSchema())
    return (value as readonly unknown[]).map((item) => known(ns.getValueSchema() as never, item));
  if (ns.isMapSchema())
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, known(ns.getValueSchema() as never, item)]),
    );
  return value;
}

/** The answer that refuses, as a protocol says it. */
export function refusalIn(protocol: string, code: string, message: string): Canned {
  if (/Json/u.test(protocol))
    return {
      status: 400,
      headers: {
        "content-type": "application/json",
        ...(protocol === "AwsRestJsonProtocol" ? { "x-amzn-errortype": code } : {}),
      },
      body: JSON.stringify({
        ...(protocol === "AwsRestJsonProtocol" ? {} : { __type: `com.amazonaws.x#${code}` }),
        message,
      }),
    };
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const body =
    protocol === "AwsEc2QueryProtocol"
      ? `<Response><Errors>${error}</Errors></Response>`
      : `<ErrorResponse>${error}</ErrorResponse>`;
  return { status: 400, headers: { "content-type": "text/xml" }, body };
}
