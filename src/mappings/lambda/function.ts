import type { JsonObject, JsonValue } from "../../core/json.js";
import { parseArn } from "../../shared/aws/arn.js";
import { defineAttachment, defineDeclared } from "../mapping.js";
import type { Settling, Standing } from "../mapping.js";
import { withoutNulls } from "../shapes.js";

const functionArn: Settling = { from: [], make: (_given, { arn = null }) => arn };
const born = (): { readonly observed: JsonObject } => ({
  observed: { State: "Active", LastUpdateStatus: "Successful" },
});

/** Functions. Nothing of their configuration is looked at. */
export const lambdaFunction = defineDeclared({
  type: "AWS::Lambda::Function",
  settle: { FunctionArn: functionArn },
  born,
});

const ofFunction = {
  as: "AWS::Lambda::Function",
  settle: {
    FunctionArn: functionArn,
    FunctionName: { from: [], make: (_given: JsonObject, { id }: Standing) => id.split(":")[0] ?? id },
  },
  born,
};

/** An alias of a function stands there as a function of its own. */
export const lambdaAlias = defineDeclared({ ...ofFunction, type: "AWS::Lambda::Alias" });

/** A version of a function stands there as a function of its own. */
export const lambdaVersion = defineDeclared({ ...ofFunction, type: "AWS::Lambda::Version" });

/** One statement of a function's policy. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const lambdaPermission = defineAttachment({
  type: "AWS::Lambda::Permission",
  to: "AWS::Lambda::Function",
  at: "FunctionName",
  property: "Policy",
  how: "add",
  key: "Sid",
  from: [
    "Action",
    "Principal",
    "SourceArn",
    "SourceAccount",
    "PrincipalOrgID",
    "FunctionUrlAuthType",
    "EventSourceToken",
    "StatementId",
  ],
  make: (given, { self, owner }) => {
    const condition = conditionOf(given);
    return withoutNulls({
      Sid: given["StatementId"] ?? self.id,
      Effect: "Allow",
      Principal: principalOf(given["Principal"]),
      Action: given["Action"],
      Resource: owner.arn,
      Condition: Object.keys(condition).length === 0 ? null : condition,
    });
  },
});

// A service has a dot; all else is an account, an ARN or everybody.
function principalOf(principal: JsonValue | undefined): JsonValue {
  if (typeof principal !== "string" || principal === "*") return principal ?? null;
  return parseArn(principal) === undefined && principal.includes(".")
    ? { Service: principal }
    : { AWS: principal };
}

function conditionOf(given: JsonObject): JsonObject {
  const { SourceArn, SourceAccount, PrincipalOrgID, FunctionUrlAuthType, EventSourceToken } = given;
  const equals = withoutNulls({
    "AWS:SourceAccount": SourceAccount,
    "aws:PrincipalOrgID": PrincipalOrgID,
    "lambda:FunctionUrlAuthType": FunctionUrlAuthType,
    "lambda:EventSourceToken": EventSourceToken === undefined ? null : "…",
  });
  return withoutNulls({
    StringEquals: Object.keys(equals).length === 0 ? null : equals,
    ArnLike: SourceArn === undefined ? null : { "AWS:SourceArn": SourceArn },
  });
}
