// STS knows the account from the access key, so it is answered here and not from a recording.
import { encodeError, encodeXml } from "./encode.mjs";

const HOUR = 3600e3;

/** Whether the session of these keys is over, though its Expiration promised an hour: AWS ends sessions sooner, when they are revoked. `life` in milliseconds. */
export function isOver({ headers }, life) {
  const began = /^testbed-(\d+)$/.exec(headers["x-amz-security-token"] ?? "")?.[1];
  return life !== undefined && began !== undefined && Date.now() - Number(began) >= life;
}

/** What each protocol family says of such keys. */
export function encodeExpired(request) {
  const isShort = request.protocol === "s3" || request.protocol === "query";
  return encodeError(request, { code: isShort ? "ExpiredToken" : "ExpiredTokenException", message: "The security token included in the request is expired", status: request.protocol === "s3" ? 400 : 403 });
}

/** GetCallerIdentity and AssumeRole; undefined for anything else. Roles named Denied* refuse; those named Guarded* want the external id "guard-1234". */
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
  const { RoleArn, RoleSessionName, ExternalId, DurationSeconds } = request.params;
  const [, account, role] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/.exec(RoleArn ?? "") ?? [];
  if (!account) return encodeError(request, { code: "ValidationError", message: "RoleArn is not valid" });
  const isGuarded = /(^|\/)Guarded/.test(role) && ExternalId !== "guard-1234";
  if (request.accessKeyId?.startsWith("ASIA") && Number(DurationSeconds ?? 0) > 3600) return encodeError(request, { code: "ValidationError", message: "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining" });
  if (isGuarded || /(^|\/)Denied/.test(role)) return encodeError(request, { code: "AccessDenied", message: `User is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`, status: 403 });
  const user = `<AssumedRoleUser><AssumedRoleId>AROATESTBEDAUDIT00001:${RoleSessionName}</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/${role.split("/").pop()}/${RoleSessionName}</Arn></AssumedRoleUser>`;
  const expiration = new Date(Date.now() + HOUR).toISOString();
  const keys = `<AccessKeyId>ASIA${account}ROLE</AccessKeyId><SecretAccessKey>testbed</SecretAccessKey><SessionToken>testbed-${Date.now()}</SessionToken><Expiration>${expiration}</Expiration>`;
  return wrap("AssumeRole", `${user}<Credentials>${keys}</Credentials>`);
}
