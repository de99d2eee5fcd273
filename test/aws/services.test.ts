import { describe, expect, it } from "vitest";
import { shareCredentials } from "../../src/aws/credentials.js";
import { clientRegion, iamAction, requestRate, serviceOf } from "../../src/aws/services.js";

describe("the table of services", () => {
  it.each(["account", "cloudtrail", "sts"])("%s has a client class of the name it says", async (key) => {
    const { load, client } = serviceOf(key);
    expect(typeof Reflect.get(await load(), client)).toBe("function");
  });

  it("signs requests of leader-only services for the leader region of the partition", () => {
    expect(clientRegion("account", "eu-west-1")).toBe("us-east-1");
    expect(clientRegion("account", "cn-northwest-1")).toBe("cn-north-1");
    expect(clientRegion("cloudtrail", "eu-west-1")).toBe("eu-west-1");
  });

  it("knows documented rates and IAM actions", () => {
    expect([requestRate("cloudtrail", "DescribeTrails"), requestRate("cloudtrail", "LookupEvents")]).toEqual([
      10, 2,
    ]);
    expect(iamAction("cloudtrail", "GetTrailStatus")).toBe("cloudtrail:GetTrailStatus");
  });

  it("refuses a service that it does not have", () => {
    expect(() => serviceOf("nosuch")).toThrow(/no service "nosuch".*cloudtrail/u);
  });
});

describe("shared credentials", () => {
  const found = { accessKeyId: "a", secretAccessKey: "b" };

  it("are resolved once for all, and again five minutes before they expire", async () => {
    let now = 0;
    let resolved = 0;
    const share = shareCredentials(
      () =>
        Promise.resolve({ ...found, accessKeyId: String(++resolved), expiration: new Date(now + 3_600_000) }),
      { now: () => now },
    );
    await Promise.all([share.current(), share.current(), share.current()]);
    now = 3_200_000;
    expect((await share.current()).accessKeyId).toBe("1");
    now = 3_300_001;
    expect((await share.current()).accessKeyId).toBe("2");
  });

  it("of a short session are used for half of its time", async () => {
    let now = 0;
    let resolved = 0;
    const share = shareCredentials(
      () =>
        Promise.resolve({ ...found, accessKeyId: String(++resolved), expiration: new Date(now + 60_000) }),
      { now: () => now },
    );
    await share.current();
    now = 29_999;
    expect((await share.current()).accessKeyId).toBe("1");
    now = 30_000;
    expect((await share.current()).accessKeyId).toBe("2");
  });

  it("that AWS says have expired are renewed once for all who say so", async () => {
    const asked: boolean[] = [];
    const share = shareCredentials((isRenewal) =>
      Promise.resolve({ ...found, accessKeyId: String(asked.push(isRenewal)) }),
    );
    const stale = await share.current();
    const [first, second] = await Promise.all([share.renew(stale), share.renew(stale)]);
    expect([
      first.accessKeyId,
      second.accessKeyId,
      (await share.renew(stale)).accessKeyId,
      (await share.current()).accessKeyId,
    ]).toEqual(["2", "2", "2", "2"]);
    expect(asked).toEqual([false, true]);
  });

  it("that cannot be found are not looked for again", async () => {
    let resolved = 0;
    const share = shareCredentials(() => Promise.reject(new Error(`no ${++resolved}`)));
    await expect(share.current()).rejects.toThrow("no 1");
    await expect(share.current()).rejects.toThrow("no 1");
  });

  it("for which STS was too busy are asked for again at once", async () => {
    const answers = ["Throttling", "AccessDenied", "never asked"];
    const share = shareCredentials(
      () => Promise.reject(Object.assign(new Error(), { name: answers.shift() ?? "" })),
      { now: () => 7 },
    );
    await expect(share.current()).rejects.toMatchObject({ name: "Throttling" });
    await expect(share.current()).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(share.current()).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it("that many sources share are looked for again after a while", async () => {
    let now = 0;
    let resolved = 0;
    const share = shareCredentials(() => Promise.reject(new Error(`no ${++resolved}`)), {
      now: () => now,
      failureStands: 60_000,
    });
    await expect(share.current()).rejects.toThrow("no 1");
    now = 59_999;
    await expect(share.current()).rejects.toThrow("no 1");
    now = 60_000;
    await expect(share.current()).rejects.toThrow("no 2");
  });
});
