// Answers and errors, written the way the request's protocol wants them.

const REQUEST_ID = "00000000-0000-4000-8000-00000000e000";

const TIMES = {
  cloudtrail: [
    "StartLoggingTime",
    "StopLoggingTime",
    "LatestDeliveryTime",
    "LatestNotificationTime",
    "LatestCloudWatchLogsDeliveryTime",
    "LatestDigestDeliveryTime",
    "CreatedTimestamp",
    "UpdatedTimestamp",
    "EventTime",
  ],
  monitoring: [
    "AlarmConfigurationUpdatedTimestamp",
    "StateUpdatedTimestamp",
    "StateTransitionedTimestamp",
    "Timestamp",
  ],
  organizations: ["JoinedTimestamp"],
  mediapackagev2: ["CreatedAt", "ModifiedAt", "ResetAt"],
  kms: ["CreationDate", "DeletionDate"],
  config: ["lastStartTime", "lastStopTime", "lastStatusChangeTime"],
  cloudcontrolapi: ["EventTime"],
};
const MILLISECONDS = { logs: ["creationTime", "lastIngestionTime"] };
const CAMEL_CASE = new Set(["mediapackage", "mediapackage-vod"]);
// These answers are the member itself, not an object that holds it.
const GLACIER_PAYLOAD = { GetVaultNotifications: "vaultNotificationConfig", GetVaultAccessPolicy: "policy" };

/** What the SDK would hand out → the JSON that goes on the wire. */
export function toWire(service, operation, output) {
  const seconds = new Set(TIMES[service]);
  const milliseconds = new Set(MILLISECONDS[service]);
  const spell = (key, parent) =>
    CAMEL_CASE.has(service) && !/^tags$/i.test(parent ?? "") ? key[0].toLowerCase() + key.slice(1) : key;
  const walk = (value, key) => {
    if (typeof value === "string" && seconds.has(key)) return Date.parse(value) / 1000;
    if (typeof value === "string" && milliseconds.has(key)) return Date.parse(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [spell(name, key), walk(item, name)]),
    );
  };
  const payload = service === "glacier" ? GLACIER_PAYLOAD[operation] : undefined;
  return walk(payload ? (output[payload] ?? {}) : output);
}

const escape = (text) =>
  String(text).replace(/[<>&]/g, (sign) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;" })[sign]);

function toXml(name, value, rename) {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item) => toXml(name, item, rename)).join("");
  if (typeof value !== "object") return `<${name}>${escape(value)}</${name}>`;
  return `<${name}>${Object.entries(value)
    .map(([key, item]) => toXml(rename[key] ?? key, item, rename))
    .join("")}</${name}>`;
}

// S3 operation → root element, members with another name on the wire, and the member that is the whole answer.
const S3_SHAPES = {
  ListBucketMetricsConfigurations: [
    "ListMetricsConfigurationsResult",
    { MetricsConfigurationList: "MetricsConfiguration" },
  ],
  ListBucketIntelligentTieringConfigurations: [
    "ListBucketIntelligentTieringConfigurationsOutput",
    { IntelligentTieringConfigurationList: "IntelligentTieringConfiguration" },
  ],
  GetBucketNotificationConfiguration: [
    "NotificationConfiguration",
    {
      TopicConfigurations: "TopicConfiguration",
      QueueConfigurations: "QueueConfiguration",
      LambdaFunctionConfigurations: "CloudFunctionConfiguration",
      TopicArn: "Topic",
      QueueArn: "Queue",
      LambdaFunctionArn: "CloudFunction",
      Events: "Event",
      FilterRules: "FilterRule",
      Key: "S3Key",
    },
  ],
  GetBucketEncryption: [
    "ServerSideEncryptionConfiguration",
    { Rules: "Rule" },
    "ServerSideEncryptionConfiguration",
  ],
  GetBucketRequestPayment: ["RequestPaymentConfiguration", {}],
  GetBucketPolicyStatus: ["PolicyStatus", {}, "PolicyStatus"],
};

const jsonType = ({ protocol }) =>
  protocol === "restjson"
    ? "application/json"
    : `application/x-amz-json-1.${protocol === "json10" ? "0" : "1"}`;

