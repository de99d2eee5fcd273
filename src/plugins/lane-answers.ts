import { receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort, Worker } from "node:worker_threads";
import type { AccountState, Answer, Written } from "./protocol.js";

/** A thread that runs, and what is shared with it. */
export type Running = {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly answered: Int32Array;
  readonly output: (text: string) => void;
  ended?: string;
  held?: AccountState;
  next: number;
};

/** How long is waited, in milliseconds, and what is said afterwards. */
export type Patience = { readonly time: number; readonly late: string };

/** A time in words. */
export function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toString()} s`;
}

/** The answer to a call, or what came instead of it; ends the thread when it is late. */
export function awaitAnswer(thread: Running, number: number, { time, late }: Patience): Promise<Outcome> {
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

/** The same without letting anything else run meanwhile. */
export function waitForAnswer(thread: Running, number: number, { time, late }: Patience): Outcome {
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

/** What came of a call. "stopped": the thread had to be ended, or ended itself; the next call starts another. */
export type Outcome =
  | { readonly kind: "answered"; readonly value: unknown }
  | { readonly kind: "failed"; readonly message: string; readonly code?: string }
  | { readonly kind: "stopped"; readonly message: string };
