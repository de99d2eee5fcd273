import type {
  Collector,
  Found,
  Identity,
  ListCall,
  LocateCall,
  Properties,
  ReadCall,
  SingleCall,
} from "../core/collector.js";
import type { JsonObject } from "../core/json.js";
import type { AnswerKind } from "./piece-schemas.js";
import type { PluginHost } from "./plugin-host.js";
import type { Call, DescribedPiece } from "./protocol.js";

/** Calls a function of the collector; the path that the plugin has none at is not called. */
type AskAt = {
  readonly has: (path: Call["path"]) => boolean;
  readonly ask: (path: Call["path"], args: readonly unknown[], answer: AnswerKind) => unknown;
};

/** A collector that is data here, and whose functions run in its plugin's thread. `piece` has the shape of a collector. */
export function pluginCollector({ data, functions }: DescribedPiece, host: PluginHost): Collector {
  // check-plugin.ts has held it against the schema, and has seen that the functions are there.
  const collector = data as Collector;
  const at: AskAt = {
    has: (path) => functions.includes(path.join(".")),
    ask: (path, args, answer) => host.askNow({ kind: "collectors", id: collector.type, path, args }, answer),
  };
  return {
    ...collector,
    ...(collector.list === undefined ? {} : { list: listOf(collector.list, at) }),
    ...(collector.single === undefined ? {} : { single: singleOf(collector.single, at) }),
    ...(collector.locate === undefined ? {} : { locate: locateOf(collector.locate, at) }),
    ...(at.has(["refer"])
      ? {
          refer: (reference: string, from: Identity) =>
            at.ask(["refer"], [reference, from], "identity") as Identity | undefined,
        }
      : {}),
    reads: collector.reads.map((read, index) => readOf(read, index, at)),
  };
}

// What `ask` answers has been held against the schema of its kind; that is what each `as` below relies on.

function listOf(list: ListCall, { has, ask }: AskAt): ListCall {
  return {
    ...list,
    ...(has(["list", "input"])
      ? { input: (place, parent) => ask(["list", "input"], [place, parent], "wholeInput") as JsonObject }
      : {}),
    found: (output, place, parent) =>
      ask(["list", "found"], [output, place, parent], "found") as readonly Found[],
  };
}

function singleOf(single: SingleCall, { ask }: AskAt): SingleCall {
  return {
    ...single,
    found: (place) => ask(["single", "found"], [place], "single") as ReturnType<SingleCall["found"]>,
  };
}

function readOf(read: ReadCall, index: number, { has, ask }: AskAt): ReadCall {
  const path = ["reads", index] as const;
  return {
    ...read,
    input: (resource, known, listed) =>
      ask([...path, "input"], [resource, known, listed], "input") as JsonObject | undefined,
    read: (output, resource) =>
      ask([...path, "read"], [output, resource], "properties") as Properties | undefined,
    ...(has([...path, "learn"])
      ? {
          learn: ({ name, message }) =>
            ask([...path, "learn"], [{ name, message }], "properties") as Properties | undefined,
        }
      : {}),
  };
}

function locateOf(locate: LocateCall, { ask }: AskAt): LocateCall {
  return {
    ...locate,
    input: (id, resource) => ask(["locate", "input"], [id, resource], "wholeInput") as JsonObject,
    region: (output) => ask(["locate", "region"], [output], "region") as string,
  };
}
