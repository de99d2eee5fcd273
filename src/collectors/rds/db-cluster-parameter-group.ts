import { declared } from "../../aws/declared.js";
import { referByName } from "../../aws/refer-by-name.js";

/** Parameter groups of clusters, that something names. A parameter without a value has the engine's default. */
export const rdsDbClusterParameterGroup = declared({
  type: "AWS::RDS::DBClusterParameterGroup",
  summary: "Parameter groups of clusters: values of parameters",
  reads: [
    {
      call: "rds:DescribeDBClusterParameters",
      input: { DBClusterParameterGroupName: "{id}" },
      pages: ["Marker", "Marker"],
      proof: { members: ["Parameters"] },
      properties: { Parameters: { at: "Parameters", only: ["ParameterName", "ParameterValue"] } },
      gone: ["DBParameterGroupNotFoundFault", "DBClusterParameterGroupNotFoundFault"],
    },
  ],
  refer: referByName("rds", "cluster-pg"),
  observed: [],
});
