import type { Declared, DeclaredIdentity, GivenObject } from "../../src/core/declared.js";
import { formulaOf, identify } from "../../src/mappings/identify.js";
import { accountId } from "./build.js";

/** A declared resource that is new, with everything filled in that a test does not care about. Its name is its address where no property says it. */
export function declared(
  type: string,
  address: string,
  more: Partial<Declared> & { readonly properties?: GivenObject } = {},
): Declared {
  const { properties = {}, region = "us-east-1", action = "create" } = more;
  const identity = identityOf(type, address, {
    properties,
    region: typeof region === "string" ? region : "us-east-1",
  });
  const isLeaving = action === "delete" || action === "forget";
  return {
    address,
    type,
    action,
    account: accountId,
    region,
    ...(action === "create" ? {} : { before: identity }),
    ...(isLeaving ? {} : { after: identity }),
    properties,
    complete: true,
    ...more,
  };
}

type Named = { readonly properties: GivenObject; readonly region: string };

function identityOf(type: string, address: string, { properties, region }: Named): DeclaredIdentity {
  const texts = Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const name = texts[formulaOf(type)?.name ?? ""] ?? address;
  const home = { account: accountId, region, partition: "aws" };
  return identify(type, name, { home, properties: texts }) ?? { id: name, ref: name };
}
