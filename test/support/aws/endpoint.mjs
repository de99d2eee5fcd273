// An AWS endpoint on 127.0.0.1 that answers from a tape and from answers written as data, with a set latency,
// throttling, denials and faults, and that counts every call. Any client, any of AWS's protocols but CBOR.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { callCounter } from "./lib/count.mjs";
import {
  encodeDenial,
  encodeError,
  encodeOutput,
  encodeSilence,
  encodeThrottling,
  encodeXml,
  toWire,
} from "./lib/encode.mjs";
import { applyEntry, findEntries, prepareEntries, readEntries, selectAsked } from "./lib/entries.mjs";
import { identify } from "./lib/identify.mjs";
import { requestKey } from "./lib/question.mjs";
import { answerSts, encodeExpired, sessionBook } from "./lib/sts.mjs";
import { readTape } from "./lib/tape.mjs";
import { faultPicker, isDenied, throttle } from "./lib/trouble.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const HTML =
  "<!DOCTYPE html><html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1></body></html>";

/** The recorded accounts: what AWS answered, and what a recording could not hold. Read once; `now` sets "@now". */
export function recordedAccounts(now = Date.now()) {
  return { tape: readTape(here("cassettes/testbed.json")), entries: readEntries(here("snapshots/"), now) };
}

/** What AWS says where nothing is set up. */
export function emptyAccount(now = Date.now()) {
  return readEntries(here("snapshots/"), now).filter(({ isDefault }) => isDefault);
}

/**
 * Starts an endpoint. `entries` come first, then those of `recorded`; `tape` answers what no entry replaces.
 * Resolves when it listens; `stop` ends it and every open connection.
 */
export async function startEndpoint({
  port = 0,
  entries = [],
  now,
  recorded = { entries: emptyAccount(now) },
  ...settings
} = {}) {
  const state = {
    entries: [...prepareEntries(entries, { now }), ...recorded.entries],
    tape: recorded.tape,
    misses: [],
  };
  const configure = (change) => {
    Object.assign(settings, change);
    state.sessions = sessionBook(settings.firstSession);
    state.latency = Number(settings.latency ?? 0);
    state.twins = settings.twins ?? {};
    state.deny = []
      .concat(settings.deny ?? [])
      .flatMap((list) => list.split(","))
      .filter(Boolean);
    state.isThrottled = throttle(settings.throttle);
    state.pickFault = faultPicker(settings.faults);
  };
  const reset = () => {
    state.counter = callCounter();
    state.misses = [];
    configure({});
  };
  reset();
  const server = createServer((incoming, outgoing) => void serve(state, incoming, outgoing));
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stats: () => state.counter.stats(),
    calls: () => state.counter.calls(),
    misses: () => structuredClone(state.misses),
    configure,
    reset,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function serve(state, incoming, outgoing) {
  const { counter } = state;
  const arrived = performance.now();
  const from = counter.begin();
  const wire = {
    method: incoming.method,
    url: incoming.url,
    headers: incoming.headers,
    body: await bodyOf(incoming),
  };
  const request = identify(wire);
  const fault = state.pickFault(request);
  const { by, response } = fault
    ? { by: "fault", response: faultyResponse(fault, request) }
    : answer(state, request, wire);
  if (fault === "hang") {
    counter.end(request, { from, by, status: 0 });
    return;
  }
  await delay(state.latency - (performance.now() - arrived));
  counter.end(request, { from, by, status: response?.status ?? 0 });
  if (fault === "reset") {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(response.status, {
    ...response.headers,
    "content-length": response.body.length,
    date: new Date().toUTCString(),
  });
  outgoing.end(incoming.method === "HEAD" ? undefined : response.body);
}

async function bodyOf(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const delay = (milliseconds) =>
  milliseconds > 1 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined;

function faultyResponse(fault, request) {
  if (fault === "html")
    return { status: 500, headers: { "content-type": "text/html" }, body: Buffer.from(HTML) };
  if (fault === "garbage")
    return { status: 200, headers: { "content-type": "text/html" }, body: Buffer.from(HTML) };
  return encodeSilence(fault, request);
}

function answer(state, request, wire) {
  if (state.sessions.isOver(request)) return { by: "expired", response: encodeExpired(request) };
  if (isDenied(state.deny, request)) return { by: "denied", response: encodeDenial(request) };
  if (state.isThrottled(request)) return { by: "throttled", response: encodeThrottling(request) };
  const original = state.twins[request.account];
  if (original === undefined) return look(state, request);
  const { by, response } = look(state, identify(renamed(wire, request.account, original)));
  return { by, response: { ...response, body: replaced(response.body, original, request.account) } };
}

// A twin asks and is answered as its original, but for the twelve digits. One byte is one character, so that nothing else changes.
function renamed({ method, url, headers, body }, from, to) {
  const named = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === "string" ? value.replaceAll(from, to) : value,
  ]);
  return {
    method,
    url: url.replaceAll(from, to),
    headers: Object.fromEntries(named),
    body: replaced(body, from, to),
  };
}

const replaced = (body, from, to) => Buffer.from(body.toString("latin1").replaceAll(from, to), "latin1");

function look(state, request) {
  const found = findEntries(state.entries, request);
  const last = found.at(-1);
  if (last?.mode === "replace") return { by: "entry", response: fromEntries(request, found) };
  const sts = request.service === "sts" ? answerSts(request, state.sessions) : undefined;
  if (sts) return { by: "sts", response: sts };
  const recorded = state.tape?.answer(request);
  if (recorded) return { by: recorded.loose ? "loose" : "tape", response: amend(request, recorded, found) };
  const { service, operation, region, account, params } = request;
  state.misses.push({ call: `${service}.${operation}`, region, account, params });
  return {
    by: "missed",
    response: encodeError(request, {
      code: "NoRecording",
      message: `no answer for ${requestKey(request)}`,
      status: 501,
    }),
  };
}

function fromEntries(request, found) {
  const last = found.at(-1);
  if (last.error) return encodeError(request, last.error);
  if (last.xml) return encodeXml(last.xml);
  const base = selectAsked(last, request.params, last.response);
  return encodeOutput(
    request,
    found
      .slice(0, -1)
      .reverse()
      .reduce((output, entry) => applyEntry(entry, output), base),
  );
}

// Merges of the recorded accounts were on when the tape was made. Patches are applied again, so that "@now-5m" is now.
function amend(request, response, found) {
  const changes = found.filter((entry) => entry.mode === "patch" || !entry.isOnTape);
  if (changes.length === 0 || response.status >= 300) return response;
  const wire = (value) => toWire(request.service, request.operation, value);
  const onWire = changes.map((entry) => ({
    ...entry,
    response: wire(entry.response ?? {}),
    patch: entry.patch?.map((change) => ({ ...change, set: wire(change.set ?? {}) })),
  }));
  const output = onWire.reduce(
    (body, entry) => applyEntry(entry, body),
    JSON.parse(response.body.toString() || "{}"),
  );
  return { ...response, body: Buffer.from(JSON.stringify(output)) };
}
