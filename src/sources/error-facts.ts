/** What can be read off an error that the SDK or Node threw. */
export type ErrorFacts = {
  readonly name: string;
  /** Node's code, such as ECONNREFUSED. */
  readonly code?: string;
  /** The HTTP status of AWS's answer. */
  readonly status?: number;
  /** One line, without secrets, at most 300 characters. */
  readonly message: string;
};

/** Reads the facts off an error; of several attempts at one name (IPv6, then IPv4), off the first. */
export function lookInto(error: unknown): ErrorFacts {
  if (!isRecord(error)) return { name: "Error", message: tidy(String(error)) };
  const nested: unknown = Array.isArray(error["errors"]) ? error["errors"][0] : undefined;
  const code = textOf(error["code"]) ?? (isRecord(nested) ? textOf(nested["code"]) : undefined);
  const status = statusOf(error);
  const message =
    textOf(error["message"]) || (isRecord(nested) ? textOf(nested["message"]) : undefined) || (code ?? "");
  return {
    name: textOf(error["name"]) || "Error",
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    message: tidy(message),
  };
}

// AWS repeats what was signed, tokens included, in some messages. 40 characters of that alphabet in a row are a key or a token, unless they are part of an ARN.
function tidy(message: string): string {
  const [line = ""] = message.split(/[\r\n]/u);
  const words = line
    .split(" ")
    .map((word) => (word.includes("arn:") ? word : word.replace(/[A-Za-z0-9+/=_-]{40,}/gu, "…")));
  const safe = words
    .join(" ")
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/gu, "…")
    .replace(/\p{Cc}/gu, " ");
  return safe.length > 300 ? `${safe.slice(0, 299)}…` : safe;
}

function statusOf(error: Readonly<Record<string, unknown>>): number | undefined {
  const metadata = error["$metadata"];
  const fromMetadata = isRecord(metadata) ? metadata["httpStatusCode"] : undefined;
  if (typeof fromMetadata === "number") return fromMetadata;
  // An answer that could not be parsed has no metadata, but carries the response itself.
  const response = error["$response"];
  const fromResponse = isRecord(response) ? response["statusCode"] : undefined;
  return typeof fromResponse === "number" ? fromResponse : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
