import { pieceKinds } from "./protocol.js";
import type { DescribedPiece, DescribedPlugin, PieceKind } from "./protocol.js";

/** A plugin's module in another shape than the contract's; `message` says which. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** What a module exports as `watchproof`, of whatever shape; CommonJS modules have it on their default export. */
export function exportOf(module: unknown): unknown {
  const named = memberOf(module, "watchproof");
  return named === undefined ? memberOf(memberOf(module, "default"), "watchproof") : named;
}

/** Turns a plugin into plain data. @throws ShapeError where it has no shape that could be described. */
export function describePlugin(plugin: unknown): DescribedPlugin {
  if (plugin === undefined) throw new ShapeError("it exports nothing under the name watchproof");
  if (typeof plugin !== "object" || plugin === null)
    throw new ShapeError("what it exports as watchproof is no object");
  const others = Object.keys(plugin).filter(
    (key) => key !== "contract" && !pieceKinds.some((kind) => kind === key),
  );
  return {
    contract: plainContract(memberOf(plugin, "contract")),
    others,
    evaluators: piecesOf(plugin, "evaluators"),
    collectors: piecesOf(plugin, "collectors"),
    reporters: piecesOf(plugin, "reporters"),
  };
}

/** A plugin's piece of this kind and id. */
export function findPiece(plugin: unknown, kind: PieceKind, id: string): unknown {
  const pieces = memberOf(plugin, kind);
  const found: unknown = Array.isArray(pieces)
    ? pieces.find((piece) => memberOf(piece, kind === "collectors" ? "type" : "id") === id)
    : undefined;
  if (found === undefined) throw new ShapeError(`it no longer brings ${id}`);
  return found;
}

/** A member of whatever this is; undefined where it has none. */
export function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, key) as unknown) : undefined;
}

function plainContract(contract: unknown): unknown {
  return typeof contract === "number" || typeof contract === "string" || contract === undefined
    ? contract
    : typeof contract;
}

function piecesOf(plugin: object, kind: PieceKind): readonly DescribedPiece[] {
  const pieces = memberOf(plugin, kind);
  if (pieces === undefined) return [];
  if (!Array.isArray(pieces)) throw new ShapeError(`${kind} is no list`);
  return pieces.map((piece: unknown, index) => describePiece(piece, `${kind}[${index.toString()}]`));
}

const deepest = 50;

function describePiece(piece: unknown, name: string): DescribedPiece {
  const functions: string[] = [];
  const describe = (value: unknown, path: readonly string[]): unknown => {
    if (path.length > deepest) throw new ShapeError(`${name} is nested too deeply, or in a circle`);
    if (Array.isArray(value))
      return value.map((item, index) => describe(item, [...path, index.toString()]) ?? null);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => member(key, item, path)));
    return value;
  };
  const member = (
    key: string,
    item: unknown,
    path: readonly string[],
  ): readonly (readonly [string, unknown])[] => {
    if (typeof item === "function") functions.push([...path, key].join("."));
    return typeof item === "function" || item === undefined ? [] : [[key, describe(item, [...path, key])]];
  };
  return { data: describe(piece, []), functions };
}
