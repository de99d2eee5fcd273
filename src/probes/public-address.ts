import { isInside, parseNetwork } from "../shared/ip-network.js";
import type { Network } from "../shared/ip-network.js";

const networks = (...texts: readonly string[]): readonly Network[] =>
  texts.flatMap((text) => parseNetwork(text) ?? []);

// https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry
const special = networks(
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
);
const [globalV6] = networks("2000::/3");

/** Whether an IP address belongs to the public internet: not private, loopback, link-local, documentation or the like. */
export function isPublicAddress(address: string): boolean {
  const network = parseNetwork(address);
  if (network === undefined || special.some((range) => isInside(network, range))) return false;
  return network.bits === 32 || (globalV6 !== undefined && isInside(network, globalV6));
}