/** An answer given in the shape of the SDK's output. */
export function encodeOutput(request, output) {
  const { protocol, service, operation } = request;
  if (protocol?.includes("json")) {
    return {
      status: 200,
      headers: { "content-type": jsonType(request), "x-amzn-requestid": REQUEST_ID },
      body: Buffer.from(JSON.stringify(toWire(service, operation, output))),
    };
  }
  const shape = protocol === "s3" ? S3_SHAPES[operation] : undefined;
  if (!shape) throw new Error(`cannot write ${service}.${operation} as ${protocol}: give the entry "xml"`);
  const [root, rename, payload] = shape;
  const xml = toXml(root, payload ? output[payload] : output, rename).replace(
    `<${root}>`,
    `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`,
  );
  return {
    status: 200,
    headers: { "content-type": "application/xml", "x-amz-request-id": REQUEST_ID },
    body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`),
  };
}

/** An answer given as the text of its body. */
export const encodeXml = (text) => ({
  status: 200,
  headers: { "content-type": "text/xml" },
  body: Buffer.from(text),
});

/** An AWS error. */
export function encodeError(request, { code, message = code, status = 400 }) {
  const xml = (text) => ({
    status,
    headers: { "content-type": "text/xml" },
    body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`),
  });
  const error = `<Code>${escape(code)}</Code><Message>${escape(message)}</Message>`;
  if (request.protocol === "s3") return xml(`<Error>${error}<RequestId>${REQUEST_ID}</RequestId></Error>`);
  if (request.protocol === "ec2")
    return xml(
      `<Response><Errors><Error>${error}</Error></Errors><RequestID>${REQUEST_ID}</RequestID></Response>`,
    );
  if (request.protocol === "query")
    return xml(
      `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`,
    );
  const headers = {
    "content-type": jsonType(request),
    "x-amzn-requestid": REQUEST_ID,
    "x-amzn-errortype": code,
  };
  if (request.headers["x-amzn-query-mode"]) headers["x-amzn-query-error"] = `${code};Sender`;
  return {
    status,
    headers,
    body: Buffer.from(JSON.stringify({ __type: code, code, message, Message: message })),
  };
}

/** The refusal that each protocol family really sends. */
export function encodeDenial(request) {
  const code =
    request.protocol === "s3" || request.protocol === "query" ? "AccessDenied" : "AccessDeniedException";
  const message = `User: ${request.account} is not authorized to perform: ${request.service}:${request.operation}`;
  return encodeError(request, { code, message, status: request.protocol?.startsWith("json") ? 400 : 403 });
}

/** The throttling error that each protocol family really sends. */
export function encodeThrottling(request) {
  const { protocol, service } = request;
  if (protocol === "s3")
    return encodeError(request, {
      code: "SlowDown",
      message: "Please reduce your request rate.",
      status: 503,
    });
  if (protocol === "ec2")
    return encodeError(request, {
      code: "RequestLimitExceeded",
      message: "Request limit exceeded.",
      status: 503,
    });
  if (protocol === "query") return encodeError(request, { code: "Throttling", message: "Rate exceeded" });
  if (protocol !== "restjson")
    return encodeError(request, { code: "ThrottlingException", message: "Rate exceeded" });
  const code =
    service === "mediapackage" || service === "mediapackage-vod"
      ? "TooManyRequestsException"
      : "ThrottlingException";
  return encodeError(request, { code, message: "Rate exceeded", status: service === "glacier" ? 400 : 429 });
}

// Status and text of what says nothing; where the protocol is XML, another text.
const SILENCES = {
  empty: [200, ""],
  "no-content": [204, ""],
  null: [200, "null"],
  object: [200, "{}"],
  list: [200, "[]"],
  "other-members": [200, '{"Unexpected":"x"}', "<Unexpected><Member>x</Member></Unexpected>"],
  "not-found": [404, ""],
  "error-document": [200, "<Error><Code>NoSuchBucketPolicy</Code><Message>x</Message></Error>\n"],
  "error-document-closed": [200, "<Error><Code>NoSuchBucketPolicy</Code><Message>x</Message></Error>"],
};

/** A body that answers nothing, with the content type of an answer; undefined for a fault that is none of these. */
export function encodeSilence(fault, request) {
  if (!Object.hasOwn(SILENCES, fault)) return undefined;
  const [status, text, xml = text] = SILENCES[fault];
  const isJson = request.protocol?.includes("json");
  const headers = isJson
    ? { "content-type": jsonType(request), "x-amzn-requestid": REQUEST_ID }
    : { "content-type": "text/xml", "x-amz-request-id": REQUEST_ID };
  return { status, headers, body: Buffer.from(isJson ? text : xml) };
}
