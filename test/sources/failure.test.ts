import { describe, expect, it } from "vitest";
import { explain, failureOf } from "../../src/sources/failure.js";
import { awsError, networkError } from "./support/fake-aws.js";

describe("a failure", () => {
  it.each([
    ["AccessDeniedException", awsError("AccessDeniedException", { status: 403 }), "refused", "AccessDenied"],
    ["UnauthorizedOperation", awsError("UnauthorizedOperation", { status: 403 }), "refused", "AccessDenied"],
    ["AuthorizationError of SNS", awsError("AuthorizationError", { status: 403 }), "refused", "AccessDenied"],
    ["a 403 to a HEAD request", awsError("Unknown", { status: 403 }), "refused", "AccessDenied"],
    ["ThrottlingException", awsError("ThrottlingException"), "throttled", "Throttled"],
    ["SlowDown of S3", awsError("SlowDown", { status: 503 }), "throttled", "Throttled"],
    ["any 429", awsError("Whatever", { status: 429 }), "throttled", "Throttled"],
    ["ExpiredTokenException", awsError("ExpiredTokenException"), "credentials", "CredentialsExpired"],
    [
      "UnrecognizedClientException",
      awsError("UnrecognizedClientException"),
      "credentials",
      "CredentialsRejected",
    ],
    ["InternalFailure", awsError("InternalFailure", { status: 500 }), "transient", "InternalFailure"],
    ["TrailNotFoundException", awsError("TrailNotFoundException"), "permanent", "TrailNotFoundException"],
    [
      "JSON that does not parse",
      Object.assign(new SyntaxError("Unexpected token"), { $metadata: { httpStatusCode: 200 } }),
      "permanent",
      "Malformed",
    ],
    [
      "a page of HTML with 502",
      Object.assign(new SyntaxError("Unexpected token"), { $response: { statusCode: 502 } }),
      "transient",
      "GatewayError",
    ],
    [
      "a page of HTML with 503 in place of XML",
      Object.assign(new Error("char '<' is not expected"), { $metadata: { httpStatusCode: 503 } }),
      "transient",
      "GatewayError",
    ],
    ["504 without a body", awsError("Unknown", { status: 504 }), "transient", "GatewayError"],
    ["AWS's own 500", awsError("InternalError", { status: 500 }), "transient", "InternalError"],
    [
      "a page of HTML with 200",
      Object.assign(new SyntaxError("Unexpected token"), { $response: { statusCode: 200 } }),
      "permanent",
      "Malformed",
    ],
    [
      "XML that does not parse",
      Object.assign(new Error("XML parse error"), { $metadata: { httpStatusCode: 400 } }),
      "permanent",
      "Malformed",
    ],
    ["501 of a test bed", awsError("NoRecording", { status: 501 }), "permanent", "NoRecording"],
    ["ENOTFOUND", networkError("ENOTFOUND"), "unreachable", "Unreachable"],
    [
      "a certificate of another host",
      networkError("ERR_TLS_CERT_ALTNAME_INVALID"),
      "unreachable",
      "Unreachable",
    ],
    [
      "IPv6 and IPv4 refused",
      Object.assign(new AggregateError([networkError("ECONNREFUSED"), networkError("ECONNREFUSED")], ""), {}),
      "unreachable",
      "Unreachable",
    ],
    [
      "a time-out of the SDK",
      Object.assign(new Error("slow"), { name: "TimeoutError" }),
      "timed-out",
      "TimedOut",
    ],
    [
      "a broken connection, which the SDK calls a time-out",
      Object.assign(networkError("ECONNRESET"), { name: "TimeoutError" }),
      "transient",
      "Unreachable",
    ],
    ["something thrown that is no error", "oops", "permanent", "Error"],
  ])("by %s", (_title, error, kind, reason) => {
    expect(failureOf(error)).toMatchObject({ kind, reason });
  });

  it("keeps AWS's own name for collectors", () => {
    expect(failureOf(awsError("AccessDeniedException")).name).toBe("AccessDeniedException");
  });

  it("names the IAM action where AWS refuses, and the operation elsewhere", () => {
    const operation = {
      service: "cloudtrail",
      name: "GetChannel",
      actions: ["cloudtrail:GetChannel", "cloudtrail:GetServiceLinkedChannel"],
      proof: { members: ["ChannelArn"] },
    };
    expect(explain(failureOf(awsError("AccessDenied")), operation, "eu-west-1")).toMatchObject({
      action: "cloudtrail:GetChannel, cloudtrail:GetServiceLinkedChannel",
      region: "eu-west-1",
    });
    expect(explain(failureOf(awsError("ThrottlingException")), operation, "eu-west-1").action).toBe(
      "cloudtrail:GetChannel",
    );
  });

  it.each([
    ["access keys", "key AKIAIOSFODNN7EXAMPLE is bad", "key … is bad"],
    ["tokens", `token FwoGZXIvYXdzEB${"a".repeat(60)}/+==`, "token …"],
    [
      "all but the first line",
      "The signature does not match\nx-amz-security-token:abc",
      "The signature does not match",
    ],
    ["control characters", "red \u001b[31m", "red  [31m"],
  ])("shows no %s", (_title, message, shown) => {
    expect(failureOf(awsError("Odd", { message })).message).toBe(shown);
  });

  it("shows ARNs whole, and long messages shortened", () => {
    const arn =
      "arn:aws:sts::111111111111:assumed-role/a-role-with-a-rather-long-name-for-auditing-things/session";
    expect(failureOf(awsError("AccessDenied", { message: `User: ${arn} may not` })).message).toContain(arn);
    expect(failureOf(awsError("Odd", { message: "word ".repeat(100) })).message).toHaveLength(300);
  });
});
