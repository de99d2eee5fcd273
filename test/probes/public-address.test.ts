import { expect, it } from "vitest";
import { isPublicAddress } from "../../src/probes/public-address.js";

it.each([
  ["52.94.236.248", true],
  ["2600:1f18::1", true],
  ["8.8.8.8", true],
  ["127.0.0.1", false],
  ["10.1.2.3", false],
  ["172.16.0.1", false],
  ["172.31.255.255", false],
  ["172.32.0.1", true],
  ["192.168.1.1", false],
  ["169.254.169.254", false],
  ["100.64.0.1", false],
  ["0.0.0.0", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["::1", false],
  ["::", false],
  ["fe80::1", false],
  ["fd00::1", false],
  ["fd00:ec2::254", false],
  ["::ffff:127.0.0.1", false],
  ["::ffff:169.254.169.254", false],
  ["64:ff9b::a9fe:a9fe", false],
  ["2002:7f00:1::", false],
  ["2001:db8::1", false],
  ["localhost", false],
  ["", false],
])("%s is public: %s", (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
