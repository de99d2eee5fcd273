import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/account.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Gap } from "../../../src/core/snapshot.js";
import { trustedAdvisor } from "../../../src/evaluators/trusted-advisor/trusted-advisor.js";
import { byHeading, nameOfFlagged } from "../../../src/reasoning/advice/metadata.js";
import { account, accountId, resource } from "../../support/build.js";

type Options = Parameters<typeof trustedAdvisor.evaluate>[1];

const takenAt = "2026-11-20T18:00:00.000Z";
const noon = "2026-11-20T12:00:00Z";
const CHECK = "AWS::TrustedAdvisor::Check";
const RECOMMENDATION = "AWS::TrustedAdvisor::Recommendation";
const ACCESS = "AWS::TrustedAdvisor::Access";

const check = (id: string, Status: string, more: JsonObject = {}): Resource =>
  resource({
    type: CHECK,
    id,
    observed: {
      Name: id,
      Category: "security",
      Headings: ["Status", "Region", "Bucket Name"],
      Status,
      Timestamp: noon,
      ResourcesSummary: { resourcesSuppressed: 0 },
      FlaggedResources: null,
      ...more,
    },
  });
const recommendation = (id: string, Status: string, more: JsonObject = {}): Resource =>
  resource({
    type: RECOMMENDATION,
    id: `r-${id}`,
    observed: {
      Name: id,
      CheckArn: `arn:aws:trustedadvisor:::check/${id}`,
      Status,
      StatusReason: null,
      Pillars: ["security"],
      ResourcesAggregates: null,
      LastUpdatedAt: noon,
      ...more,
    },
  });
const refused = (type: string, reason: string, message?: string): Gap => ({
  account: accountId,
  type,
  region: "us-east-1",
  reason,
  ...(message === undefined ? {} : { message }),
});

const world = (resources: readonly Resource[], gaps: readonly Gap[] = []): Account =>
  account({
    takenAt,
    resources,
    gaps,
    collected: Object.fromEntries(
      [CHECK, RECOMMENDATION, ACCESS].map((type) => [
        type,
        { listed: "account" as const, properties: { Status: "test:Read" } },
      ]),
    ),
  });
const judge = (state: Account, options: Partial<Options> = {}) =>
  trustedAdvisor
    .evaluate(state, { demand: "flags", "fail-on": ["red", "yellow"], ...options })
    .map(({ subject, verdict }) => ({ id: subject.id, ...verdict }));

const noPlan = refused(
  CHECK,
  "SubscriptionRequiredException",
  "Amazon Web Services Premium Support Subscription is required to use this service.",
);
const noPlanNewer = refused(RECOMMENDATION, "AccessDenied", "Access denied due to support level");
const denied = [
  refused(CHECK, "AccessDenied", "User x is not authorized"),
  refused(RECOMMENDATION, "AccessDenied", "User x is not authorized"),
];

