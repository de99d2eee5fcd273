// What can go wrong on purpose. A call pattern is "*", "service.*" or "service.Operation", with "@region" for one region.
import { requestKey } from "./question.mjs";

/** Whether a call pattern means this request. */
export function matchesCall(pattern, { service, operation, region }) {
  const [call, where] = pattern.split("@");
  if (where !== undefined && where !== region) return false;
  return call === "*" || call === `${service}.*` || call === `${service}.${operation}`;
}

/** AWS answers GetCallerIdentity even to those who may do nothing. */
export const isDenied = (deny, request) =>
  request.operation !== "GetCallerIdentity" && deny.some((pattern) => matchesCall(pattern, request));

/** Token buckets per account, region and pattern, as AWS keeps them. `spec`: "cloudtrail.*=10,*=200:5" (rate a second, burst). */
export function throttle(spec = "") {
  const limits = spec
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [pattern, numbers] = part.split("=");
      const [rate, burst = Math.max(1, Math.ceil(rate))] = numbers.split(":").map(Number);
      return { pattern, rate, burst, buckets: new Map() };
    });
  return (request) => {
    const limit = limits.find(({ pattern }) => matchesCall(pattern, request));
    if (!limit) return false;
    const id = limit.pattern === "*" ? "*" : `${request.account}|${request.region}`;
    const now = performance.now();
    const bucket = limit.buckets.get(id) ?? { tokens: limit.burst, at: now };
    const tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.at) / 1000) * limit.rate);
    limit.buckets.set(id, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    return tokens < 1;
  };
}

/**
 * Picks the fault that a request meets: "hang" (never answered), "reset" (the connection breaks), "html" (a 500 with a
 * page for people), "garbage" (a 200 that is not what was asked), a body that answers nothing (encode.mjs), or undefined. "flaky" alternates: the first, third, …
 * time that a question is asked it fails, by a reset or by a page; the times between it is answered.
 */
export function faultPicker(faults = []) {
  const asked = new Map();
  return (request) => {
    const fault = faults.find(({ calls = "*" }) => matchesCall(calls, request));
    if (fault?.how !== "flaky") return fault?.how;
    const key = requestKey(request);
    const times = asked.get(key) ?? 0;
    asked.set(key, times + 1);
    if (times % 2 === 1) return undefined;
    return asked.size % 2 === 0 ? "reset" : "html";
  };
}
