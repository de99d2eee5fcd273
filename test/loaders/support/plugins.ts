import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defineCollector } from "../../../src/core/collector.js";
import type { Diagnostic } from "../../../src/core/diagnostic.js";
import { defineEvaluator } from "../../../src/core/evaluator.js";
import type { Evaluator } from "../../../src/core/evaluator.js";
import type { Plugins } from "../../../src/core/plugins.js";
import { defineReporter } from "../../../src/core/reporter.js";

/** An evaluator whose schema uses most of what JSON Schema has. */
const watcher: Evaluator = defineEvaluator({
  id: "watcher",
  summary: "for tests",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["events"],
    properties: {
      events: {
        type: "object",
        additionalProperties: false,
        required: ["source"],
        properties: {
          source: { type: "string", minLength: 1 },
          names: { type: "array", minItems: 1, uniqueItems: true, items: { type: "string" } },
          access: { enum: ["read", "write", "all"] },
        },
      },
      world: { enum: ["open", "closed"] },
      days: { type: "integer", minimum: 1, maximum: 3650 },
      strict: { type: "boolean" },
      groups: { oneOf: [{ const: "all" }, { type: "array", items: { type: "string" } }] },
      tree: { $ref: "#/$defs/tree" },
      condition: { oneOf: [{ type: "string", minLength: 1 }, { $ref: "#/$defs/tree" }] },
      name: { type: "string", maxLength: 5 },
      expression: { type: "string" },
    },
    $defs: {
      tree: {
        type: "object",
        oneOf: [
          {
            type: "object",
            additionalProperties: false,
            required: ["all"],
            properties: { all: { type: "array", items: { $ref: "#/$defs/tree" } } },
          },
          {
            type: "object",
            additionalProperties: false,
            required: ["equals", "path"],
            properties: { equals: { type: "string" }, path: { type: "string" } },
          },
          {
            type: "object",
            additionalProperties: false,
            required: ["kind"],
            properties: { kind: { const: "set" } },
          },
          {
            type: "object",
            additionalProperties: false,
            required: ["kind"],
            properties: { kind: { const: "unset" } },
          },
        ],
      },
    },
  },
  review: async (options, types) => {
    const text = typeof options["expression"] === "string" ? options["expression"] : "";
    const at = text.indexOf("Loging");
    const known = (await types.propertiesOf("AWS::CloudTrail::Trail")) ?? [];
    return at < 0
      ? []
      : [
          {
            code: "unknown-property",
            path: ["expression"],
            offset: at,
            length: 6,
            message: `there is no property "Loging"`,
            hint: `known are ${known.join(", ")}`,
          },
        ];
  },
  needs: () => [],
  evaluate: () => [],
});

const broken: Evaluator = { ...watcher, id: "broken", options: { type: "no such type" } };
const trail = defineCollector({
  type: "AWS::CloudTrail::Trail",
  summary: "for tests",
  observed: [],
  reads: [
    {
      operation: { service: "cloudtrail", name: "GetTrailStatus", proof: { members: ["IsLogging"] } },
      input: () => ({}),
      properties: ["IsLogging"],
      read: () => ({}),
    },
  ],
});
const text = defineReporter({ id: "text", summary: "for tests", render: () => "" });

/** What the tests' files are checked against. */
export const plugins: Plugins = {
  evaluators: {
    watcher: () => Promise.resolve(watcher),
    broken: () => Promise.resolve(broken),
    missing: () => Promise.reject(new Error("cannot find module")),
  },
  collectors: { "AWS::CloudTrail::Trail": () => Promise.resolve(trail) },
  reporters: { text: () => Promise.resolve(text), json: () => Promise.resolve({ ...text, id: "json" }) },
  rules: () =>
    Promise.resolve([
      {
        id: "cloudtrail.shipped-events",
        title: "Shipped",
        severity: "high",
        evaluator: "watcher",
        with: { events: { source: "glacier.amazonaws.com" } },
      },
      {
        id: "cloudtrail.any-trail",
        title: "Any",
        severity: "high",
        evaluator: "watcher",
        with: { events: { source: "sts.amazonaws.com" } },
      },
      {
        id: "cloudtrail.service-events",
        title: "Template",
        severity: "high",
        evaluator: "watcher",
        template: true,
      },
    ]),
  packs: () => Promise.resolve([{ id: "logging-monitoring", title: "All", rules: ["*"] }]),
};

/** Text, bytes or a folder (null), by path. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** Runs `use` with a fresh folder that holds some files. */
export async function withFiles<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "watchproof-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(content === null ? join(folder, path) : dirname(join(folder, path)), { recursive: true });
      if (content !== null) writeFileSync(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** "code line:column" of each diagnostic; "code" where the problem is the file. */
export function places(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, position }) =>
    position === undefined ? code : `${code} ${position.line.toString()}:${position.column.toString()}`,
  );
}

/** The problems of something that was loaded; none where it is well. */
export function problemsOf(
  loaded: { readonly ok: true } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] },
): readonly Diagnostic[] {
  return loaded.ok ? [] : loaded.diagnostics;
}
