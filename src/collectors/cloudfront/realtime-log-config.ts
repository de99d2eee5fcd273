import { declared } from "../../aws/declared.js";

/** CloudFront's real-time logs. */
export const cloudfrontRealtimeLogConfig = declared({
  type: "AWS::CloudFront::RealtimeLogConfig",
  summary: "Real-time logs of CloudFront: sampling rate, streams, fields",
  servedAs: "cloudfront",
  list: {
    call: "cloudfront:ListRealtimeLogConfigs",
    at: "leader",
    items: "RealtimeLogConfigs.Items",
    proof: { members: ["RealtimeLogConfigs.MaxItems"] },
    pages: ["Marker", "RealtimeLogConfigs.NextMarker"],
    id: "ARN",
    arn: "ARN",
    properties: {
      Name: "Name",
      SamplingRate: "SamplingRate",
      EndPoints: "EndPoints",
      Fields: "Fields",
    },
  },
});
