import type { PropertyShapes } from "../core/property-shape.js";
import type { MessagePort } from "node:worker_threads";
import type { Snapshot } from "../core/snapshot.js";
import type { Judged } from "../shared/view-account.js";

/** The kinds of things that a plugin's code brings. */
export const pieceKinds = ["evaluators", "collectors", "reporters"] as const;
export type PieceKind = (typeof pieceKinds)[number];

/** What a worker is started with. `answered` holds one number that grows with each answer, so that a thread can wait for it. */
export type WorkerSetup = {
  readonly module: string;
  readonly port: MessagePort;
  readonly answered: Int32Array;
};

/** The state that an account is seen from; plain data. */
export type AccountState = { readonly snapshot: Snapshot; readonly judged: Judged };

/** What is known of resource types, as plain data. */
export type TypeTable = {
  readonly [type: string]: { readonly properties: readonly string[]; readonly shapes: PropertyShapes };
};

/** A function of a plugin to be called: `path` leads to it from its piece, such as ["reads", 0, "read"]. */
export type Call = {
  readonly kind: PieceKind;
  /** An evaluator's or reporter's id, or a collector's type. */
  readonly id: string;
  readonly path: readonly (string | number)[];
  readonly args: readonly unknown[];
  /** Put before the arguments as an `Account`. */
  readonly account?: AccountState;
  /** Put after the arguments as `KnownTypes`. */
  readonly types?: TypeTable;
};

/** A call on its way; "held": the account that this worker was given last. */
export type Request = Omit<Call, "account"> & {
  readonly number: number;
  readonly account?: AccountState | "held";
};

/** What came of a call; number 0 is what came of the module itself. `isLast`: the worker ends with it. */
export type Answer = { readonly number: number; readonly isLast?: boolean } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly code?: string }
);

/** What a plugin wrote to its standard output or error output. */
export type Written = { readonly written: string };

/** A piece as plain data: its functions are left out of `data`, and named by their paths, such as "reads.0.read". */
export type DescribedPiece = { readonly data: unknown; readonly functions: readonly string[] };

/** A plugin's export as plain data. */
export type DescribedPlugin = { readonly contract: unknown; readonly others: readonly string[] } & {
  readonly [Kind in PieceKind]: readonly DescribedPiece[];
};
