import { NodeHttpHandler } from "@smithy/node-http-handler";

type Request = Parameters<NodeHttpHandler["handle"]>[0];
type Options = NonNullable<Parameters<NodeHttpHandler["handle"]>[1]> & {
  readonly onHost?: (host: string) => void;
};

/** Keeps connections alive for all clients, and tells a request's sender which host it leaves for. */
export class WatchedHandler extends NodeHttpHandler {
  override handle(request: Request, options: Options = {}): ReturnType<NodeHttpHandler["handle"]> {
    options.onHost?.(request.port === undefined ? request.hostname : `${request.hostname}:${request.port}`);
    return super.handle(request, options);
  }
}

/** A handler with the connections of one source. Its limits are for AssumeRole, which no caller of ours times; every other request is ended by its signal. */
export function patientHandler(): WatchedHandler {
  return new WatchedHandler({
    connectionTimeout: 5000,
    requestTimeout: 5000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 64 },
    httpsAgent: { keepAlive: true, maxSockets: 64 },
  });
}
