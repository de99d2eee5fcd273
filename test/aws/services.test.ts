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
    expect([requestRate("cloudtrail", "DescribeTrails"), requestRate("cloudtrail", "LookupEvents")]).toEqual([10, 2]);
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
    const share = shareCredentials(() => Promise.resolve({ ...found, accessKeyId: String(++resolved), expiration: new Date(now + 3_600_000) }), () => now);
    await Promise.all([share(), share(), share()]);
    now = 3_200_000;
    expect((await share()).accessKeyId).toBe("1");
    now = 3_300_001;
    expect((await share()).accessKeyId).toBe("2");
  });

  it("that cannot be found are not looked for again", async () => {
    let resolved = 0;
    const share = shareCredentials(() => Promise.reject(new Error(`no ${++resolved}`)));
    await expect(share()).rejects.toThrow("no 1");
    await expect(share()).rejects.toThrow("no 1");
  });
});
