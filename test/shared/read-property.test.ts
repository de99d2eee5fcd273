import { describe, expect, it } from "vitest";
import {
  readBoolean,
  readList,
  readNumber,
  readObject,
  readProperty,
  readText,
  readTime,
} from "../../src/shared/read-property.js";
import { resource } from "../support/build.js";

const trail = resource({
  type: "AWS::CloudTrail::Trail",
  id: "t",
  properties: { Name: "t", KMSKeyId: null, Numbers: [1], Wrong: 7, When: "2026-11-20T12:00:00.000Z" },
  observed: { IsLogging: false, LatestDeliveryError: null, SourceConfig: { a: 1 } },
  unreadable: { EventSelectors: { reason: "AccessDenied", action: "cloudtrail:GetEventSelectors" } },
});

describe("reading a property", () => {
  it("gives a set value, false included", () => {
    expect(readBoolean(trail, "IsLogging")).toEqual({ kind: "set", value: false });
    expect(readText(trail, "Name")).toEqual({ kind: "set", value: "t" });
    expect(readList(trail, "Numbers")).toEqual({ kind: "set", value: [1] });
    expect(readNumber(trail, "Wrong")).toEqual({ kind: "set", value: 7 });
    expect(readObject(trail, "SourceConfig")).toEqual({ kind: "set", value: { a: 1 } });
    expect(readTime(trail, "When")).toEqual({ kind: "set", value: Date.UTC(2026, 10, 20, 12) });
  });

  it("takes null for AWS's word that it is not set", () => {
    expect(readProperty(trail, "KMSKeyId")).toEqual({ kind: "absent" });
    expect(readText(trail, "LatestDeliveryError")).toEqual({ kind: "absent" });
  });

  it("never takes a missing key for absent", () => {
    expect(readProperty(trail, "S3BucketName")).toEqual({ kind: "not-collected", property: "S3BucketName" });
  });

  it("keeps the reason of a refusal", () => {
    expect(readList(trail, "EventSelectors")).toEqual({
      kind: "unreadable",
      because: { reason: "AccessDenied", action: "cloudtrail:GetEventSelectors" },
    });
  });

  it.each([readText, readBoolean, readList, readObject, readTime])(
    "%o finds a wrong type malformed, never absent",
    (read) => {
      expect(read(trail, "Wrong")).toEqual({ kind: "unreadable", because: { reason: "Malformed" } });
    },
  );
});
