/** An address as a number; the family keeps 0.0.0.1 and ::1 apart. */
export type IpAddress = { readonly family: 4 | 6; readonly value: bigint };
/** All addresses from the first to the last, both included. */
export type IpRange = { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint };

const BITS = { 4: 32, 6: 128 } as const;
const MAPPED = 0xffffn << 32n;

/** Reads an address the way EventBridge does: leading zeros are decimal, an IPv4 address mapped into IPv6 is IPv4. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.length > 45) return undefined;
  return text.includes(":") ? parseIp6(text) : parseIp4(text);
}

/** Reads `address/bits`; host bits may be set. A whole address (/32, /128) is refused, as EventBridge refuses it. */
export function parseCidr(text: string): IpRange | undefined {
  const [, address = "", length = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const ip = parseIp(address);
  if (ip === undefined || length === "" || Number(length) >= BITS[ip.family]) return undefined;
  const host = BigInt(BITS[ip.family] - Number(length));
  const first = (ip.value >> host) << host;
  return { family: ip.family, first, last: first + (1n << host) - 1n };
}

/** Whether the text is an address of the range. */
export function isInRange(range: IpRange, text: string): boolean {
  const ip = parseIp(text);
  return ip !== undefined && ip.family === range.family && ip.value >= range.first && ip.value <= range.last;
}

/** Writes an address; IPv6 with all eight groups. */
export function formatIp({ family, value }: IpAddress): string {
  const [groups, width] = family === 4 ? [4, 8n] : [8, 16n];
  const parts = Array.from(
    { length: groups },
    (_, at) => (value >> (width * BigInt(groups - 1 - at))) & ((1n << width) - 1n),
  );
  return family === 4 ? parts.join(".") : parts.map((part) => part.toString(16)).join(":");
}

/** The addresses at and just beyond both ends of a range: they tell it from its neighbours. */
export function bordersOf({ family, first, last }: IpRange): readonly string[] {
  const highest = (1n << BigInt(BITS[family])) - 1n;
  return [first, last, first - 1n, last + 1n]
    .filter((value) => value >= 0n && value <= highest)
    .map((value) => formatIp({ family, value }));
}

function parseIp4(text: string): IpAddress | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || text.length > 15 || parts.some((part) => part > 255)) return undefined;
  return { family: 4, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function parseIp6(text: string): IpAddress | undefined {
  const [left = "", right, more] = text.split("::");
  if (more !== undefined || text.includes(":::")) return undefined;
  const head = groupsOf(left);
  const tail = right === undefined ? [] : groupsOf(right);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<bigint>(missing).fill(0n), ...tail];
  const value = groups.reduce((sum, group) => (sum << 16n) | group, 0n);
  return value >> 32n === MAPPED >> 32n ? { family: 4, value: value & 0xffff_ffffn } : { family: 6, value };
}

function groupsOf(text: string): readonly bigint[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? groups.map((group) => BigInt(`0x${group}`))
    : undefined;
}
