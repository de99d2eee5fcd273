import { describe, expect, test } from "vitest";
import { isInside, parseNetwork } from "../../src/shared/ip-network.js";

describe("a network", () => {
  test.each([
    ["203.0.113.0/24", { bits: 32, address: 0xcb007100n, prefix: 24 }],
    ["203.0.113.7", { bits: 32, address: 0xcb007107n, prefix: 32 }],
    ["::/0", { bits: 128, address: 0n, prefix: 0 }],
    ["::1", { bits: 128, address: 1n, prefix: 128 }],
    ["2001:db8::/32", { bits: 128, address: 0x20010db8n << 96n, prefix: 32 }],
    ["2001:db8:0:0:0:0:0:1", { bits: 128, address: (0x20010db8n << 96n) | 1n, prefix: 128 }],
    ["::ffff:203.0.113.7", { bits: 128, address: 0xffffcb007107n, prefix: 128 }],
  ])("%s is read", (text, network) => {
    expect(parseNetwork(text)).toEqual(network);
  });
  test.each([
    "",
    "host",
    "1.2.3",
    "1.2.3.256",
    "1.2.3.4/33",
    "1.2.3.4/",
    "1.2.3.4/8/9",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "g::",
    "::1/129",
  ])("%j is none", (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });
});

test.each([
  ["203.0.113.7", "203.0.113.0/24", true],
  ["203.0.113.0/25", "203.0.113.128/24", true],
  ["203.0.113.0/23", "203.0.113.0/24", false],
  ["203.0.114.1", "203.0.113.0/24", false],
  ["::1", "0.0.0.0/0", false],
  ["2001:db8:ffff::1", "2001:db8::/32", true],
])("%s in %s: %s", (inner, outer, is) => {
  const [a, b] = [parseNetwork(inner), parseNetwork(outer)];
  expect(a !== undefined && b !== undefined && isInside(a, b)).toBe(is);
});
