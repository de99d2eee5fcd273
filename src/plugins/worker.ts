// Runs in a thread of its own: imports one plugin's module and calls its functions. It is bundled to a text by
// scripts/generate-worker.mjs, so that it starts wherever this package is unpacked or bundled.
import { workerData } from "node:worker_threads";
import type { Account } from "../core/account.js";
import type { KnownTypes } from "../core/evaluator.js";
import type { Judgement } from "../core/judgement.js";
import { viewAccount } from "../shared/view-account.js";
import { watchLists, withDoubt } from "./watch-lists.js";
import type { WatchedAccount } from "./watch-lists.js";
import { describePlugin, exportOf, findPiece, memberOf } from "./describe-plugin.js";
import type { Answer, Request, TypeTable, WorkerSetup, Written } from "./protocol.js";

// Our own side of worker-lane.ts hands this over.
const { module, port, answered } = workerData as WorkerSetup;

function say(answer: Answer): void {
  port.postMessage(answer);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
}

// Read from outside, a thread's own streams would keep the process alive. This much is handed over; the rest is dropped.
let room = 100_000;

function write(chunk: string | Uint8Array): boolean {
  const written = (typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()).slice(0, room);
  room -= written.length;
  const message: Written = { written };
  if (written !== "") port.postMessage(message);
  return true;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: string | Uint8Array, ...more: readonly unknown[]) => {
    const done = more.at(-1);
    if (typeof done === "function")
      queueMicrotask(() => {
        Reflect.apply(done, undefined, []);
      });
    return write(chunk);
  };
}

function sayResult(number: number, value: unknown): void {
  try {
    say({ number, ok: true, value });
  } catch {
    say({ number, ok: false, message: "it answered with something that is not plain data" });
  }
}

function sayFailure(number: number, error: unknown): void {
  const code = memberOf(error, "code");
  say({ number, ok: false, message: wordsOf(error), ...(typeof code === "string" ? { code } : {}) });
}

function wordsOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return "it threw something that cannot be printed";
  }
}

// A module that ends its process ends this thread only. Who waits for an answer must not wait in vain.
process.on("exit", (exitCode) => {
  say({
    number: 0,
    isLast: true,
    ok: false,
    message: `it ended its process (exit code ${exitCode.toString()})`,
  });
});

process.on("uncaughtExceptionMonitor", (error) => {
  say({ number: 0, isLast: true, ok: false, message: `it threw outside of a call: ${wordsOf(error)}` });
});

let held: Account | undefined;

function accountOf({ account }: Request): WatchedAccount | undefined {
  if (account !== undefined && account !== "held") held = viewAccount(account.snapshot, account.judged);
  return account === undefined || held === undefined ? undefined : watchLists(held);
}

function typesOf(table: TypeTable): KnownTypes {
  return {
    names: Object.keys(table),
    propertiesOf: (type) => Promise.resolve(entryOf(table, type)?.properties),
    shapesOf: (type) => Promise.resolve(entryOf(table, type)?.shapes ?? {}),
  };
}

function entryOf(table: TypeTable, type: string): TypeTable[string] | undefined {
  return Object.hasOwn(table, type) ? table[type] : undefined;
}

async function perform(plugin: unknown, request: Request): Promise<unknown> {
  const { kind, id, path, args, types } = request;
  const piece = findPiece(plugin, kind, id);
  const holder = path.slice(0, -1).reduce<unknown>(memberOf, piece);
  const called = memberOf(holder, path.at(-1) ?? "");
  if (typeof called !== "function") throw new TypeError(`${path.join(".")} is no function`);
  const watched = accountOf(request);
  const answer: unknown = await Reflect.apply(called, holder, [
    ...(watched === undefined ? [] : [watched.account]),
    ...args,
    ...(types === undefined ? [] : [typesOf(types)]),
  ]);
  const overlooked = watched?.overlooked() ?? [];
  return overlooked.length > 0 && isJudged(answer) ? withDoubt(answer, overlooked) : answer;
}

// Whatever else is wrong with an answer is found out where it is read.
function isJudged(answer: unknown): answer is readonly Judgement[] {
  return (
    Array.isArray(answer) && answer.every((one) => memberOf(memberOf(one, "verdict"), "status") !== undefined)
  );
}

async function serve(): Promise<void> {
  const plugin = exportOf(await import(module));
  const described = describePlugin(plugin);
  port.on("message", (request: Request) => {
    perform(plugin, request).then(
      (value) => {
        sayResult(request.number, value);
      },
      (error: unknown) => {
        sayFailure(request.number, error);
      },
    );
  });
  sayResult(0, described);
}

serve().catch((error: unknown) => {
  sayFailure(0, error);
});
