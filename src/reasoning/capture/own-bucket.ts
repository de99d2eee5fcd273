import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import { isArray, isObject, readList, readText } from "../../shared/read-property.js";
import type { SelectorEdit } from "./remedy-gap.js";

const OBJECT = "AWS::S3::Object";

/**
 * Whether new selectors would let a trail record the objects of the very bucket that it delivers to, which its own
 * selectors leave out. Each log file that it delivers would then be an event of its own.
 */
export function feedsItself(trail: Resource, edit: SelectorEdit, partition: string): boolean {
  const bucket = readText(trail, "S3BucketName");
  const before = readList(trail, "AdvancedEventSelectors");
  if (bucket.kind !== "set" || before.kind !== "set" || edit.list !== "AdvancedEventSelectors") return false;
  const own = `arn:${partition}:s3:::${bucket.value}/AWSLogs/`;
  const selectors = before.value.filter(isObject).filter(takesObjects);
  const sparesIt = selectors.some((selector) => excludes(selector, own));
  return (
    sparesIt &&
    !selectors.some((selector) => reaches(selector, own)) &&
    edit.selectors.filter(takesObjects).some((selector) => reaches(selector, own))
  );
}

/** What to do where only a trail that feeds itself would do. */
export function loopRemedy(trail: Resource): Remediation {
  const bucket = readText(trail, "S3BucketName");
  const name = bucket.kind === "set" ? bucket.value : "";
  return {
    text: `Keep the exclusion: trail ${trail.id} leaves out the objects of ${name}, its own bucket, since each log file that it delivers there would be an event of its own, and so for ever. Let another trail, which delivers to another bucket, record data events of ${name}; or demand those of the other buckets only, by the rule's option buckets. Data events are charged for.`,
  };
}

function takesObjects(selector: JsonObject): boolean {
  return fieldsOf(selector).some(
    ({ Field: name, Equals: types }) => name === "resources.type" && textsIn(types).includes(OBJECT),
  );
}

function arnFields(selector: JsonObject): readonly JsonObject[] {
  return fieldsOf(selector).filter(({ Field: name }) => name === "resources.ARN");
}

function excludes(selector: JsonObject, arn: string): boolean {
  return arnFields(selector).some(({ NotStartsWith: prefixes }) =>
    textsIn(prefixes).some((prefix) => arn.startsWith(prefix)),
  );
}

function reaches(selector: JsonObject, arn: string): boolean {
  if (excludes(selector, arn)) return false;
  return arnFields(selector).every(({ Equals: exact, StartsWith: prefixes, EndsWith: suffixes }) => {
    const isFree = [exact, prefixes, suffixes].every((values) => textsIn(values).length === 0);
    return (
      isFree ||
      textsIn(suffixes).length > 0 ||
      textsIn(exact).some((value) => value.startsWith(arn)) ||
      textsIn(prefixes).some((prefix) => arn.startsWith(prefix) || prefix.startsWith(arn))
    );
  });
}

function fieldsOf(selector: JsonObject): readonly JsonObject[] {
  const { FieldSelectors: fields } = selector;
  return isArray(fields) ? fields.filter(isObject) : [];
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
