import { leaderRegion } from "../shared/aws/partitions.js";
import { checkAnswers } from "./check-answers.js";
import type { Checkable } from "./check-answers.js";
import type { CredentialChain, Credentials } from "./credential-chain.js";
import type { CredentialOptions } from "./credentials.js";
import { saysExpired } from "./session-errors.js";
import { clientRegion, serviceOf } from "./services.js";
import type { ApiCall, SendOptions, Transport } from "./transport.js";
import type { WatchedHandler } from "./watched-handler.js";

/** What all clients of one source share. */
type Shared = { readonly requestHandler: WatchedHandler; readonly credentials: CredentialChain };

/** What is used of an SDK client. */
type Client = {
  send(command: object, options: object): Promise<unknown>;
  readonly config: { region(): Promise<string> };
};

/**
 * The way to AWS through the SDK. Clients are loaded when first needed, one per service and region; all share one
 * request handler and one credential chain. Endpoints are the SDK's business (`AWS_ENDPOINT_URL` and its kin work).
 *
 * On Node 20 the SDK warns about the Node version on stderr when a client is made, unless the environment has
 * AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true. A library must not change its host's environment: the
 * command's entry sets it.
 */
export function sdkTransport(options: CredentialOptions = {}): Transport {
  const configuredRegion = once(() => findRegion(options.profile));
  let opened: Shared | undefined;
  const shared = once(
    async () =>
      (opened = await share(
        options,
        (await configuredRegion()) ??
          leaderRegion(partitionOfArn(options.roles?.at(-1)?.arn ?? options.roleArn)),
      )),
  );
  const clients = new Map<string, Promise<Client>>();
  const clientFor = ({ service, region }: ApiCall): Promise<Client> => {
    const signed = clientRegion(service, region);
    const key = `${service} ${signed}`;
    const made =
      clients.get(key) ??
      shared().then((common) => makeClient(service, { region: signed, profile: options.profile, ...common }));
    clients.set(key, made);
    return made;
  };
  return {
    configuredRegion,
    async authenticate() {
      const { accountId } = await (await shared()).credentials.current();
      return accountId === undefined ? {} : { accountId };
    },
    async send(call: ApiCall, { signal, onHost }: SendOptions) {
      const { credentials } = await shared();
      const client = await clientFor(call);
      const sendOnce = async (): Promise<unknown> =>
        client.send(await makeCommand(call), { abortSignal: signal, onHost });
      const used = await credentials.current();
      try {
        return await sendOnce();
      } catch (error) {
        if (!saysExpired(error) || isSame(used, await credentials.renew(used))) throw error;
        return sendOnce();
      }
    },
    close() {
      opened?.requestHandler.destroy();
    },
  };
}

// Keys from the environment do not change, however often they are looked up.
function isSame(a: Credentials, b: Credentials): boolean {
  return (
    a.accessKeyId === b.accessKeyId &&
    a.sessionToken === b.sessionToken &&
    a.expiration?.getTime() === b.expiration?.getTime()
  );
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function share(options: CredentialOptions, region: string): Promise<Shared> {
  const [{ patientHandler }, { credentialChain }] = await Promise.all([
    import("./watched-handler.js"),
    import("./credentials.js"),
  ]);
  const requestHandler = patientHandler();
  return { requestHandler, credentials: await credentialChain(options, { requestHandler, region }) };
}

async function makeClient(
  service: string,
  {
    region,
    profile,
    requestHandler,
    credentials,
  }: Shared & { readonly region: string; readonly profile: string | undefined },
): Promise<Client> {
  const made = await makeNamed(service, serviceOf(service).client, {
    region,
    requestHandler,
    // The SDK would keep credentials until shortly before they expire, though AWS may end a session sooner; our chain keeps them itself.
    credentials: Object.assign(() => credentials.current(), { memoized: true }),
    maxAttempts: 1,
    ...(profile === undefined ? {} : { profile }),
    ...(service === "s3" && hasConfiguredEndpoint() ? { forcePathStyle: true } : {}),
    // Else the SDK would leave the configured endpoint for the host of the queue's URL.
    ...(service === "sqs" ? { useQueueUrlAsEndpoint: false } : {}),
    ...(service === "s3control"
      ? asConfigured(process.env["AWS_ENDPOINT_URL_S3_CONTROL"] ?? process.env["AWS_ENDPOINT_URL"])
      : {}),
  });
  // Every client class of the SDK has these two members.
  return made as Client;
}

/** Whether S3 has an endpoint of its own. Before one that is a host name the SDK would put the bucket ("bucket.localhost"), and no setting of the SDK's says otherwise. */
export function hasConfiguredEndpoint(): boolean {
  return (process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"]) !== undefined;
}

// Here it would put the account before the host, which an address or a local name cannot have ("111122223333.127.0.0.1").
function asConfigured(endpoint: string | undefined): object {
  if (endpoint === undefined || !URL.canParse(endpoint)) return {};
  const url = new URL(endpoint);
  return /^(?:localhost|[\d.]+|\[.*\])$/u.test(url.hostname) ? { endpointProvider: () => ({ url }) } : {};
}

async function makeCommand(call: ApiCall): Promise<object> {
  // Every command class of the SDK has this member.
  const command = (await makeNamed(call.service, `${call.operation}Command`, call.input)) as Checkable;
  checkAnswers(command, call);
  return command;
}

/** Makes an instance of a class that an SDK module exports; the one place where the SDK is reached by name. */
async function makeNamed(service: string, name: string, argument: object): Promise<object> {
  const sdk = await serviceOf(service).load();
  const Named: unknown = Reflect.get(sdk, name);
  if (typeof Named !== "function") throw new Error(`the SDK's ${service} client has no ${name}`);
  // A class makes objects.
  return Reflect.construct(Named, [argument]) as object;
}

async function findRegion(profile: string | undefined): Promise<string | undefined> {
  const made = await makeNamed("sts", serviceOf("sts").client, profile === undefined ? {} : { profile });
  try {
    // As in `makeClient`.
    return await (made as Client).config.region();
  } catch {
    // The SDK throws where no region is configured; the partition's leader region then does.
    return undefined;
  }
}

function partitionOfArn(arn: string | undefined): string {
  return arn?.split(":")[1] ?? "aws";
}
