import { requestRate } from "../aws/services.js";
import type { ApiCall, Transport } from "../aws/transport.js";
import type { Operation, Proof } from "../core/collector.js";
import type { JsonObject } from "../core/json.js";
import { attempt } from "./attempt.js";
import type { AttemptTools } from "./attempt.js";
import type { Clock } from "./clock.js";
import { failed } from "./failure.js";
import type { Failure } from "./failure.js";
import { createHosts } from "./hosts.js";
import { createLane } from "./lane.js";
import type { Lane } from "./lane.js";
import type { Limits } from "./limits.js";
import { createSlots, sharedSlots } from "./slots.js";
import type { Slots } from "./slots.js";

/** What AWS said in the end: an output, or why there is none. */
export type Answer =
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly failure: Failure };

/** Where and with what an operation is asked. */
export type Question = { readonly region: string; readonly input: JsonObject };

/** Asks AWS, as patiently as the limits allow. Rejects only when the run is aborted. */
export type Ask = (operation: Operation, question: Question) => Promise<Answer>;

/** What happens during a run, for a person who waits. `total` grows as more turns out to be needed. */
export type Progress = {
  readonly done: number;
  readonly total: number;
  readonly operation: string;
  readonly region: string;
};

/** What a caller needs to do its work. */
export type CallerOptions = {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly limits: Limits;
  /** What it shares with other callers; its own limit holds besides. */
  readonly slots?: Slots;
  readonly signal?: AbortSignal;
  readonly progress?: (event: Progress) => void;
};

/** Asks AWS on behalf of a whole run. */
export type Caller = {
  readonly ask: Ask;
  /** How many requests of each operation left so far, such as { "cloudtrail:DescribeTrails": 17 }. */
  counts(): Readonly<Record<string, number>>;
};

/** Makes a caller: rates, retries, time limits and dead hosts, once for all operations. */
export function createCaller(options: CallerOptions): Caller {
  const { clock, limits, signal } = options;
  const counts = new Map<string, number>();
  const own = createSlots(limits.inFlight);
  const tools: Tools = {
    ...options,
    attemptTime: limits.attemptTime,
    hosts: createHosts(() => clock.now()),
    slots: options.slots === undefined ? own : sharedSlots(own, options.slots),
    counts,
  };
  const lanes = new Map<string, Lane>();
  const laneOf = (service: string, name: string, region: string): Lane => {
    const key = `${service}:${name} ${region}`;
    const lane =
      lanes.get(key) ??
      createLane({ rate: requestRate(service, name), patience: limits.throttledTime, clock });
    lanes.set(key, lane);
    return lane;
  };
  let total = 0;
  let done = 0;
  return {
    counts: () => Object.fromEntries(counts),
    async ask({ service, name, proof }, { region, input }) {
      total += 1;
      const { roots } = proof;
      const call = { service, region, operation: name, input, ...(roots === undefined ? {} : { roots }) };
      const answer = proven(await persist(call, laneOf(service, name, region), tools), proof);
      signal?.throwIfAborted();
      done += 1;
      options.progress?.({ done, total, operation: `${service}:${name}`, region });
      return answer;
    },
  };
}

type Tools = AttemptTools & { readonly limits: Limits; readonly slots: Slots };

function proven(answer: Answer, proof: Proof): Answer {
  if (!answer.ok || !("members" in proof)) return answer;
  const missing = proof.members.find((paths) =>
    paths.split("|").every((path) => memberAt(answer.output, path) === undefined),
  );
  return missing === undefined
    ? answer
    : {
        ok: false,
        failure: failed("permanent", "Malformed", `the answer is not as expected: it has no ${missing}`),
      };
}

function memberAt(output: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, name) => {
    if (typeof at !== "object" || at === null) return undefined;
    // Of a map that is never empty, any member will do.
    if (name === "*") return Object.values(at)[0];
    const member: unknown = Reflect.get(at, name);
    return member ?? undefined;
  }, output);
}

const worthAnotherAttempt: readonly Failure["kind"][] = ["timed-out", "unreachable", "transient"];

async function persist(call: ApiCall, lane: Lane, tools: Tools): Promise<Answer> {
  const { clock, limits, signal } = tools;
  for (let tries = 1; ;) {
    await lane.turn(signal);
    signal?.throwIfAborted();
    if (lane.starves()) return { ok: false, failure: tooBusy };
    const sentAt = clock.now();
    const answer = await tools.slots.run(() => attempt(call, tools));
    if (answer.ok || answer.failure.kind !== "throttled") lane.taken();
    if (answer.ok) return answer;
    if (answer.failure.kind === "throttled") {
      lane.throttled(sentAt);
      if (lane.starves()) return answer;
      continue;
    }
    if (
      answer.final === true ||
      tries >= limits.attempts ||
      !worthAnotherAttempt.includes(answer.failure.kind)
    )
      return answer;
    await clock.sleep(clock.random() * 200 * 2 ** tries, signal);
    tries += 1;
  }
}

const tooBusy = failed("throttled", "Throttled", "AWS throttles every request of this operation");
