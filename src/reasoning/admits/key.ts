import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import type { Policy, PolicyStatement } from "../../languages/iam-policy/iam-policy.js";
import type { RequestContext } from "../../languages/iam-policy/question.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { isArray, readList, readProperty, readText } from "../../shared/read-property.js";
import { claimDecision, withPolicy, withoutGrants } from "./admits.js";
import { contextOf, publishers, serviceOf } from "./publishers.js";
import type { Sender } from "./publishers.js";

const KEY = "AWS::KMS::Key";

/** Whether a service may use the key that encrypts a topic or queue; one without a key needs none. */
export function keyAdmitsInto(account: Account, resource: Resource, sender: Sender): Claim {
  return claimOf(readText(resource, "KmsMasterKeyId"), "KmsMasterKeyId", (reference) => {
    if (reference === undefined || reference === "") return holding;
    // The keys that AWS manages for SNS and SQS admit their callers, never another service, and their policies cannot be changed.
    if (/(?:^|:)alias\/aws\//u.test(reference))
      return refuted(`its key ${reference} is managed by AWS, and ${serviceOf(sender)} cannot use it`);
    const key = findKey(account, reference, resource);
    return key === undefined
      ? doubtful("not-collected", `its key ${reference} is not in this snapshot`)
      : keyAdmits(key, sender, resource);
  });
}

/** The key that encrypts a topic or queue, as far as the account shows it. */
export function encryptionKey(account: Account, resource: Resource): Resource | undefined {
  const reference = resource.properties["KmsMasterKeyId"];
  return typeof reference === "string" ? findKey(account, reference, resource) : undefined;
}

/** The key that a resource names by id, ARN, alias or alias ARN. */
export function findKey(
  account: Account,
  reference: string,
  { region, account: owner, arn = "" }: Resource,
): Resource | undefined {
  const partition = arn.split(":")[1] ?? account.partition;
  const path = reference.startsWith("alias/") ? reference : `key/${reference}`;
  const full = reference.startsWith("arn:") ? reference : `arn:${partition}:kms:${region}:${owner}:${path}`;
  const found = account.find(KEY, full) ?? account.find(KEY, reference);
  if (found !== undefined && (found.arn === full || found.region === region)) return found;
  const alias = full.slice(full.indexOf(":alias/") + 1);
  const home = full.split(":")[3];
  return account.list(KEY).resources.find((key) => key.region === home && aliasesOf(key).includes(alias));
}

function aliasesOf(key: Resource): readonly unknown[] {
  const aliases = readList(key, "Aliases");
  return aliases.kind === "set" && isArray(aliases.value) ? aliases.value : [];
}

/** Whether a key is usable and lets a service encrypt and decrypt the messages of a topic or queue. */
export function keyAdmits(key: Resource, sender: Sender, resource: Resource): Claim {
  if (isKnownGone(key)) return refuted(`its key ${key.id} does not exist`);
  return everyClaim([isCustomerKey(key, sender), isUsable(key), policyAdmits(key, sender, resource)]);
}

/** Whether an execution role, which sends in the place of a service, may use the key: its permissions are not read, so that only a key that works for nobody decides. */
export function keyAdmitsRole(account: Account, resource: Resource, roleArn: string): Claim {
  return claimOf(readText(resource, "KmsMasterKeyId"), "KmsMasterKeyId", (reference = "") => {
    const key = reference === "" ? undefined : findKey(account, reference, resource);
    const works =
      key === undefined
        ? holding
        : isKnownGone(key)
          ? refuted(`its key ${key.id} does not exist`)
          : isUsable(key);
    return reference === "" || works.is === "no"
      ? works
      : doubtful("undecidable", `whether the role ${roleArn} may use its key ${reference} is not decided`);
  });
}

// Who manages a key is only worth knowing when it is AWS: a policy that admits the service settles the rest.
function isCustomerKey(key: Resource, sender: Sender): Claim {
  const manager = readText(key, "KeyManager");
  return manager.kind === "set" && manager.value === "AWS"
    ? refuted(`its key ${key.id} is managed by AWS, and ${serviceOf(sender)} cannot use it`)
    : holding;
}

/** Whether a key's state lets anybody use it. */
export function isUsable(key: Resource): Claim {
  return claimOf(readText(key, "KeyState"), "KeyState", (state) =>
    state === undefined || usable.has(state) ? holding : refuted(`its key ${key.id} is in state ${state}`),
  );
}

const usable: ReadonlySet<string> = new Set(["Enabled", "Updating"]);

function policyAdmits(key: Resource, sender: Sender, resource: Resource): Claim {
  const { hidesSource, context } = mannerOf(sender, resource);
  const service = serviceOf(sender);
  const ask = (policy: Policy): Claim => {
    const counted = hidesSource ? withoutGrants(policy, namesSource) : policy;
    return everyClaim(
      actions.map((action) =>
        claimDecision(
          counted,
          { asker: { kind: "service", service }, action, context, ...keyArn(key) },
          service,
        ),
      ),
    );
  };
  const claim = claimOf(readProperty(key, "KeyPolicy"), "KeyPolicy", (policy) => withPolicy(policy, ask));
  return claim.is === "yes" ? claim : { ...claim, because: `its key ${key.id}: ${claim.because}` };
}

// Of topics AWS says what EventBridge does not tell KMS; of queues it does not, and a grant that depends on it is undecided.
function mannerOf(
  sender: Sender,
  { type, arn }: Resource,
): { readonly hidesSource: boolean; readonly context: RequestContext } {
  const { hidesSource } = publishers[sender.publisher];
  if (type === "AWS::SQS::Queue")
    return { hidesSource: false, context: contextOf(sender, hidesSource || sender.publisher === "sns") };
  return {
    hidesSource,
    context: {
      ...contextOf(sender, hidesSource),
      ...(arn === undefined ? {} : { "kms:EncryptionContext:aws:sns:topicArn": [arn] }),
    },
  };
}

const actions = ["kms:Decrypt", "kms:GenerateDataKey"];

// A key policy's resource is the key, whatever name the key was found by.
function keyArn({ arn }: Resource): { readonly resource?: string } {
  return arn?.includes(":key/") === true ? { resource: arn } : {};
}

// EventBridge tells KMS nothing about its source. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
function namesSource({ conditions }: PolicyStatement): boolean {
  return conditions.some(({ key }) =>
    ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid"].includes(key),
  );
}
