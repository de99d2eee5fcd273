import { permittedFunction } from "../terraform-shapes.js";
import { same } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** Lambda's types of Terraform's AWS provider. Nothing of a function's environment is read. */
export const LAMBDA: TerraformMappings = {
  aws_lambda_function: { type: "AWS::Lambda::Function", properties: same("FunctionName") },
  aws_lambda_alias: {
    type: "AWS::Lambda::Alias",
    properties: same("FunctionName", "Name", "FunctionVersion"),
    formulas: { id: "{arn}" },
  },
  aws_lambda_permission: {
    type: "AWS::Lambda::Permission",
    properties: {
      FunctionName: permittedFunction,
      ...same("Action", "Principal", "SourceArn", "SourceAccount", "FunctionUrlAuthType"),
      PrincipalOrgID: "principal_org_id",
      StatementId: "statement_id",
    },
    generated: ["statement_id"],
  },
};
