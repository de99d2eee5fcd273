import { declared } from "../../aws/declared.js";
import { referByName } from "../../aws/refer-by-name.js";

/** Parameter groups of Redshift clusters, that something names. A parameter without a value has the engine's default. */
export const redshiftClusterParameterGroup = declared({
  type: "AWS::Redshift::ClusterParameterGroup",
  summary: "Parameter groups of Redshift clusters: values of parameters",
  reads: [
    {
      call: "redshift:DescribeClusterParameters",
      input: { ParameterGroupName: "{id}" },
      pages: ["Marker", "Marker"],
      proof: { members: ["Parameters"] },
      properties: { Parameters: { at: "Parameters", only: ["ParameterName", "ParameterValue"] } },
      gone: ["ClusterParameterGroupNotFoundFault"],
    },
  ],
  refer: referByName("redshift", "parametergroup"),
  observed: [],
});
