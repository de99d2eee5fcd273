import type { Case, Difference, ExpectedVerdict } from "../core/case.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import type { Finding } from "../core/report.js";
import { matchesGlob } from "../shared/glob.js";
import { isArray, isObject } from "../shared/read-property.js";

/** What keeps findings from being what a case expects; empty where they are. Paths begin at the case. */
export function compareFindings(expect: Case["expect"], findings: readonly Finding[]): readonly Difference[] {
  if (typeof expect === "string")
    return findings.flatMap((finding) => compareOne({ verdict: expect }, finding, ["expect"]));
  if (!isList(expect)) return findings.flatMap((finding) => compareOne(expect, finding, ["expect"]));
  const missed = expect.flatMap((expected, index) => {
    const path = ["expect", index];
    const about = findings.filter((finding) => isAbout(finding, expected.subject));
    return about.length > 0
      ? about.flatMap((finding) => compareOne(expected, finding, path))
      : [absent(expected.subject, findings, path)];
  });
  const unexpected = findings.filter((finding) => !expect.some(({ subject }) => isAbout(finding, subject)));
  return [...missed, ...unexpected.map(superfluous)];
}

/** What a person calls a finding's subject: `account`, or its id. */
export function subjectName({ subject }: Finding): string {
  return subject.kind === "account" ? "account" : subject.id;
}

function isList(
  expect: Exclude<Case["expect"], string>,
): expect is Extract<Case["expect"], readonly unknown[]> {
  return Array.isArray(expect);
}

function isAbout({ subject }: Finding, name: string): boolean {
  return subject.id === name || subject.arn === name || (subject.kind === "account" && name === "account");
}

function absent(subject: string, findings: readonly Finding[], path: Difference["path"]): Difference {
  const names = [...new Set(findings.map(subjectName))];
  return {
    path: [...path, "subject"],
    subject,
    what: "subject",
    expected: "a finding about it",
    got: names.length === 0 ? "no finding at all" : `findings about ${names.join(", ")} only`,
  };
}

function superfluous(finding: Finding): Difference {
  return {
    path: ["expect"],
    subject: subjectName(finding),
    what: "subject",
    expected: "no finding about it, since the list does not name it",
    got: finding.status,
    because: finding.message,
  };
}

function compareOne(
  expected: ExpectedVerdict,
  finding: Finding,
  path: Difference["path"],
): readonly Difference[] {
  const { status, message } = finding;
  const subject = subjectName(finding);
  const within = (key: string): Difference["path"] =>
    path.length > 1 || key !== "verdict" ? [...path, key] : path;
  // The rest of another verdict says nothing about what was expected.
  if (status !== expected.verdict) {
    const { verdict } = expected;
    return [
      { path: within("verdict"), subject, what: "verdict", expected: verdict, got: status, because: message },
    ];
  }
  return [
    ...messageDifference(expected, finding),
    ...reasonDifference(expected, finding),
    ...witnessDifference(expected, finding),
  ].map((difference) => ({ path: within(difference.what), subject, ...difference }));
}

type Told = Omit<Difference, "path" | "subject">;

function messageDifference(expected: ExpectedVerdict, { message }: Finding): readonly Told[] {
  if (expected.message === undefined || matchesGlob(expected.message, message)) return [];
  return [{ what: "message", expected: expected.message, got: message }];
}

function reasonDifference(expected: ExpectedVerdict, { reason, message }: Finding): readonly Told[] {
  if (expected.reason === undefined || expected.reason === reason) return [];
  return [{ what: "reason", expected: expected.reason, got: reason ?? "none", because: message }];
}

function witnessDifference(expected: ExpectedVerdict, { witness }: Finding): readonly Told[] {
  if (expected.witness === undefined || holds(expected.witness, witness)) return [];
  return [
    {
      what: "witness",
      expected: JSON.stringify(expected.witness),
      got: shown(expected.witness, witness),
    },
  ];
}

function holds(expected: JsonObject, found: JsonObject | undefined): boolean {
  return found !== undefined && isWithin(expected, found);
}

// Members that are not named are free; lists are complete.
function isWithin(expected: JsonValue, found: JsonValue | undefined): boolean {
  if (isArray(expected))
    return (
      isArray(found) &&
      expected.length === found.length &&
      expected.every((item, index) => isWithin(item, found[index]))
    );
  if (!isObject(expected)) return expected === found;
  return (
    isObject(found) &&
    Object.entries(expected).every(([key, value]) => Object.hasOwn(found, key) && isWithin(value, found[key]))
  );
}

/** The members of a witness that are asked for, or all where none of them is there. */
function shown(expected: JsonObject, found: JsonObject | undefined): string {
  if (found === undefined) return "no witness";
  const asked = Object.entries(found).filter(([key]) => Object.hasOwn(expected, key));
  return JSON.stringify(asked.length === 0 ? found : Object.fromEntries(asked));
}
