// STS knows the account from the access key, so it is answered here and not from a recording.
import { encodeError, encodeXml } from "./encode.mjs";

const HOUR = 3600e3;

/** Counts what each session is used for. `firstLasts` requests end the first session of each account, though its Expiration promised an hour: as when somebody revokes it. */
export function sessionBook(firstLasts = Infinity) {
  const given = new Map();
  const used = new Map();
  return {
    open(account) {
      const number = (given.get(account) ?? 0) + 1;
      given.set(account, number);
      return `testbed-${account}-${number}`;
    },
    isOver({ headers }) {
      const token = headers["x-amz-security-token"] ?? "";
      used.set(token, (used.get(token) ?? 0) + 1);
      return token.startsWith("testbed-") && token.endsWith("-1") && used.get(token) > firstLasts;
    },
  };
}

/** What each protocol family says of such keys. */
export function encodeExpired(request) {
  const isShort = request.protocol === "s3" || request.protocol === "query";
  return encodeError(request, {
    code: isShort ? "ExpiredToken" : "ExpiredTokenException",
    message: "The security token included in the request is expired",
    status: request.protocol === "s3" ? 400 : 403,
  });
}

/** GetCallerIdentity and AssumeRole; undefined for anything else. Roles named Denied* refuse; those named Guarded* want the external id "guard-1234". */
export function answerSts(request, sessions) {
  if (request.operation === "GetCallerIdentity") return callerIdentity(request);
  if (request.operation === "AssumeRole") return assumeRole(request, sessions);
  return undefined;
}

const wrap = (operation, result) =>
  encodeXml(
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000575</RequestId></ResponseMetadata></${operation}Response>`,
  );

function callerIdentity({ account, accessKeyId }) {
  const isRole = accessKeyId?.startsWith("ASIA");
  const arn = isRole
    ? `arn:aws:sts::${account}:assumed-role/TestbedAudit/testbed`
    : `arn:aws:iam::${account}:user/testbed`;
  const userId = isRole ? "AROATESTBEDAUDIT00001:testbed" : "AIDATESTBEDUSER000001";
  return wrap(
    "GetCallerIdentity",
    `<Arn>${arn}</Arn><UserId>${userId}</UserId><Account>${account}</Account>`,
  );
}

function assumeRole(request, sessions) {
  const { RoleArn, RoleSessionName, ExternalId, DurationSeconds } = request.params;
  const [, account, role] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/.exec(RoleArn ?? "") ?? [];
  if (!account) return encodeError(request, { code: "ValidationError", message: "RoleArn is not valid" });
  const isGuarded = /(^|\/)Guarded/.test(role) && ExternalId !== "guard-1234";
  if (request.accessKeyId?.startsWith("ASIA") && Number(DurationSeconds ?? 0) > 3600)
    return encodeError(request, {
      code: "ValidationError",
      message:
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    });
  if (isGuarded || /(^|\/)Denied/.test(role))
    return encodeError(request, {
      code: "AccessDenied",
      message: `User is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      status: 403,
    });
  const user = `<AssumedRoleUser><AssumedRoleId>AROATESTBEDAUDIT00001:${RoleSessionName}</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/${role.split("/").pop()}/${RoleSessionName}</Arn></AssumedRoleUser>`;
  const expiration = new Date(Date.now() + HOUR).toISOString();
  const keys = `<AccessKeyId>ASIA${account}ROLE</AccessKeyId><SecretAccessKey>testbed</SecretAccessKey><SessionToken>${sessions.open(account)}</SessionToken><Expiration>${expiration}</Expiration>`;
  return wrap("AssumeRole", `${user}<Credentials>${keys}</Credentials>`);
}
