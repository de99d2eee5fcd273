// What a request on the wire asks: service, region, account, operation, params. It is read from the SigV4 scope and
// from the protocol that the client speaks (awsJson, REST JSON, query, EC2 query, S3's REST XML).
import { findRoute, identifyS3, isRestJson } from "./routes.mjs";

// An SDK with a configured endpoint signs for the client's region even where the service has only one.
const GLOBAL_SERVICES = new Set(["support", "organizations", "iam", "sts", "account"]);

const DEFAULT_ACCOUNT = "123456789012";

/** `headers` as Node gives them; `body` is a Buffer. */
export function identify({ method, url, headers, body }) {
  const { pathname, searchParams } = new URL(url, "http://aws");
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4/.exec(headers.authorization ?? "");
  const [, accessKeyId, signedRegion, service] = scope ?? [];
  const region = GLOBAL_SERVICES.has(service) ? "us-east-1" : signedRegion;
  const path = decodeURIComponent(pathname);
  const request = {
    method,
    path,
    query: [...searchParams],
    headers,
    body,
    service,
    region,
    accessKeyId,
    account: accountOf(accessKeyId),
  };
  const asked = readQuestion(request, searchParams);
  const unnamed = `${method} ${path}`;
  return { ...request, ...asked, operation: asked.operation ?? unnamed, params: asked.params ?? {} };
}

/** AKIA<12 digits>TEST is a user of that account, ASIA<12 digits>ROLE an assumed role. */
function accountOf(accessKeyId) {
  return /^A[KS]IA(\d{12})[A-Z0-9]{4}$/.exec(accessKeyId ?? "")?.[1] ?? DEFAULT_ACCOUNT;
}

function readQuestion(request, searchParams) {
  const { headers, body, service, method, path } = request;
  const contentType = headers["content-type"] ?? "";
  const target = headers["x-amz-target"];
  if (target)
    return {
      protocol: contentType.includes("json-1.0") ? "json10" : "json11",
      operation: target.split(".").pop(),
      params: parseJson(body),
    };
  if (contentType.startsWith("application/x-www-form-urlencoded")) return readForm(service, body);
  if (service === "s3") return { protocol: "s3", ...identifyS3(method, path, searchParams) };
  if (!isRestJson(service)) return {};
  const route = findRoute(service, method, path);
  if (!route) return { protocol: "restjson" };
  return {
    protocol: "restjson",
    operation: route.operation,
    params: { ...Object.fromEntries(request.query), ...parseJson(body), ...route.labels },
  };
}

function readForm(service, body) {
  const form = new URLSearchParams(body.toString());
  const params = {};
  for (const [name, value] of form) {
    if (name === "Action" || name === "Version") continue;
    const member = /^(.+?)\.(?:member\.)?\d+$/.exec(name);
    if (member) (params[member[1]] ??= []).push(value);
    else params[name] = value;
  }
  return {
    protocol: service === "ec2" ? "ec2" : "query",
    operation: form.get("Action") ?? undefined,
    params,
  };
}

export function parseJson(buffer) {
  try {
    return buffer.length > 0 ? JSON.parse(buffer.toString()) : {};
  } catch {
    return {};
  }
}
