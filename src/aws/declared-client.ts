import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import type { CloudTrailClientConfig } from "@aws-sdk/client-cloudtrail";
import { awsEndpointFunctions, createDefaultUserAgentProvider } from "@aws-sdk/core/client";
import {
  AwsEc2QueryProtocol,
  AwsJson1_0Protocol,
  AwsJson1_1Protocol,
  AwsQueryProtocol,
  AwsRestJsonProtocol,
  AwsRestXmlProtocol,
} from "@aws-sdk/core/protocols";
import { makeBuilder } from "@smithy/core/client";
import {
  BinaryDecisionDiagram,
  customEndpointFunctions,
  decideEndpoint,
  getEndpointPlugin,
} from "@smithy/core/endpoints";
import { TypeRegistry } from "@smithy/core/schema";
import { version } from "../core/version.js";
import { readOperations } from "../generated/operations.js";
import { operationSchema } from "./declared-schema.js";
import type { Declaration } from "./declared-schema.js";

customEndpointFunctions["aws"] = awsEndpointFunctions;

const protocols = {
  AwsEc2QueryProtocol,
  AwsJson1_0Protocol,
  AwsJson1_1Protocol,
  AwsQueryProtocol,
  AwsRestJsonProtocol,
  AwsRestXmlProtocol,
};

// What every endpoint depends on.
const parameters = {
  UseFIPS: { type: "builtInParams", name: "useFipsEndpoint" },
  Endpoint: { type: "builtInParams", name: "endpoint" },
  Region: { type: "builtInParams", name: "region" },
  UseDualStack: { type: "builtInParams", name: "useDualstackEndpoint" },
} as const;

/** A command of an operation, as the SDK's own modules export one for each. */
type CommandClass = new (input: object) => object;

/**
 * A service in the shape of the SDK's modules, made of what `operations.json` declares: `Client`, and a class such as
 * `DescribeVpcsCommand` for each operation. All that the SDK's clients do alike is done by one of them, CloudTrail's: it is given another
 * protocol, other schemas and other endpoints.
 *
 * @throws Error where the service is not declared.
 */
export function declaredService(service: string): object {
  const known = made.get(service) ?? make(service);
  made.set(service, known);
  return known;
}

const made = new Map<string, object>();

function make(service: string): object {
  const declaration = readOperations(service);
  if (declaration === undefined) throw new Error(`src/aws/operations.json declares no ${service}`);
  const build = makeBuilder(
    parameters,
    declaration.settings["serviceTarget"] ?? service,
    `${declaration.serviceId}Client`,
    getEndpointPlugin,
  );
  const commands = Object.keys(declaration.operations).map((name): [string, CommandClass] => {
    // The SDK types its schemas more narrowly than it writes them; the test of this file holds them against its own.
    const schema = operationSchema(declaration, name) as unknown as Parameters<typeof build>[3];
    return [`${name}Command`, build({}, () => [], name, schema)];
  });
  return { Client: clientOf(declaration), ...Object.fromEntries(commands) };
}

function clientOf(declaration: Declaration): new (config: CloudTrailClientConfig) => object {
  const { serviceId, signingName, settings } = declaration;
  const own = {
    serviceId,
    signingName,
    protocol: protocolOf(declaration),
    protocolSettings: { ...settings, errorTypeRegistries: [errorsOf(declaration)] },
    endpointProvider: endpointProviderOf(declaration),
    httpAuthSchemeProvider: ({ region }: { readonly region?: string }) => [
      {
        schemeId: "aws.auth#sigv4",
        signingProperties: { name: signingName, region },
        propertiesExtractor: (config: unknown, context: unknown) => ({
          signingProperties: { config, context },
        }),
      },
    ],
    defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId, clientVersion: version }),
  };
  return class extends CloudTrailClient {
    constructor(config: CloudTrailClientConfig) {
      // Its constructor takes these from its configuration, though the types name only what users set.
      super({ ...own, ...config });
      for (const [name, value] of Object.entries(declaration.headers ?? {})) setHeader(this, name, value);
    }
  };
}

function protocolOf({ protocol, serviceId }: Declaration): (typeof protocols)[keyof typeof protocols] {
  const found = Object.entries(protocols).find(([name]) => name === protocol);
  if (found === undefined) throw new Error(`${serviceId} speaks ${protocol}, which is not declared`);
  return found[1];
}

function endpointProviderOf({
  endpoint,
}: Declaration): NonNullable<CloudTrailClientConfig["endpointProvider"]> {
  const { nodes, root, conditions, results } = endpoint;
  // Conditions and results are as the SDK's clients have them.
  const diagram = BinaryDecisionDiagram.from(
    new Int32Array(nodes),
    root,
    conditions as Parameters<typeof BinaryDecisionDiagram.from>[2],
    results as Parameters<typeof BinaryDecisionDiagram.from>[3],
  );
  return (endpointParams, context = {}) =>
    decideEndpoint(diagram, {
      // Members that are not set are looked up like those that are missing.
      endpointParams: endpointParams as Parameters<typeof decideEndpoint>[1]["endpointParams"],
      ...(context.logger === undefined ? {} : { logger: context.logger }),
    });
}

// Error names are what collectors list under notSet and gone: as in the model, not as some protocols send them.
function errorsOf({ settings: { defaultNamespace }, errors }: Declaration): TypeRegistry {
  const registry = new TypeRegistry(defaultNamespace);
  for (const [code, name] of Object.entries(errors)) {
    const NamedError = class extends Error {
      override readonly name = name;
    };
    registry.registerError(
      [-3, defaultNamespace, name, { awsQueryError: [code, 400], error: "client" }, ["message"], [0]],
      NamedError,
    );
  }
  return registry;
}

type Request = { readonly headers: Record<string, string> };

function setHeader(client: CloudTrailClient, name: string, value: string): void {
  client.middlewareStack.add(
    (next) => (args) => {
      // The SDK has built an HTTP request by this step.
      (args.request as Request).headers[name] ??= value;
      return next(args);
    },
    { step: "build", name: `watchproof-${name}` },
  );
}
