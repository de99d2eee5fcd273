import { show } from "../loaders/diagnostics/describe.js";
import type { Problem } from "../loaders/diagnostics/source-text.js";
import { wrongShape } from "./check-shape.js";
import { plainData } from "./plain-data.js";
import { pieceSchemas } from "./piece-schemas.js";
import { pieceKinds } from "./protocol.js";
import type { DescribedPiece, DescribedPlugin, PieceKind } from "./protocol.js";

/** What is wrong with a described plugin; undefined where it keeps the contract. */
export function checkPlugin({ contract, others, ...pieces }: DescribedPlugin): Problem | undefined {
  if (contract !== 1) return wrongContract(contract);
  if (others.length > 0)
    return broken(
      `watchproof.${others[0] ?? ""} is no part of a plugin; accepted are contract, ${pieceKinds.join(", ")}`,
    );
  const empty = pieceKinds.every((kind) => pieces[kind].length === 0);
  if (empty) return broken("it brings nothing", `it needs at least one of ${pieceKinds.join(", ")}`);
  const wrong = pieceKinds.flatMap((kind) =>
    pieces[kind].map((piece, index) => checkPiece(piece, kind, `${kind}[${index.toString()}]`)),
  );
  return wrong.find((problem) => problem !== undefined);
}

function wrongContract(contract: unknown): Problem {
  const found = contract === undefined ? "does not say its contract" : `has contract ${show(contract)}`;
  return {
    code: "plugin-contract",
    message: `it ${found}; this version accepts contract 1`,
    hint:
      contract === undefined
        ? "definePlugin fills it in"
        : "use a version of the plugin for this version of watchproof",
  };
}

function broken(message: string, hint = "docs/plugins.md shows the shape"): Problem {
  return { code: "broken-plugin", message, hint };
}

function checkPiece({ data, functions }: DescribedPiece, kind: PieceKind, name: string): Problem | undefined {
  const contract: unknown =
    typeof data === "object" && data !== null ? Reflect.get(data, "contract") : undefined;
  if (typeof data === "object" && data !== null && contract !== 1) {
    const { message, ...rest } = wrongContract(contract);
    return { ...rest, message: `${name}: ${message}` };
  }
  try {
    plainData(data, { dates: false });
  } catch (error) {
    return broken(`${name} holds ${error instanceof Error ? error.message : "no plain data"}`);
  }
  const wrong = wrongShape(pieceSchemas[kind], data);
  if (wrong !== undefined) return broken(`${name}: ${wrong}`);
  return checkFunctions(data, functions, { kind, name });
}

type Functions = { readonly needed: readonly string[]; readonly allowed: readonly string[] };

function checkFunctions(
  data: unknown,
  functions: readonly string[],
  { kind, name }: { readonly kind: PieceKind; readonly name: string },
): Problem | undefined {
  const { needed, allowed } = functionsOf[kind](data);
  const missing = needed.filter((path) => !functions.includes(path));
  if (missing.length > 0)
    return broken(
      `${name}: ${missing.join(", ")} ${missing.length === 1 ? "is no function" : "are no functions"}`,
    );
  const extra = functions.find((path) => !needed.includes(path) && !allowed.includes(path));
  return extra === undefined ? undefined : broken(`${name}: there is no place for a function ${extra}`);
}

const functionsOf = {
  evaluators: () => ({ needed: ["needs", "evaluate"], allowed: ["review"] }),
  reporters: () => ({ needed: ["render"], allowed: [] }),
  collectors: collectorFunctions,
} satisfies Record<PieceKind, (data: unknown) => Functions>;

function collectorFunctions(data: unknown): Functions {
  // The schema holds.
  const { list, single, locate, reads } = data as {
    readonly list?: object;
    readonly single?: object;
    readonly locate?: object;
    readonly reads: readonly unknown[];
  };
  const ofReads = (name: string): readonly string[] =>
    reads.map((_, index) => `reads.${index.toString()}.${name}`);
  return {
    needed: [
      ...(list === undefined ? [] : ["list.found"]),
      ...(single === undefined ? [] : ["single.found"]),
      ...(locate === undefined ? [] : ["locate.input", "locate.region"]),
      ...ofReads("input"),
      ...ofReads("read"),
    ],
    allowed: ["list.input", "refer", ...ofReads("learn")],
  };
}
