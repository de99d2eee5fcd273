import { MessageChannel, Worker } from "node:worker_threads";
import { pluginWorker } from "../generated/plugin-worker.js";
import { inSeconds, awaitAnswer, waitForAnswer } from "./lane-answers.js";
import type { Running, Patience, Outcome } from "./lane-answers.js";
import type { PluginLimits } from "./limits.js";
import type { Call, Request, WorkerSetup } from "./protocol.js";
import { forwardOutput } from "./worker-output.js";
import type { OutputSink } from "./worker-output.js";

/** What runs in a lane. */
export type LaneOptions = {
  /** The plugin as the config names it. */
  readonly name: string;
  /** The module's URL. */
  readonly module: string;
  readonly limits: PluginLimits;
  readonly output: OutputSink;
};

/** One thread for one plugin, started when it is needed, and again after it was stopped. One call runs at a time. */
export type Lane = {
  /** What the module exports, described. */
  describe(): Promise<Outcome>;
  call(call: Call): Promise<Outcome>;
  /** The same, while this thread stands still. Not for a lane in which `call` is used. */
  callNow(call: Call): Outcome;
};

/** A lane whose thread has not been started yet. */
export function createLane(options: LaneOptions): Lane {
  let running: Running | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  const current = (): { readonly thread: Running; readonly isNew: boolean } => {
    const isNew = running === undefined || running.ended !== undefined;
    const thread = isNew || running === undefined ? startThread(options) : running;
    running = thread;
    return { thread, isNew };
  };
  const inTurn = (work: () => Promise<Outcome>): Promise<Outcome> => {
    const done = tail.then(work);
    tail = done;
    return done;
  };
  const { startTime, callTime } = options.limits;
  const starting: Patience = { time: startTime, late: `it did not start within ${inSeconds(startTime)}` };
  const calling: Patience = { time: callTime, late: `it did not answer within ${inSeconds(callTime)}` };
  return {
    describe: () => inTurn(() => awaitAnswer(current().thread, 0, starting)),
    call: (call) =>
      inTurn(async () => {
        const { thread, isNew } = current();
        const start = isNew ? await awaitAnswer(thread, 0, starting) : undefined;
        if (start !== undefined && start.kind !== "answered") return start;
        return send(thread, call) ?? (await awaitAnswer(thread, thread.next, calling));
      }),
    callNow: (call) => {
      const { thread, isNew } = current();
      const start = isNew ? waitForAnswer(thread, 0, starting) : undefined;
      if (start !== undefined && start.kind !== "answered") return start;
      return send(thread, call) ?? waitForAnswer(thread, thread.next, calling);
    },
  };
}

function startThread({ name, module, limits, output }: LaneOptions): Running {
  const { port1: port, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const setup: WorkerSetup = { module, port: port2, answered };
  // Its streams are ours, and worker.ts does not write to them: none of its output can reach our standard output.
  // No environment: what a plugin says must follow from what it is given, and credentials are not its business.
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(pluginWorker)}`), {
    workerData: setup,
    transferList: [port2],
    stdout: true,
    stderr: true,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  });
  const thread: Running = { worker, port, answered, output: forwardOutput(name, output), next: 0 };
  worker.on("error", (error) => {
    thread.ended ??= endedBy(error, limits);
  });
  worker.on("exit", (exitCode) => {
    thread.ended ??= `it ended its process (exit code ${exitCode.toString()})`;
  });
  // A plugin that waits for calls must not keep its host alive.
  worker.unref();
  port.unref();
  return thread;
}

function endedBy(error: unknown, { memory }: PluginLimits): string {
  const isMemory = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isMemory
    ? `it used more than ${memory.toString()} MB of memory`
    : `it threw outside of a call: ${error instanceof Error ? error.message : String(error)}`;
}

/** undefined where the call is on its way. */
function send(thread: Running, { account, ...call }: Call): Outcome | undefined {
  thread.next += 1;
  const request: Request = {
    ...call,
    number: thread.next,
    ...(account === undefined ? {} : { account: account === thread.held ? "held" : account }),
  };
  try {
    thread.port.postMessage(request);
  } catch {
    return { kind: "failed", message: "what it should be given is not plain data" };
  }
  if (account !== undefined) thread.held = account;
  return undefined;
}
