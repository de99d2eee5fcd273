import { expect, it } from "vitest";
import { s3AccountPublicAccessBlock } from "../../../src/collectors/s3/account-public-access-block.js";
import { awsError, denied } from "../../sources/support/fake-aws.js";
import { canned } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";

const type = "AWS::S3::AccountPublicAccessBlock";
const property = "PublicAccessBlockConfiguration";
const read = async (answer: () => unknown) =>
  (
    await readNeeds(
      [s3AccountPublicAccessBlock],
      { ...canned[type], GetPublicAccessBlock: answer },
      { needs: [{ type, properties: [property] }] },
    )
  ).snapshot;

it.each([
  ["the account has none", awsError("NoSuchPublicAccessBlockConfiguration", { status: 404 })],
  ["the endpoint has no S3 Control", awsError("NoRecording", { status: 501 })],
  ["the endpoint takes the path for a bucket's name", awsError("NoSuchBucket", { status: 404 })],
])("no block is set where %s", async (_, error) => {
  expect(saysOf(await read(() => error), type)[property]).toBeNull();
});

it("a refused block is unreadable, never unset", async () => {
  const [resource] = (await read(() => denied("s3:GetAccountPublicAccessBlock"))).resources;
  expect(resource?.unreadable?.[property]).toMatchObject({
    reason: "AccessDenied",
    action: "s3:GetAccountPublicAccessBlock",
  });
});

it("a page of HTML is unreadable, never unset", async () => {
  const [resource] = (await read(() => awsError("SyntaxError", { status: 404 }))).resources;
  expect(resource?.unreadable?.[property]).toMatchObject({ reason: "Malformed" });
});
