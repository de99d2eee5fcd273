import { NodeHttpHandler } from "@smithy/node-http-handler";

type Request = Parameters<NodeHttpHandler["handle"]>[0];
type Options = NonNullable<Parameters<NodeHttpHandler["handle"]>[1]> & { readonly onHost?: (host: string) => void };

/** Keeps connections alive for all clients, and tells a request's sender which host it leaves for. */
export class WatchedHandler extends NodeHttpHandler {
  override handle(request: Request, options: Options = {}): ReturnType<NodeHttpHandler["handle"]> {
    options.onHost?.(request.port === undefined ? request.hostname : `${request.hostname}:${request.port}`);
    return super.handle(request, options);
  }
}
