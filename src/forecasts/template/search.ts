import type { JsonObject, JsonValue } from "../../core/json.js";
import { isTemplate, own } from "../../languages/template/template.js";
import { isObject } from "../../languages/template/values.js";
import type { TemplateSearch } from "../../loaders/template-documents.js";

/** The type of a nested stack. */
export const STACK = "AWS::CloudFormation::Stack";

/** Finds templates and those that they nest; `assets`: object key → file, as the CDK publishes them. */
export function templateSearch(assets: ReadonlyMap<string, string> = new Map()): TemplateSearch {
  return {
    isTemplate,
    nestedIn(value) {
      const found = new Map<string, readonly string[]>();
      for (const [id, resource] of stacksIn(own(value, "Resources"))) {
        const candidates = candidatesOf(resource, assets);
        if (candidates.length > 0) found.set(id, candidates);
      }
      return found;
    },
  };
}

function stacksIn(resources: JsonValue | undefined): readonly (readonly [string, JsonObject])[] {
  if (!isObject(resources)) return [];
  return Object.entries(resources).flatMap(([id, resource]) =>
    isObject(resource) && own(resource, "Type") === STACK ? [[id, resource] as const] : [],
  );
}

function candidatesOf(stack: JsonObject, assets: ReadonlyMap<string, string>): readonly string[] {
  const metadata = own(stack, "Metadata");
  const asset = isObject(metadata) ? own(metadata, "aws:asset:path") : undefined;
  const properties = own(stack, "Properties");
  const url = isObject(properties) ? own(properties, "TemplateURL") : undefined;
  const texts = textsIn(url ?? null);
  const published = texts.flatMap((text) => assets.get(text.slice(text.lastIndexOf("/") + 1)) ?? []);
  const local = typeof url === "string" && !/^(?:https?|s3):/u.test(url) ? [url] : [];
  return [...(typeof asset === "string" ? [asset] : []), ...published, ...local];
}

function textsIn(node: JsonValue): readonly string[] {
  if (typeof node === "string") return [node];
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(textsIn) : [];
}