describe("trusted-advisor, as the documented procedure decides", () => {
  it.each<[string, Account, Partial<Options>, object]>([
    ["all green", world([check("c25hn9x03v", "ok")]), {}, { status: "pass" }],
    ["red", world([check("c25hn9x03v", "error")]), {}, { status: "fail" }],
    ["yellow, where yellow fails", world([check("Pfx0RwqBli", "warning")]), {}, { status: "fail" }],
    [
      "yellow, where red alone fails",
      world([check("Pfx0RwqBli", "warning")]),
      { "fail-on": ["red"] },
      { status: "pass", notes: ["It is yellow."] },
    ],
    [
      "no result",
      world([check("c18d2gz186", "not_available")]),
      {},
      { status: "unknown", reason: "undecidable" },
    ],
    [
      "an old green",
      world([check("c25hn9x03v", "ok", { Timestamp: "2026-11-18T12:00:00Z" })]),
      {},
      { status: "unknown", reason: "undecidable" },
    ],
    [
      "a green of exactly 24 hours",
      world([check("c25hn9x03v", "ok", { Timestamp: "2026-11-19T18:00:00Z" })]),
      {},
      { status: "pass" },
    ],
    [
      "one second more",
      world([check("c25hn9x03v", "ok", { Timestamp: "2026-11-19T17:59:59Z" })]),
      {},
      { status: "unknown" },
    ],
    [
      "an old red",
      world([check("c25hn9x03v", "error", { Timestamp: "2026-11-18T12:00:00Z" })]),
      {},
      { status: "fail", notes: [expect.stringContaining("not fresh")] },
    ],
    [
      "suppressed resources",
      world([check("Pfx0RwqBli", "ok", { ResourcesSummary: { resourcesSuppressed: 3 } })]),
      {},
      { status: "pass", notes: ["3 resources are suppressed."] },
    ],
    [
      "suppressed resources, named",
      world([
        check("a", "ok", {
          ResourcesSummary: { resourcesSuppressed: 1 },
          FlaggedResources: [
            { Status: "error", IsSuppressed: true, Metadata: ["Red", "eu-west-1", "photos"] },
          ],
        }),
      ]),
      {},
      { status: "pass", notes: ["1 resource is suppressed: photos."] },
    ],
    [
      "suppressed resources that do not matter",
      world([check("a", "ok", { ResourcesSummary: { resourcesSuppressed: 3 } })]),
      { suppressed: "ignore" },
      { status: "pass" },
    ],
    [
      "suppressed resources that are not accepted",
      world([check("a", "ok", { ResourcesSummary: { resourcesSuppressed: 3 } })]),
      { suppressed: "fail" },
      { status: "fail", notes: ["3 resources are suppressed."] },
    ],
    [
      "green for want of data, by the newer API alone",
      world([recommendation("c18d2gz186", "ok", { StatusReason: "no_data_ok" })], [denied[0]!]),
      {},
      { id: "c18d2gz186", status: "unknown", reason: "undecidable" },
    ],
    [
      "no plan",
      world([], [noPlan, noPlanNewer]),
      {},
      {
        id: accountId,
        status: "unknown",
        message: expect.stringContaining("the support plan gives no access"),
      },
    ],
    [
      "no plan, as the newer API says it",
      world([], [denied[0]!, noPlanNewer]),
      {},
      { status: "unknown", message: expect.stringContaining("the support plan gives no access") },
    ],
    [
      "no permission",
      world([], denied),
      {},
      { status: "unknown", reason: "unreadable", message: expect.not.stringContaining("plan") },
    ],
    [
      "an id that AWS withdrew",
      world([check("c25hn9x03v", "ok")]),
      { checks: ["vjafUGJ9H0"] },
      { id: "vjafUGJ9H0", status: "unknown", message: expect.stringContaining("c25hn9x03v took its place") },
    ],
    [
      "no check of the category",
      world([check("a", "ok")]),
      { categories: ["performance"] },
      { id: accountId, status: "unknown", reason: "undecidable" },
    ],
    [
      "red in a check of the account itself",
      world([check("7DAFEmoDos", "error", { FlaggedResources: [] })]),
      {},
      { status: "fail" },
    ],
    ["a state that nobody knows", world([check("a", "constructor")]), {}, { status: "unknown" }],
  ])("%s", (_, state, options, expected) => {
    expect(judge(state, options)).toEqual([expect.objectContaining(expected)]);
  });

  it("red beside unknown stays red", () => {
    expect(
      judge(world([check("a", "error"), check("b", "not_available")])).map(({ status }) => status),
    ).toEqual(["fail", "unknown"]);
  });

  it("only open resources of the flagged colours are counted", () => {
    const flagged = [
      { Status: "ok" },
      { Status: "warning", IsSuppressed: true },
      { Status: "warning", Metadata: ["Yellow", "eu-west-1", "photos"] },
    ];
    expect(judge(world([check("c1fd6b96l4", "warning", { FlaggedResources: flagged })]))).toMatchObject([
      { candidates: [{ ref: "photos", status: "fail" }], witness: { resources: ["photos"] } },
    ]);
  });

  it("suppression that does not matter is not noted", () => {
    expect(
      judge(world([check("a", "ok", { ResourcesSummary: { resourcesSuppressed: 3 } })]), {
        suppressed: "ignore",
      })[0],
    ).not.toHaveProperty("notes");
  });

  it("left out checks are left out", () => {
    expect(judge(world([check("a", "error"), check("b", "ok")]), { "exclude-checks": ["a"] })).toMatchObject([
      { id: "b", status: "pass" },
    ]);
  });

  it("is not applicable in China", () => {
    const state = account({ account: { id: accountId, partition: "aws-cn" }, regions: ["cn-north-1"] });
    expect(judge(state)).toMatchObject([{ status: "not-applicable" }]);
  });
});

