import { beforeAll, describe, expect, it } from "vitest";
import { NormalizedSchema } from "@smithy/core/schema";
import { operationSchema } from "../../src/aws/declared-schema.js";
import type { Schema } from "../../src/aws/declared-schema.js";
import type { ApiCall } from "../../src/aws/transport.js";
import { readOperations } from "../../src/generated/operations.js";
import { iamAction } from "../../src/aws/services.js";
import { defineCollector, listCall } from "../../src/core/collector.js";
import type { Collector, ReadCall } from "../../src/core/collector.js";
import type { Need } from "../../src/core/need.js";
import { awsError, denied } from "../sources/support/fake-aws.js";
import { canned as written, cannedReferences as writtenReferences, secret } from "./support/canned.js";
import { cannedDeclared, cannedDeclaredReferences } from "./support/canned-declared.js";
import { everyCollector, propertiesOf } from "./support/every-collector.js";
import { readNeeds } from "./support/read.js";
import type { Answers, Read } from "./support/read.js";

/** Refers to one thing, so that types without a list can be followed. */
const pointer = (reference: string): Collector =>
  defineCollector({
    type: "Test::Pointer",
    summary: "a pointer",
    list: listCall<object>({
      operation: { service: "sts", name: "ListPointers", proof: { roots: ["Test"], source: "tests" } },
      at: "each-region",
      properties: ["To"],
      found: () => [{ id: "p", properties: { To: reference } }],
    }),
    reads: [],
    observed: [],
  });

const canned = { ...cannedDeclared, ...written };
const cannedReferences = { ...cannedDeclaredReferences, ...writtenReferences };

let collectors: ReadonlyMap<string, Collector> = new Map();
beforeAll(async () => {
  collectors = await everyCollector();
});

const byType = (type: string): Collector => {
  const collector = collectors.get(type);
  if (collector === undefined) throw new Error(`no collector of ${type}`);
  return collector;
};

/** Reads all that a collector answers; `change` replaces answers. */
function readAll(type: string, change: Answers = {}): Promise<Read> {
  const referred = cannedReferences[type];
  const properties = propertiesOf(byType(type));
  if (referred === undefined)
    return readNeeds(
      [...collectors.values()],
      { ...canned[type], ...change },
      { needs: [{ type, properties }] },
    );
  const needs: readonly Need[] = [{ type, properties, only: { referencedBy: "Test::Pointer", path: "To" } }];
  return readNeeds(
    [byType(type), pointer(referred.reference)],
    { ListPointers: () => ({}), ...referred.answers, ...change },
    { needs },
  );
}

const types = [...Object.keys(canned), ...Object.keys(cannedReferences)];

