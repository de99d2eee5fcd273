/**
 * Where a subscription sends to, fit for a report: of a web address only scheme and host, since the rest often is the
 * key of a paging or chat service. Everything else stands as it is.
 */
export function endpointOf(protocol: string | undefined, endpoint: string | undefined): string | undefined {
  const isWeb = protocol === "http" || protocol === "https" || /^https?:/iu.test(endpoint ?? "");
  if (!isWeb) return endpoint;
  return endpoint !== undefined && URL.canParse(endpoint) ? `${new URL(endpoint).origin}/…` : undefined;
}
