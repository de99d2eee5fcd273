import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { pluginWorker } from "../generated/plugin-worker.js";
import type { PluginLimits } from "./limits.js";
import type { AccountState, Answer, Call, Request, WorkerSetup, Written } from "./protocol.js";
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

/** What came of a call. "stopped": the thread had to be ended, or ended itself; the next call starts another. */
export type Outcome =
  | { readonly kind: "answered"; readonly value: unknown }
  | { readonly kind: "failed"; readonly message: string; readonly code?: string }
  | { readonly kind: "stopped"; readonly message: string };

/** One thread for one plugin, started when it is needed, and again after it was stopped. One call runs at a time. */
export type Lane = {
  /** What the module exports, described. */
  describe(): Promise<Outcome>;
  call(call: Call): Promise<Outcome>;
  /** The same, while this thread stands still. Not for a lane in which `call` is used. */
  callNow(call: Call): Outcome;
};

type Running = {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly answered: Int32Array;
  readonly output: (text: string) => void;
  ended?: string;
  held?: AccountState;
  next: number;
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

/** How long is waited, in milliseconds, and what is said afterwards. */
type Patience = { readonly time: number; readonly late: string };

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toString()} s`;
}

function awaitAnswer(thread: Running, number: number, { time, late }: Patience): Promise<Outcome> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      thread.port.off("message", onMessage);
      thread.port.unref();
      thread.worker.off("exit", onExit);
      resolve(outcome);
    };
    const onMessage = (answer: Answer | Written): void => {
      const outcome = outcomeOf(answer, number, thread);
      if (outcome !== undefined) finish(outcome);
    };
    // While this thread stood still elsewhere, the answer may have come before the time was over.
    const onTime = (): void => {
      finish(takeAnswer(thread, number) ?? stop(thread, late));
    };
    // "error" comes before "exit" and says more.
    const onExit = (): void => {
      finish(takeAnswer(thread, number) ?? stop(thread, thread.ended ?? "it ended"));
    };
    const timer = setTimeout(onTime, time);
    thread.port.on("message", onMessage);
    if (thread.ended !== undefined) onExit();
    else thread.worker.on("exit", onExit);
  });
}

function waitForAnswer(thread: Running, number: number, { time, late }: Patience): Outcome {
  const end = performance.now() + time;
  for (;;) {
    const seen = Atomics.load(thread.answered, 0);
    const outcome = takeAnswer(thread, number);
    if (outcome !== undefined) return outcome;
    const left = end - performance.now();
    if (thread.ended !== undefined) return stop(thread, thread.ended);
    if (left <= 0) return stop(thread, late);
    Atomics.wait(thread.answered, 0, seen, left);
  }
}

function takeAnswer(thread: Running, number: number): Outcome | undefined {
  for (
    let received = receiveMessageOnPort(thread.port);
    received !== undefined;
    received = receiveMessageOnPort(thread.port)
  ) {
    // Our own worker.ts says nothing but answers; what a plugin could forge here is checked like all that it says.
    const outcome = outcomeOf(received.message as Answer | Written, number, thread);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

function outcomeOf(answer: Answer | Written, number: number, thread: Running): Outcome | undefined {
  if ("written" in answer) {
    thread.output(answer.written);
    return undefined;
  }
  if (answer.isLast === true && !answer.ok) return stop(thread, answer.message);
  if (answer.number !== number) return undefined;
  if (answer.ok) return { kind: "answered", value: answer.value };
  return {
    kind: "failed",
    message: answer.message,
    ...(answer.code === undefined ? {} : { code: answer.code }),
  };
}

function stop(thread: Running, message: string): Outcome {
  thread.ended ??= message;
  thread.port.close();
  void thread.worker.terminate();
  return { kind: "stopped", message };
}
