import type { ApiCall, Transport } from "../../../src/aws/transport.js";

/** An AWS that answers from functions. `calls` are the requests that left. */
export type FakeAws = {
  readonly transport: Transport;
  readonly calls: ApiCall[];
  count(operation: string): number;
};

export type Respond = (call: ApiCall) => unknown;

export type FakeOptions = {
  /** By operation name; a returned Error is thrown. */
  readonly answers: Readonly<Record<string, Respond>>;
  readonly host?: (call: ApiCall) => string;
  /** Waited for before each answer. */
  readonly delay?: (call: ApiCall) => Promise<void>;
  readonly authenticate?: () => Promise<{ readonly accountId?: string }>;
  readonly configuredRegion?: string;
};

export const accountId = "111111111111";

const usual: Readonly<Record<string, Respond>> = {
  GetCallerIdentity: () => ({ Account: accountId, Arn: `arn:aws:iam::${accountId}:user/auditor` }),
  ListRegions: () => ({ Regions: [{ RegionName: "us-east-1" }, { RegionName: "eu-west-1" }] }),
};

export function fakeAws({
  answers,
  host = ({ service, region }) => `${service}.${region}`,
  delay,
  authenticate,
  configuredRegion = "us-east-1",
}: FakeOptions): FakeAws {
  const calls: ApiCall[] = [];
  const all = { ...usual, ...answers };
  return {
    calls,
    count: (operation) => calls.filter((call) => call.operation === operation).length,
    transport: {
      configuredRegion: () => Promise.resolve(configuredRegion),
      authenticate: authenticate ?? (() => Promise.resolve({})),
      async send(call, { onHost }) {
        onHost(host(call));
        calls.push(call);
        await delay?.(call);
        const answer = await all[call.operation]?.(call);
        if (answer === undefined) throw awsError("NoRecording", { status: 501 });
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  };
}

/** An error as the SDK throws it. */
export function awsError(
  name: string,
  {
    status = 400,
    message = `${name} happened`,
  }: { readonly status?: number; readonly message?: string } = {},
): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** An error as Node throws it. */
export function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

export const denied = (action: string): Error =>
  awsError("AccessDeniedException", { message: `User: auditor is not authorized to perform: ${action}` });

/** Never answers. */
export const hangs = (): Promise<never> => new Promise(() => undefined);

/** A member of the input that is text; "" where there is none. */
export function inputText({ input }: Pick<ApiCall, "input">, name: string): string {
  const value = input[name];
  return typeof value === "string" ? value : "";
}
