/** An IP network in CIDR notation, or one address as the narrowest network. `bits` is 32 for IPv4 and 128 for IPv6. */
export type Network = { readonly bits: 32 | 128; readonly address: bigint; readonly prefix: number };

/** Reads "203.0.113.0/24", "2001:db8::/32" or a plain address; undefined where the text is none. */
export function parseNetwork(text: string): Network | undefined {
  const [written = "", length, ...rest] = text.split("/");
  const bits = written.includes(":") ? 128 : 32;
  const address = bits === 128 ? parseV6(written) : parseV4(written);
  const prefix = length === undefined ? bits : Number(length);
  const isPrefix = length === undefined || (/^\d{1,3}$/u.test(length) && prefix <= bits);
  return address === undefined || !isPrefix || rest.length > 0 ? undefined : { bits, address, prefix };
}

/** Whether one network, or address, lies wholly in another one. */
export function isInside(inner: Network, outer: Network): boolean {
  if (inner.bits !== outer.bits || inner.prefix < outer.prefix) return false;
  const rest = BigInt(outer.bits - outer.prefix);
  return inner.address >> rest === outer.address >> rest;
}

function parseV4(text: string): bigint | undefined {
  const bytes = text.split(".");
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/u.test(byte) && Number(byte) <= 255))
    return undefined;
  return bytes.reduce((address, byte) => (address << 8n) | BigInt(byte), 0n);
}

function parseV6(text: string): bigint | undefined {
  const [before = "", after, ...more] = text.split("::");
  const head = groupsOf(before);
  const tail = after === undefined ? [] : groupsOf(after);
  const missing = 8 - head.length - tail.length;
  if (more.length > 0 || (after === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/iu.test(group))) return undefined;
  return groups.reduce((address, group) => (address << 16n) | BigInt(`0x${group}`), 0n);
}

function groupsOf(text: string): readonly string[] {
  if (text === "") return [];
  const groups = text.split(":");
  const last = groups.at(-1) ?? "";
  const embedded = last.includes(".") ? parseV4(last) : undefined;
  if (embedded === undefined) return groups;
  return [...groups.slice(0, -1), (embedded >> 16n).toString(16), (embedded & 0xffffn).toString(16)];
}
