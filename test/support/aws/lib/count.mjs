// What was asked of the endpoint: every call with its time, and sums of them.
import { requestKey } from "./question.mjs";

/** `add` a finished call; `stats` sums them up; `calls` lists them. Times are milliseconds since the counter began. */
export function callCounter() {
  const calls = [];
  const questions = new Map();
  const origin = performance.now();
  let inFlight = 0;
  let maxInFlight = 0;
  return {
    begin() {
      inFlight += 1;
      maxInFlight = Math.max(maxInFlight, inFlight);
      return performance.now() - origin;
    },
    end(request, { from, by, status }) {
      inFlight -= 1;
      const { service, operation, region, account } = request;
      calls.push({
        operation: `${service ?? "-"}.${operation}`,
        region: region ?? "-",
        account,
        from,
        to: performance.now() - origin,
        by,
        status,
      });
      if (by === "throttled" || by === "fault") return;
      const key = requestKey(request);
      questions.set(key, (questions.get(key) ?? 0) + 1);
    },
    calls: () => structuredClone(calls),
    stats: () => ({
      total: calls.length,
      throttled: count(calls, ({ by }) => by === "throttled"),
      denied: count(calls, ({ by }) => by === "denied"),
      missed: count(calls, ({ by }) => by === "missed"),
      faults: count(calls, ({ by }) => by === "fault"),
      loose: count(calls, ({ by }) => by === "loose"),
      repeated: [...questions.values()].reduce((sum, times) => sum + times - 1, 0),
      repeatedCalls: [...questions]
        .filter(([, times]) => times > 1)
        .map(([key, times]) => `${times}× ${key}`),
      maxInFlight,
      wallMs:
        calls.length === 0
          ? 0
          : Math.max(...calls.map(({ to }) => to)) - Math.min(...calls.map(({ from }) => from)),
      byOperation: tally(calls, ({ operation }) => operation),
      byRegion: tally(calls, ({ region }) => region),
      byAccount: tally(calls, ({ account }) => account),
    }),
  };
}

const count = (items, is) => items.filter(is).length;

function tally(items, nameOf) {
  const sums = {};
  for (const item of items) sums[nameOf(item)] = (sums[nameOf(item)] ?? 0) + 1;
  return sums;
}
