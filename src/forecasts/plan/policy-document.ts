import { Hole } from "../../core/declared.js";
import type { Given, GivenObject } from "../../core/declared.js";
import { holeIn, isGivenList, isGivenObject, plainText, setMembers } from "../../mappings/given.js";
import { blocksOf, readerOf } from "../../mappings/terraform.js";
import type { ReadAttribute } from "../../mappings/terraform.js";
import { addAll } from "../../shared/many.js";

/** Policies begin with it, where nothing else is said. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
const VERSION = "2012-10-17";

/**
 * The text that a data source `aws_iam_policy_document` renders, which a plan leaves out where it is read only at the
 * deployment; or the first hole in what it is made of.
 */
export function renderPolicyDocument(read: ReadAttribute): string | Hole {
  const statements: GivenObject[] = [];
  let version = read("version");
  const add = (document: Given): Hole | undefined => {
    const parsed = parsedDocument(document);
    if (parsed instanceof Hole) return parsed;
    for (const statement of listOf(parsed["Statement"]))
      if (isGivenObject(statement)) merge(statements, statement);
    version ??= parsed["Version"];
    return undefined;
  };
  for (const document of listOf(read("source_policy_documents"))) {
    const hole = add(document);
    if (hole !== undefined) return hole;
  }
  const own = blocksOf(read("statement"));
  if (own instanceof Hole) return own;
  for (const block of own ?? []) {
    if (block instanceof Hole) return block;
    merge(statements, statementOf(readerOf(block)));
  }
  for (const document of listOf(read("override_policy_documents"))) {
    const hole = add(document);
    if (hole !== undefined) return hole;
  }
  const policy = setMembers({ Version: version ?? VERSION, Id: read("policy_id"), Statement: statements });
  return holeIn(policy) ?? JSON.stringify(policy);
}

function listOf(value: Given | undefined): readonly Given[] {
  if (value === undefined || value === null) return [];
  return isGivenList(value) ? value : [value];
}

function parsedDocument(document: Given): GivenObject | Hole {
  if (document instanceof Hole) return document;
  if (typeof document !== "string" || document === "") return {};
  try {
    // Parsed JSON is plain data, which is a value without holes.
    const parsed = JSON.parse(document) as Given;
    return isGivenObject(parsed) ? parsed : new Hole("a document that is no JSON object");
  } catch {
    return new Hole("a document that is no JSON");
  }
}

// A statement takes the place of an earlier one with its Sid.
function merge(into: GivenObject[], statement: GivenObject): void {
  const sid = statement["Sid"];
  const at = typeof sid === "string" && sid !== "" ? into.findIndex((one) => one["Sid"] === sid) : -1;
  if (at < 0) into.push(statement);
  else into[at] = statement;
}

function statementOf(read: ReadAttribute): GivenObject {
  return setMembers({
    Sid: read("sid"),
    Effect: read("effect") ?? "Allow",
    Action: read("actions"),
    NotAction: read("not_actions"),
    Resource: variables(read("resources")),
    NotResource: variables(read("not_resources")),
    Principal: principals(read("principals")),
    NotPrincipal: principals(read("not_principals")),
    Condition: conditions(read("condition")),
  });
}

// Terraform writes a policy's own variables as &{…}, to tell them from its own.
function variables(value: Given | undefined): Given | undefined {
  if (typeof value === "string") return value.replaceAll("&{", "${");
  return isGivenList(value) ? value.map((one) => variables(one) ?? null) : value;
}

function principals(value: Given | undefined): Given | undefined {
  const blocks = blocksOf(value);
  if (blocks === undefined || blocks instanceof Hole) return blocks;
  const found: Record<string, Given[]> = {};
  for (const block of blocks) {
    if (block instanceof Hole) return block;
    const read = readerOf(block);
    const type = read("type");
    if (typeof type !== "string") return holeIn(type) ?? "*";
    addAll((found[type] ??= []), listOf(variables(read("identifiers"))));
  }
  const any = found["*"];
  return any?.length === 1 && any[0] === "*" && Object.keys(found).length === 1 ? "*" : found;
}

function conditions(value: Given | undefined): Given | undefined {
  const blocks = blocksOf(value);
  if (blocks === undefined || blocks instanceof Hole) return blocks;
  const found: Record<string, Record<string, Given[]>> = {};
  for (const block of blocks) {
    if (block instanceof Hole) return block;
    const read = readerOf(block);
    const [test, variable] = [read("test"), read("variable")];
    const hole = holeIn(test) ?? holeIn(variable);
    if (hole !== undefined) return hole;
    const tests = (found[plainText(test) ?? ""] ??= {});
    addAll((tests[plainText(variable) ?? ""] ??= []), listOf(variables(read("values"))));
  }
  return found;
}
