import { describe, expect, it } from "vitest";
import { SourceError } from "../../src/core/source.js";
import { askAccount } from "../../src/sources/ask-account.js";
import { listOrganization } from "../../src/sources/list-organization.js";
import type { Members, OrganizationChoice } from "../../src/core/audit.js";
import { awsError, denied, fakeAws, inputText } from "./support/fake-aws.js";
import type { FakeAws, Respond } from "./support/fake-aws.js";
import { virtualClock } from "./support/virtual-clock.js";

const member = (Id: string, part: object = {}): object => ({ Id, Name: `n${Id}`, Status: "ACTIVE", ...part });
const listed = [
  member("100000000001"),
  member("100000000002"),
  member("100000000003"),
  member("100000000004", { Status: "SUSPENDED" }),
];
const below: Readonly<
  Record<string, { readonly accounts: readonly string[]; readonly ous: readonly string[] }>
> = {
  "r-root": { accounts: ["100000000001"], ous: ["ou-prod"] },
  "ou-prod": { accounts: ["100000000002"], ous: ["ou-deep"] },
  "ou-deep": { accounts: ["100000000003", "100000000004"], ous: [] },
};
const tags: Readonly<Record<string, string>> = {
  "100000000001": "prod",
  "100000000002": "dev",
  "100000000003": "prod",
};

function organization(answers: Readonly<Record<string, Respond>> = {}): FakeAws {
  return fakeAws({
    answers: {
      // As AWS does at times: a page with nothing in it, and more to come.
      ListAccounts: (call) =>
        inputText(call, "NextToken") === ""
          ? { Accounts: listed.slice(0, 2), NextToken: "a" }
          : inputText(call, "NextToken") === "a"
            ? { Accounts: [], NextToken: "b" }
            : { Accounts: listed.slice(2) },
      ListAccountsForParent: (call) => ({
        Accounts: (below[inputText(call, "ParentId")]?.accounts ?? []).map((id) => member(id)),
      }),
      ListOrganizationalUnitsForParent: (call) => ({
        OrganizationalUnits: (below[inputText(call, "ParentId")]?.ous ?? []).map((Id) => ({ Id })),
      }),
      ListTagsForResource: (call) => ({
        Tags: [{ Key: "stage", Value: tags[inputText(call, "ResourceId")] }],
      }),
      ...answers,
    },
  });
}

function list(aws: FakeAws, choice: OrganizationChoice): Promise<Members> {
  return askAccount({ transport: aws.transport, clock: virtualClock() }, (asking) =>
    listOrganization(asking, choice),
  );
}

const numbersOf = ({ accounts }: Members): readonly number[] =>
  accounts.map(({ id }) => Number(id.slice(-1)));

describe("the accounts of an organization", () => {
  it("are all that are active; the others are skipped, with the reason", async () => {
    const aws = organization();
    const members = await list(aws, {});
    expect(numbersOf(members)).toEqual([1, 2, 3]);
    expect(members.skipped).toEqual([{ id: "100000000004", name: "n100000000004", because: "is suspended" }]);
    expect(aws.count("ListAccounts")).toBe(3);
    expect(aws.count("ListTagsForResource")).toBe(0);
  });

  it.each<[string, OrganizationChoice, readonly number[]]>([
    ["by id", { include: { accounts: ["100000000002"] } }, [2]],
    ["by unit, with all below it", { include: { ous: ["ou-prod"] } }, [2, 3]],
    ["by the root", { include: { ous: ["r-root"] } }, [1, 2, 3]],
    ["by tag", { include: { tags: { stage: "prod" } } }, [1, 3]],
    ["by any of them", { include: { accounts: ["100000000002"], tags: { stage: "prod" } } }, [1, 2, 3]],
    ["without some", { exclude: { accounts: ["100000000002"] } }, [1, 3]],
    ["without a unit", { exclude: { ous: ["ou-deep"] } }, [1, 2]],
    ["without a tag", { exclude: { tags: { stage: "prod" } } }, [2]],
    [
      "included and excluded, which is excluded",
      { include: { ous: ["ou-prod"] }, exclude: { ous: ["ou-deep"] } },
      [2],
    ],
  ])("are chosen %s", async (_, choice, expected) => {
    expect(numbersOf(await list(organization(), choice))).toEqual(expected);
  });

  it("are asked for their tags only where these decide", async () => {
    const aws = organization();
    await list(aws, { include: { accounts: ["100000000001", "100000000002"], tags: { stage: "prod" } } });
    expect(aws.count("ListTagsForResource")).toBe(1);
  });

  it.each(["SUSPENDED", "CLOSED", "PENDING_CLOSURE", "PENDING_ACTIVATION", "NEW_STATE"])(
    "in the state %s are skipped",
    async (State) => {
      const { accounts, skipped } = await list(
        organization({
          ListAccounts: () => ({ Accounts: [member("100000000001", { State, Status: "ACTIVE" })] }),
        }),
        {},
      );
      expect([accounts, skipped.map(({ id }) => id)]).toEqual([[], ["100000000001"]]);
    },
  );

  it("that are included and not in it are told", async () => {
    const { skipped } = await list(organization(), { include: { accounts: ["999999999999"] } });
    expect(skipped).toEqual([{ id: "999999999999", because: "is not in the organization" }]);
  });

  it("are asked again where AWS throttles", async () => {
    let asked = 0;
    const aws = organization({
      ListAccounts: () =>
        ++asked < 4 ? awsError("TooManyRequestsException", { status: 400 }) : { Accounts: listed },
    });
    expect(numbersOf(await list(aws, {}))).toEqual([1, 2, 3]);
  });

  it.each<[string, Readonly<Record<string, Respond>>, OrganizationChoice, RegExp]>([
    [
      "is refused",
      { ListAccounts: () => denied("organizations:ListAccounts") },
      {},
      /organizations:ListAccounts is refused.*audit\.organization\.from/u,
    ],
    [
      "there is none",
      { ListAccounts: () => awsError("AWSOrganizationsNotInUseException") },
      {},
      /in no organization/u,
    ],
    [
      "a unit is not there",
      { ListAccountsForParent: () => awsError("ParentNotFoundException") },
      { include: { ous: ["ou-x"] } },
      /of ou-x failed: there is no such organizational unit/u,
    ],
    [
      "its tags are refused",
      { ListTagsForResource: () => denied("organizations:ListTagsForResource") },
      { include: { tags: { a: "b" } } },
      /ListTagsForResource of 10000000000\d is refused/u,
    ],
    [
      "the second page fails",
      {
        ListAccounts: (call) =>
          inputText(call, "NextToken") === ""
            ? { Accounts: listed, NextToken: "a" }
            : awsError("ServiceException", { status: 500 }),
      },
      {},
      /failed/u,
    ],
  ])("cannot be told where %s: nothing is judged then", async (_, answers, choice, message) => {
    const listing = list(organization(answers), choice);
    await expect(listing).rejects.toBeInstanceOf(SourceError);
    await expect(listing).rejects.toThrow(message);
  });
});
