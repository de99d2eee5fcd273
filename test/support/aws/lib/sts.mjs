// STS knows the account from the access key, so it is answered here and not from a recording.
import { encodeError, encodeXml } from "./encode.mjs";

const HOUR = 3600e3;

/** GetCallerIdentity and AssumeRole; undefined for anything else. Roles named Denied* refuse. */
export function answerSts(request) {
  if (request.operation === "GetCallerIdentity") return callerIdentity(request);
  if (request.operation === "AssumeRole") return assumeRole(request);
  return undefined;
}

const wrap = (operation, result) =>
  encodeXml(`<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000575</RequestId></ResponseMetadata></${operation}Response>`);

function callerIdentity({ account, accessKeyId }) {
  const isRole = accessKeyId?.startsWith("ASIA");
  const arn = isRole ? `arn:aws:sts::${account}:assumed-role/TestbedAudit/testbed` : `arn:aws:iam::${account}:user/testbed`;
  const userId = isRole ? "AROATESTBEDAUDIT00001:testbed" : "AIDATESTBEDUSER000001";
  return wrap("GetCallerIdentity", `<Arn>${arn}</Arn><UserId>${userId}</UserId><Account>${account}</Account>`);
}

function assumeRole(request) {
  const { RoleArn, RoleSessionName } = request.params;
  const [, account, role] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/.exec(RoleArn ?? "") ?? [];
  if (!account) return encodeError(request, { code: "ValidationError", message: "RoleArn is not valid" });
  if (/(^|\/)Denied/.test(role)) return encodeError(request, { code: "AccessDenied", message: `User is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`, status: 403 });
  const user = `<AssumedRoleUser><AssumedRoleId>AROATESTBEDAUDIT00001:${RoleSessionName}</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/${role.split("/").pop()}/${RoleSessionName}</Arn></AssumedRoleUser>`;
  const expiration = new Date(Date.now() + HOUR).toISOString();
  const keys = `<AccessKeyId>ASIA${account}ROLE</AccessKeyId><SecretAccessKey>testbed</SecretAccessKey><SessionToken>testbed</SessionToken><Expiration>${expiration}</Expiration>`;
  return wrap("AssumeRole", `${user}<Credentials>${keys}</Credentials>`);
}
