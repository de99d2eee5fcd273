import { defineDeclared } from "../mapping.js";

/** Policies of a region; that of one log group is no part of them. */
export const resourcePolicy = defineDeclared({
  type: "AWS::Logs::ResourcePolicy",
  elsewhere: ({ ResourceArn = null }) =>
    ResourceArn === null ? undefined : "policies of single log groups are not read",
});
