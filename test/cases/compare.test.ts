import { expect, test } from "vitest";
import type { Case } from "../../src/core/case.js";
import type { Finding } from "../../src/core/report.js";
import { compareFindings } from "../../src/cases/compare.js";
import { finding } from "../support/build.js";

const on = (id: string, part: Partial<Finding> = {}): Finding =>
  finding({ subject: { kind: "resource", type: "T", id, arn: `arn:${id}` }, ...part });
const account = finding({
  subject: { kind: "account", type: "AWS::Account", id: "111122223333" },
  region: "global",
  status: "fail",
  message: "there is none",
});
const failed = on("a", {
  status: "fail",
  message: "trail a is off",
  witness: { resource: "arn:a", event: { name: "X", tags: ["p", "q"] } },
});
const unread = on("b", { status: "unknown", reason: "unreadable", message: "AccessDenied" });

/** "path subject what: expected | got" of each difference. */
function differences(expect: Case["expect"], ...findings: readonly Finding[]): readonly string[] {
  return compareFindings(expect, findings).map(
    ({ path, subject = "", what, expected, got }) =>
      `${path.join(".")} ${subject} ${what}: ${expected} | ${got}`,
  );
}

test.each<[string, Case["expect"], readonly Finding[]]>([
  ["one verdict for every finding", "pass", [on("a"), on("b")]],
  ["a verdict with the whole message", { verdict: "fail", message: "trail a is off" }, [failed]],
  ["a pattern of a message", { verdict: "fail", message: "*is*" }, [failed]],
  ["a part of a witness", { verdict: "fail", witness: { event: { name: "X" } } }, [failed]],
  ["a reason", { verdict: "unknown", reason: "unreadable" }, [unread]],
  [
    "a list by id and by ARN",
    [
      { subject: "a", verdict: "fail" },
      { subject: "arn:b", verdict: "unknown" },
    ],
    [failed, unread],
  ],
  ["the account by its name and by its number", [{ subject: "account", verdict: "fail" }], [account]],
  ["the account by its number", [{ subject: "111122223333", verdict: "fail" }], [account]],
])("%s fits", (_, expected, findings) => {
  expect(differences(expected, ...findings)).toEqual([]);
});

test.each<[string, Case["expect"], readonly Finding[], readonly string[]]>([
  ["one of the findings has another verdict", "pass", [on("a"), failed], ["expect a verdict: pass | fail"]],
  ["a verdict of a mapping", { verdict: "pass" }, [account], ["expect account verdict: pass | fail"]],
  [
    "a message that is only part of the pattern's",
    { verdict: "fail", message: "trail a" },
    [failed],
    ["expect.message a message: trail a | trail a is off"],
  ],
  [
    "another member of the witness",
    { verdict: "fail", witness: { event: { name: "Y" } } },
    [failed],
    ['expect.witness a witness: {"event":{"name":"Y"}} | {"event":{"name":"X","tags":["p","q"]}}'],
  ],
  [
    "a list in the witness that is not complete",
    { verdict: "fail", witness: { event: { tags: ["p"] } } },
    [failed],
    ['expect.witness a witness: {"event":{"tags":["p"]}} | {"event":{"name":"X","tags":["p","q"]}}'],
  ],
  [
    "a witness where there is none",
    { verdict: "unknown", witness: { a: 1 } },
    [unread],
    ['expect.witness b witness: {"a":1} | no witness'],
  ],
  [
    "another reason",
    { verdict: "unknown", reason: "not-collected" },
    [unread],
    ["expect.reason b reason: not-collected | unreadable"],
  ],
  [
    "nothing else is said about another verdict",
    { verdict: "pass", message: "x", witness: { a: 1 } },
    [failed],
    ["expect a verdict: pass | fail"],
  ],
  [
    "a finding that the list does not name",
    [{ subject: "a", verdict: "fail" }],
    [failed, unread],
    ["expect b subject: no finding about it, since the list does not name it | unknown"],
  ],
  [
    "a subject without a finding",
    [
      { subject: "a", verdict: "fail" },
      { subject: "c", verdict: "pass" },
    ],
    [failed],
    ["expect.1.subject c subject: a finding about it | findings about a only"],
  ],
  [
    "several things at once",
    [{ subject: "a", verdict: "fail", message: "x", witness: { z: 1 } }],
    [failed],
    [
      "expect.0.message a message: x | trail a is off",
      'expect.0.witness a witness: {"z":1} | {"resource":"arn:a","event":{"name":"X","tags":["p","q"]}}',
    ],
  ],
])("%s is a difference", (_, expected, findings, told) => {
  expect(differences(expected, ...findings)).toEqual(told);
});
