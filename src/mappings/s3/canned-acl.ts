import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";

const group = (name: string, ...permissions: readonly string[]): readonly JsonObject[] =>
  permissions.map((Permission) => ({
    Grantee: { Type: "Group", URI: `http://acs.amazonaws.com/groups/${name}` },
    Permission,
  }));

/** What a canned ACL grants beside the owner. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, readonly JsonObject[]>> = {
  PublicRead: group("global/AllUsers", "READ"),
  PublicReadWrite: group("global/AllUsers", "READ", "WRITE"),
  AuthenticatedRead: group("global/AuthenticatedUsers", "READ"),
  LogDeliveryWrite: group("s3/LogDelivery", "WRITE", "READ_ACP"),
};

/** Grants of a canned ACL; the owner's alone where ACLs are not in force, as they are not unless a bucket says so. */
export function grantsOf(
  acl: JsonValue | undefined,
  ownership: JsonValue | undefined,
): readonly JsonObject[] {
  const owner = { Grantee: { Type: "CanonicalUser", ID: "owner" }, Permission: "FULL_CONTROL" };
  const others = typeof acl === "string" && hasAcls(ownership) ? (CANNED[acl] ?? []) : [];
  return [owner, ...others];
}

function hasAcls(ownership: JsonValue | undefined): boolean {
  const rules = isObject(ownership) ? ownership["Rules"] : undefined;
  return (
    isArray(rules) &&
    rules.some((rule) => isObject(rule) && rule["ObjectOwnership"] !== "BucketOwnerEnforced")
  );
}
