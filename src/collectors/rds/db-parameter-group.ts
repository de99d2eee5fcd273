import { declared } from "../../aws/declared.js";
import { referByName } from "../../aws/refer-by-name.js";

/** Parameter groups of RDS instances, that something names. A parameter without a value has the engine's default. */
export const rdsDbParameterGroup = declared({
  type: "AWS::RDS::DBParameterGroup",
  summary: "Parameter groups of RDS instances: values of parameters",
  reads: [
    {
      call: "rds:DescribeDBParameters",
      input: { DBParameterGroupName: "{id}" },
      pages: ["Marker", "Marker"],
      proof: { members: ["Parameters"] },
      properties: { Parameters: { at: "Parameters", only: ["ParameterName", "ParameterValue"] } },
      gone: ["DBParameterGroupNotFoundFault"],
    },
  ],
  refer: referByName("rds", "pg"),
  observed: [],
});
