// Recorded exchanges (aws-tape/1). A text or a set of headers that several exchanges share is kept once.
import { readFileSync } from "node:fs";
import { nearest, plainParams, requestKey, sameOperation, sameOperationOf } from "./question.mjs";

/** Reads a tape: `answer(request)` gives `{ status, headers, body, loose }`, or undefined. */
export function readTape(file) {
  const { exchanges, headers, texts } = JSON.parse(readFileSync(file, "utf8"));
  const byKey = new Map();
  const byOperation = new Map();
  for (const [key, { t, h, ...exchange }] of Object.entries(exchanges)) {
    const recording = { ...exchange, headers: headers[h] ?? {}, ...(t !== undefined && { text: texts[t] }) };
    byKey.set(key, recording);
    const operation = sameOperationOf(key, exchange.op);
    if (!byOperation.has(operation)) byOperation.set(operation, []);
    byOperation.get(operation).push(recording);
  }
  return {
    size: byKey.size,
    answer(request) {
      const exact = byKey.get(requestKey(request));
      const recording = exact ?? nearest(byOperation.get(sameOperation(request)) ?? [], plainParams(request));
      return recording && { ...asResponse(recording), loose: !exact };
    },
  };
}

function asResponse({ status, headers, text, base64 }) {
  return { status, headers, body: text !== undefined ? Buffer.from(text) : Buffer.from(base64, "base64") };
}
