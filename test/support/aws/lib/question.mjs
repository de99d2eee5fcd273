// When are two requests the same question? Used to find a recorded answer.
import { createHash } from "node:crypto";
import { parseJson } from "./identify.mjs";

// Members that differ from run to run and choose nothing.
const VOLATILE = new Set([
  "RoleSessionName",
  "DurationSeconds",
  "StartTime",
  "EndTime",
  "startTime",
  "endTime",
  "ClientRequestToken",
  "clientToken",
  "ClientToken",
]);
// Query parameters that belong to the SDK and to signing, not to the question.
const TRANSPORT = new Set([
  "x-id",
  "X-Amz-Date",
  "X-Amz-Signature",
  "X-Amz-Credential",
  "X-Amz-Security-Token",
  "X-Amz-SignedHeaders",
  "X-Amz-Expires",
  "X-Amz-Algorithm",
  "X-Amz-Content-Sha256",
]);
const PAGE_SIZE = /^(max-?(results|records|items|buckets)|limit|page-?size)$/i;
// Members that choose what is answered: a call that has one and a recording that lacks it are different questions.
const NARROWING =
  /(name|namespace|prefix|pattern|arn|id|identifier|filter|value|dimension|type|state|status|statuse|contain|token|marker|model|family|region|account|trail|orderby|descending|active)(s|list)?(\.|$)|^(include|exclude|all)/i;

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const mapValues = (object, change) =>
  Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, change(object[key])]),
  );

function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return mapValues(
    Object.fromEntries(Object.entries(value).filter(([key]) => !VOLATILE.has(key))),
    canonical,
  );
}

const familyOf = ({ protocol }) => (protocol?.startsWith("json") ? "json" : (protocol ?? "http"));
const placeOf = (request) => [
  request.service ?? "-",
  request.region ?? "-",
  request.account,
  familyOf(request),
];

/** Key of a recorded exchange; equal whenever two clients ask the very same thing. */
export function requestKey(request) {
  const [where, what] = wording(request, familyOf(request));
  return [...placeOf(request), where, createHash("sha256").update(what).digest("hex").slice(0, 16)].join("|");
}

function wording(request, family) {
  if (family === "json") return [request.operation, JSON.stringify(canonical(request.params))];
  if (family === "query" || family === "ec2") {
    const form = [...new URLSearchParams(request.body.toString())].filter(([name]) => !VOLATILE.has(name));
    return [
      request.operation,
      form
        .map((pair) => pair.join("="))
        .sort()
        .join("&"),
    ];
  }
  const query = request.query
    .filter(([name]) => !TRANSPORT.has(name))
    .map((pair) => pair.join("="))
    .sort()
    .join("&");
  const where = `${request.method} ${request.path.replace(/(.)\/$/, "$1")}?${query}`;
  // A GET's body never selects anything.
  if (request.method === "GET" || request.method === "HEAD") return [where, ""];
  return [where, family === "restjson" ? JSON.stringify(canonical(parseJson(request.body))) : request.body];
}

/** Same service, operation, region and account, whatever else is asked. */
export const sameOperation = (request) => [...placeOf(request), request.operation].join("|");

/** The same for a recorded exchange, from its key and its operation. */
export const sameOperationOf = (key, operation) => [...key.split("|").slice(0, 4), operation].join("|");

/** The request's members without page sizes; lists of plain values sorted, since their order says nothing in a read. */
export function plainParams(request) {
  const asked =
    request.protocol === "s3" ? { ...Object.fromEntries(request.query), ...request.params } : request.params;
  const telling = Object.entries(canonical(asked)).filter(
    ([key, value]) => !PAGE_SIZE.test(key) && !TRANSPORT.has(key) && !saysNothing(key, value),
  );
  return Object.fromEntries(telling.map(([key, value]) => [key, plain(value)]));
}

function plain(value) {
  if (Array.isArray(value)) return value.some(isObject) ? value.map(plain) : value.map(String).sort();
  return isObject(value) ? mapValues(value, plain) : String(value);
}

// Not set, or set to what is meant when it is not (includeShadowTrails is the one that is true by default).
function saysNothing(key, value) {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return true;
  return String(value) === (key === "includeShadowTrails" ? "true" : "false");
}

/** Among recordings of one operation, the one that answers `params`; undefined when none or several would. */
export function nearest(recordings, params) {
  const text = (value) => JSON.stringify(value);
  const own = Object.keys(params);
  const agrees = (recording) =>
    Object.keys(recording.params).every((key) => text(recording.params[key]) === text(params[key]));
  const equal = recordings.filter(
    (recording) => own.length === Object.keys(recording.params).length && agrees(recording),
  );
  if (equal.length > 0) return equal.find((recording) => !recording.sized) ?? equal[0];
  // The request says more than a recording: fine when what it adds chooses nothing.
  const fitting = recordings.filter(
    (recording) => agrees(recording) && own.every((key) => key in recording.params || !NARROWING.test(key)),
  );
  const most = Math.max(0, ...fitting.map((recording) => Object.keys(recording.params).length));
  return theOnlyAnswer(fitting.filter((recording) => Object.keys(recording.params).length === most));
}

function theOnlyAnswer(recordings) {
  const [first] = recordings;
  const isSame = (other) =>
    other.text === first.text && other.base64 === first.base64 && other.status === first.status;
  return first && recordings.every(isSame) ? first : undefined;
}