describe("every collector", () => {
  it("is tried here, or in a test of its own", () => {
    const elsewhere = [
      "AWS::CloudTrail::Channel",
      "AWS::CloudTrail::EventDataStore",
      "AWS::CloudTrail::Trail",
    ];
    expect([...collectors.keys()].sort()).toEqual([...types, ...elsewhere].sort());
  });

  it.each(types)(
    "%s answers each of its properties, none twice, and says which are only observed",
    async (type) => {
      const collector = byType(type);
      const { snapshot } = await readAll(type);
      const [found] = snapshot.resources.filter((resource) => resource.type === type);
      expect(snapshot.gaps).toEqual([]);
      expect(found).not.toHaveProperty("unreadable");
      expect(
        Object.keys({ ...found?.properties, ...found?.observed })
          .filter((name) => name !== "SeenIn")
          .sort(),
      ).toEqual([...new Set(propertiesOf(collector))].sort());
      expect(collector.observed.filter((name) => !propertiesOf(collector).includes(name))).toEqual([]);
      expect(Object.keys(found?.properties ?? {}).filter((name) => name in (found?.observed ?? {}))).toEqual(
        [],
      );
    },
  );

  it.each(types)("%s asks nothing twice, and nothing that the operation does not know", async (type) => {
    const { aws } = await readAll(type);
    expect(aws.calls.flatMap(strangeIn)).toEqual([]);
    expect(new Set(aws.calls.map((call) => JSON.stringify(call))).size).toBe(aws.calls.length);
  });

  it.each(types)("%s: a refused list is a gap, with the actions to grant", async (type) => {
    const { list, single } = byType(type);
    if (list === undefined) {
      expect(single !== undefined || type in cannedReferences).toBe(true);
      return;
    }
    const { service, name, actions = [iamAction(service, name)] } = list.operation;
    const { snapshot } = await readAll(type, { [name]: () => denied(name) });
    expect(snapshot.resources.filter((resource) => resource.type === type)).toEqual([]);
    const gaps = snapshot.gaps.filter((gap) => gap.type === type);
    expect(gaps.length).toBeGreaterThan(0);
    // Where child and parent are listed by one operation, the parent's actions are the ones that were refused.
    for (const gap of gaps)
      expect(gap).toMatchObject({
        reason: "AccessDenied",
        action: expect.stringContaining(actions[0] ?? "") as unknown,
      });
  });

  it.each(types)(
    "%s: a refused read makes what it answers unreadable, with the actions to grant, and nothing else",
    async (type) => {
      const { list, reads } = byType(type);
      for (const read of reads) {
        const { service, name, actions = [iamAction(service, name)] } = read.operation;
        if (name === list?.operation.name) continue;
        const { snapshot } = await readAll(type, { [name]: () => denied(name) });
        const [found] = snapshot.resources.filter((resource) => resource.type === type);
        const blamed = Object.entries(found?.unreadable ?? {})
          .filter(([, { action }]) => action === actions.join(", "))
          .map(([property]) => property);
        expect(blamed.sort()).toEqual(
          [...answeredBy(name, reads)]
            .filter((property) => list?.properties.includes(property) !== true)
            .sort(),
        );
        expect(Object.keys(found?.unreadable ?? {}).sort()).toEqual(blamed);
      }
    },
  );

  it.each(types)("%s: an HTML page in the place of an answer is never 'not set'", async (type) => {
    const page = Object.assign(new SyntaxError("Unexpected token '<'"), { $response: { statusCode: 404 } });
    for (const { operation } of byType(type).reads) {
      const { snapshot } = await readAll(type, { [operation.name]: () => page });
      const reasons = [
        ...snapshot.gaps,
        ...snapshot.resources.flatMap(({ unreadable = {} }) => Object.values(unreadable)),
      ].map(({ reason }) => reason);
      expect(new Set(reasons)).toEqual(new Set(["Malformed"]));
    }
  });

  it.each(types)("%s keeps no secret", async (type) => {
    const { snapshot } = await readAll(type);
    expect(JSON.stringify(snapshot)).not.toContain(secret);
  });

  it.each(types)("%s: an error that nobody knows never says 'nothing there'", async (type) => {
    const { list } = byType(type);
    if (list === undefined) return;
    // Where a service came without an operation, 501 is known: it has none of them.
    const status = list.notSet?.includes("NotImplemented") === true ? 400 : 501;
    const { snapshot } = await readAll(type, {
      [list.operation.name]: () => awsError("NoRecording", { status }),
    });
    expect(new Set(snapshot.gaps.map(({ reason }) => reason))).toEqual(new Set(["NoRecording"]));
  });
});

/** What is asked that the schema of a declared operation has no member for: it would not be sent. */
function strangeIn({ service, operation, input }: ApiCall): readonly string[] {
  const declaration = readOperations(service);
  if (declaration?.operations[operation] === undefined) return [];
  const [, , , , asked] = operationSchema(declaration, operation) as readonly Schema[];
  const ns = NormalizedSchema.of(asked as never);
  const known = ns.isStructSchema() ? [...ns.structIterator()].map(([name]) => name) : [];
  return Object.keys(input).filter((name) => !known.includes(name));
}

/** What an operation answers, and what waits for it. */
function answeredBy(name: string, reads: readonly ReadCall[]): ReadonlySet<string> {
  const own = reads
    .filter(({ operation }) => operation.name === name)
    .flatMap(({ properties }) => properties);
  const waiting = reads.filter(({ after = [] }) => after.some((property) => own.includes(property)));
  return new Set([...own, ...waiting.flatMap(({ properties }) => properties)]);
}
