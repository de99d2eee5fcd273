import type { ApiCall, SendOptions, Transport } from "../aws/transport.js";
import type { Clock } from "./clock.js";
import { failed, failureOf } from "./failure.js";
import type { Failure } from "./failure.js";
import type { Hosts } from "./hosts.js";

/** What the attempts of one run share. */
export type AttemptTools = {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly hosts: Hosts;
  /** Milliseconds. */
  readonly attemptTime: number;
  readonly signal?: AbortSignal;
  /** How many requests of each operation left. */
  readonly counts: Map<string, number>;
};

/** What became of one attempt; `final` where another would not be sent. */
export type Attempt =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly failure: Failure; readonly final?: true };

/** Sends one request once, ends it when its time is up, and remembers how its host behaved. */
export async function attempt(call: ApiCall, tools: AttemptTools): Promise<Attempt> {
  const { clock, attemptTime, hosts } = tools;
  const over = new AbortController();
  const signal = tools.signal === undefined ? over.signal : AbortSignal.any([over.signal, tools.signal]);
  const sentAt = clock.now();
  let host: string | undefined;
  let givenUp: Failure | undefined;
  const onHost = (name: string): void => {
    host = name;
    givenUp = hosts.givenUp(name);
    if (givenUp !== undefined) throw new Error(givenUp.message);
    count(call, tools.counts);
  };
  const timeUp = clock
    .sleep(attemptTime, signal)
    .then((): Attempt => ({ ok: false, failure: tooSlow(attemptTime) }));
  const result = await Promise.race([settle(call, tools, { signal, onHost }), timeUp]);
  over.abort();
  if (givenUp !== undefined) return { ok: false, failure: givenUp, final: true };
  if (host !== undefined && tools.signal?.aborted !== true) remember(result, { host, sentAt, tools });
  return result;
}

async function settle(call: ApiCall, { transport }: AttemptTools, options: SendOptions): Promise<Attempt> {
  try {
    return { ok: true, output: await transport.send(call, options) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

function tooSlow(attemptTime: number): Failure {
  return failed("timed-out", "TimedOut", `no answer within ${attemptTime / 1000} s`);
}

function count({ service, operation }: ApiCall, counts: Map<string, number>): void {
  const key = `${service}:${operation}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function remember(
  result: Attempt,
  { host, sentAt, tools }: { readonly host: string; readonly sentAt: number; readonly tools: AttemptTools },
): void {
  if (result.ok) tools.hosts.answered(host);
  else if (result.failure.kind === "unreachable") tools.hosts.refused(host);
  else if (result.failure.kind === "timed-out") tools.hosts.timedOut(host, sentAt);
  else if (result.failure.reason !== "Unreachable") tools.hosts.answered(host);
}