describe("access to Trusted Advisor", () => {
  const access = (observed: JsonObject, unreadable: readonly string[] = []): Account =>
    world([
      resource({
        type: ACCESS,
        id: accountId,
        observed,
        ...(unreadable.length === 0
          ? {}
          : {
              unreadable: Object.fromEntries(
                unreadable.map((name) => [
                  name,
                  { reason: "AccessDenied", action: "support:DescribeTrustedAdvisorChecks" },
                ]),
              ),
            }),
      }),
    ]);
  it.each<[string, Account, string]>([
    ["both answer", access({ SupportApiEntitled: true, TrustedAdvisorApiEntitled: true }), "pass"],
    [
      "one answers, the other was refused",
      access({ SupportApiEntitled: true }, ["TrustedAdvisorApiEntitled"]),
      "pass",
    ],
    [
      "the plan gives neither",
      access({ SupportApiEntitled: false, TrustedAdvisorApiEntitled: false }),
      "fail",
    ],
    [
      "one says that the plan is not enough, the other was refused",
      access({ TrustedAdvisorApiEntitled: false }, ["SupportApiEntitled"]),
      "fail",
    ],
    ["both were refused", access({}, ["SupportApiEntitled", "TrustedAdvisorApiEntitled"]), "unknown"],
    ["nothing was read", world([]), "unknown"],
  ])("%s: %s", (_, state, status) => {
    expect(judge(state, { demand: "access" })).toMatchObject([{ id: accountId, status }]);
  });
});

describe("freshness", () => {
  it.each<[string, Resource, string]>([
    ["a red of today", check("a", "error"), "pass"],
    ["exactly a day", check("a", "ok", { Timestamp: "2026-11-19T18:00:00Z" }), "pass"],
    ["a day and a second", check("a", "ok", { Timestamp: "2026-11-19T17:59:59Z" }), "fail"],
    ["four minutes ahead", check("a", "ok", { Timestamp: "2026-11-20T18:04:00Z" }), "pass"],
    ["six minutes ahead", check("a", "ok", { Timestamp: "2026-11-20T18:06:00Z" }), "unknown"],
    ["no result", check("a", "not_available"), "unknown"],
    ["no time", check("a", "ok", { Timestamp: null }), "unknown"],
    ["a time that is none", check("a", "ok", { Timestamp: "soon" }), "unknown"],
  ])("%s", (_, one, status) => {
    expect(judge(world([one]), { demand: "fresh" })).toMatchObject([{ status }]);
  });

  it("the limit is an option", () => {
    expect(
      judge(world([check("a", "ok", { Timestamp: "2026-11-14T18:00:00Z" })]), {
        demand: "fresh",
        "maximum-age": "7d",
      }),
    ).toMatchObject([{ status: "pass" }]);
  });
});

describe("check ids that AWS withdrew", () => {
  const types = { names: [], propertiesOf: () => Promise.resolve(undefined) };
  it.each([
    ["vjafUGJ9H0", "c25hn9x03v", "AWS CloudTrail Management Event(s) Logging"],
    ["BueAdJ7NrP", "c1fd6b96l4", "Amazon S3 Access Logs Enabled"],
  ])("%s is refused when a rule loads, with what to write", async (id, successor, name) => {
    expect(
      await trustedAdvisor.review?.({ demand: "flags", checks: ["c18d2gz186", id] }, types),
    ).toMatchObject([{ code: "bad-value", path: ["checks", 1], hint: `write ${successor}, "${name}"` }]);
    expect(await trustedAdvisor.review?.({ demand: "flags", "exclude-checks": [id] }, types)).toMatchObject([
      { path: ["exclude-checks", 0] },
    ]);
  });

  it("others are not", async () => {
    expect(await trustedAdvisor.review?.({ demand: "flags", checks: ["c25hn9x03v"] }, types)).toEqual([]);
  });
});

describe("positional metadata", () => {
  const headings = ["Status", "Region", "Resource ARN", "Bucket Name"];
  it.each<[string, Parameters<typeof byHeading>[1], object]>([
    [
      "a list",
      ["Yellow", "eu-west-1", "arn:aws:s3:::b", null],
      { Status: "Yellow", Region: "eu-west-1", "Resource ARN": "arn:aws:s3:::b", "Bucket Name": null },
    ],
    [
      "an object of positions",
      { 0: "Yellow", 2: "arn:aws:s3:::b" },
      { Status: "Yellow", "Resource ARN": "arn:aws:s3:::b" },
    ],
    ["a shorter list", ["Yellow"], { Status: "Yellow" }],
    [
      "a longer one",
      ["a", "b", "c", "d", "e"],
      { Status: "a", Region: "b", "Resource ARN": "c", "Bucket Name": "d" },
    ],
    ["none", undefined, {}],
    ["a place beyond reason", { 99999999999: "x", "-1": "y", 0: "z" }, { Status: "z" }],
  ])("is named by the check's own headings: %s", (_, metadata, expected) => {
    expect(byHeading(headings, metadata)).toEqual(expected);
  });

  it("the order of headings decides, not their place in a book", () => {
    expect(nameOfFlagged({ Metadata: ["photos", "Red"] }, ["Bucket Name", "Status"])).toBe("photos");
  });
});
