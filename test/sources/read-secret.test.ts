import { describe, expect, it } from "vitest";
import { readSecret } from "../../src/sources/read-secret.js";
import { awsError, denied, fakeAws } from "./support/fake-aws.js";
import type { Respond } from "./support/fake-aws.js";
import { virtualClock } from "./support/virtual-clock.js";

const hidden = "3f0e6a8c-hidden";
const read = async (GetSecretValue: Respond) => {
  const aws = fakeAws({ answers: { GetSecretValue } });
  return {
    answer: await readSecret(
      { id: "cdn", region: "eu-west-1" },
      { transport: aws.transport, clock: virtualClock() },
    ),
    aws,
  };
};

describe("reading a secret", () => {
  it("asks once, where it was told to", async () => {
    const { answer, aws } = await read(() => ({
      ARN: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:cdn",
      SecretString: hidden,
    }));
    expect(answer).toEqual({ ok: true, text: hidden });
    expect(aws.calls).toMatchObject([
      {
        service: "secretsmanager",
        operation: "GetSecretValue",
        region: "eu-west-1",
        input: { SecretId: "cdn" },
      },
    ]);
  });

  it("a refusal names the action to grant", async () => {
    expect((await read(() => denied("secretsmanager:GetSecretValue"))).answer).toMatchObject({
      ok: false,
      because: { reason: "AccessDenied", action: "secretsmanager:GetSecretValue", region: "eu-west-1" },
    });
  });

  it.each<[string, Respond, string]>([
    [
      "a secret that is not there",
      () => awsError("ResourceNotFoundException", { status: 400 }),
      "ResourceNotFoundException",
    ],
    [
      "a binary secret",
      () => ({
        ARN: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:cdn",
        SecretBinary: new Uint8Array([1]),
      }),
      "NoSecretString",
    ],
    [
      "an answer that cannot be taken apart, and is quoted in the error",
      () =>
        Object.assign(new SyntaxError(`Unexpected token in "${hidden}"`), { $response: { statusCode: 200 } }),
      "Malformed",
    ],
  ])("%s is unreadable, and nothing of it is told", async (_, respond, reason) => {
    const { answer } = await read(respond);
    expect(answer).toMatchObject({ ok: false, because: { reason } });
    expect(JSON.stringify(answer)).not.toContain(hidden);
  });
});
