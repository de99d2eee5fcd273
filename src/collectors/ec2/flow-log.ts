import { declared } from "../../aws/declared.js";

/** Flow logs of whatever they are on: VPCs, subnets, interfaces, transit gateways. With what AWS says of their delivery. */
export const ec2FlowLog = declared({
  type: "AWS::EC2::FlowLog",
  summary: "Flow logs: on what, of which traffic, whereto, and whether they are delivered",
  list: {
    call: "ec2:DescribeFlowLogs",
    items: "FlowLogs",
    pages: ["NextToken", "NextToken"],
    id: "FlowLogId",
    arn: "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{item.FlowLogId}",
    properties: {
      ResourceId: "ResourceId",
      TrafficType: "TrafficType",
      LogDestinationType: "LogDestinationType",
      LogDestination: "LogDestination",
      LogGroupName: "LogGroupName",
      DeliverLogsPermissionArn: "DeliverLogsPermissionArn",
      DeliverCrossAccountRole: "DeliverCrossAccountRole",
      LogFormat: "LogFormat",
      MaxAggregationInterval: "MaxAggregationInterval",
      FlowLogStatus: "FlowLogStatus",
      DeliverLogsStatus: "DeliverLogsStatus",
      DeliverLogsErrorMessage: "DeliverLogsErrorMessage",
    },
  },
  observed: ["FlowLogStatus", "DeliverLogsStatus", "DeliverLogsErrorMessage"],
});
