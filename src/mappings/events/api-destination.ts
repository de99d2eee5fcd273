import { endpointOf } from "../../shared/aws/notified-endpoint.js";
import { defineDeclared } from "../mapping.js";
import { reshaped } from "../shapes.js";

/** API destinations: of the address only scheme and host, as it is read. */
export const apiDestination = defineDeclared({
  type: "AWS::Events::ApiDestination",
  settle: {
    InvocationEndpoint: reshaped("InvocationEndpoint", (endpoint) =>
      typeof endpoint === "string" ? (endpointOf("https", endpoint) ?? null) : null,
    ),
  },
  born: () => ({ observed: { ApiDestinationState: "ACTIVE" } }),
});
