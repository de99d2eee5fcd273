import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TypeRegistry } from "@smithy/core/schema";
import { describe, expect, it } from "vitest";
import { declaredService } from "../../src/aws/declared-client.js";
import { operationSchema } from "../../src/aws/declared-schema.js";
import type { Declaration } from "../../src/aws/declared-schema.js";
import { readOperations, declaredServices } from "../../src/generated/operations.js";
import { answerIn, cannedHandler, known, refusalIn, sample } from "./support/wire.js";
import type { Canned, Sent } from "./support/wire.js";

type Command = new (input: object) => object;
type Client = { send(command: object): Promise<object> };
type Module = Readonly<Record<string, Command>> & { readonly Client: new (config: object) => Client };

// What is in scripts/ has no types: it is tools, not product.
const { clientModule, clientClass, operationsText } = (await import(
  join(import.meta.dirname, "../../scripts/operations.mjs")
)) as {
  readonly operationsText: () => Promise<string>;
  readonly clientModule: (service: string) => Promise<Readonly<Record<string, Command>>>;
  readonly clientClass: (sdk: object) => new (config: object) => Client;
};

const regions = ["us-east-1", "eu-west-3", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"];
const switches = [{}, { useFipsEndpoint: true }, { useDualstackEndpoint: true }];

type Told = { readonly sent?: Sent | undefined; readonly output?: unknown; readonly error?: unknown };

async function tell(
  Client: new (config: object) => Client,
  command: object,
  config: object,
  answer: Canned,
): Promise<Told> {
  const requestHandler = cannedHandler(answer);
  const client = new Client({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIA", secretAccessKey: "s", sessionToken: "t" },
    maxAttempts: 1,
    ...config,
    requestHandler,
  });
  try {
    const answered = Object.entries(await client.send(command));
    return {
      sent: requestHandler.sent[0],
      output: Object.fromEntries(answered.filter(([name]) => name !== "$metadata")),
    };
  } catch (error) {
    const { name, message } = error as Error;
    return { sent: requestHandler.sent[0], error: { name, message } };
  }
}

const services = declaredServices();
const operationsOf = (service: string): readonly string[] => Object.keys(declarationOf(service).operations);

function declarationOf(service: string): Declaration {
  const declaration = readOperations(service);
  if (declaration === undefined) throw new Error(`${service} is not declared`);
  return declaration;
}

const all = services.flatMap((service) => operationsOf(service).map((name) => [service, name] as const));
const empty: Canned = { status: 200, headers: {}, body: "" };

/** The codes of all errors in the SDK's model of a service. */
function codesOf(Real: new (config: object) => Client): readonly string[] {
  const { config } = new Real({ region: "us-east-1" }) as unknown as {
    readonly config: { readonly protocolSettings: { readonly errorTypeRegistries: readonly Registry[] } };
  };
  const schemas = config.protocolSettings.errorTypeRegistries.flatMap((registry) => [
    ...registry.schemas.values(),
  ]);
  return schemas.flatMap(([kind, , name, traits]) =>
    kind === -3
      ? [(traits as { readonly awsQueryError?: readonly string[] }).awsQueryError?.[0] ?? String(name)]
      : [],
  );
}

type Registry = { readonly schemas: ReadonlyMap<string, readonly unknown[]> };

it("what is declared is what is asked: `node scripts/operations.mjs` would change nothing", async () => {
  const written = readFileSync(join(import.meta.dirname, "../../src/aws/operations.json"), "utf8");
  expect(await operationsText()).toBe(written);
});

describe("the declared client", () => {
  it.each(all)("%s %s: the same request leaves, and the same answer is understood", async (service, name) => {
    const declaration = declarationOf(service);
    const own = declaredService(service) as Module;
    const sdk = await clientModule(service);
    const Real = clientClass(sdk);
    const [, , , , input, output] = operationSchema(declaration, name) as readonly never[];
    const value = sample(input as never) ?? {};
    const model = (sdk as unknown as Readonly<Record<string, readonly unknown[]>>)[`${name}$`] ?? [];
    const full = (sample(model[5] as never) ?? {}) as Readonly<Record<string, unknown>>;
    const answer = answerIn({ name: declaration.protocol }, model, full);
    const [mine, its] = await Promise.all([
      tell(own.Client, new own[`${name}Command`]!(value), {}, answer),
      tell(Real, new sdk[`${name}Command`]!(value), {}, answer),
    ]);
    expect(mine.error).toBeUndefined();
    expect(mine.sent).toEqual(its.sent);
    expect(mine.output).toEqual(known(output as never, its.output));
    expect(Object.keys(mine.output as object).length).toBeGreaterThan(0);
  });

  it.each(services)("%s: the endpoints of all partitions are the SDK's", async (service) => {
    const own = declaredService(service) as Module;
    const sdk = await clientModule(service);
    const Real = clientClass(sdk);
    const [name = ""] = operationsOf(service);
    const value =
      sample((operationSchema(declarationOf(service), name) as readonly never[])[4] as never) ?? {};
    for (const region of regions)
      for (const more of switches) {
        const config = { region, ...more };
        const mine = await tell(own.Client, new own[`${name}Command`]!(value), config, empty);
        const its = await tell(Real, new sdk[`${name}Command`]!(value), config, empty);
        expect([region, more, mine.sent]).toEqual([region, more, its.sent]);
        if (its.sent === undefined) expect(mine.error).toEqual(its.error);
      }
  });

  it.each(services)("%s: every error has the name and the message that the SDK gives it", async (service) => {
    const { protocol } = declarationOf(service);
    const own = declaredService(service) as Module;
    const sdk = await clientModule(service);
    const Real = clientClass(sdk);
    const [name = ""] = operationsOf(service);
    const value =
      sample((operationSchema(declarationOf(service), name) as readonly never[])[4] as never) ?? {};
    // The SDK keeps what it knows of errors in one place for all clients; the declared one must do without.
    (TypeRegistry as unknown as { readonly registries: Map<string, unknown> }).registries.clear();
    for (const code of [...codesOf(Real), "SomethingNew"]) {
      const answer = refusalIn(protocol, code, "because");
      const mine = await tell(own.Client, new own[`${name}Command`]!(value), {}, answer);
      const its = await tell(Real, new sdk[`${name}Command`]!(value), {}, answer);
      expect([code, mine.error]).toEqual([code, its.error]);
      expect(mine.error).toMatchObject({ message: "because" });
    }
  });
});
