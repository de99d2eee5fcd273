import { defineDeclared } from "../mapping.js";

/** Connections: what they authorize themselves with is never looked at. */
export const connection = defineDeclared({
  type: "AWS::Events::Connection",
  born: ({ AuthorizationType }) =>
    AuthorizationType === "API_KEY" || AuthorizationType === "BASIC"
      ? { observed: { ConnectionState: "AUTHORIZED" } }
      : { observed: {}, open: { ConnectionState: "what the authorization server answers" } },
});
