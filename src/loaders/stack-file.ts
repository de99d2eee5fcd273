import type { Loaded } from "../core/diagnostic.js";
import { isRecord, member } from "./diagnostics/schema-error.js";
import { diagnoseFile, sourceText } from "./diagnostics/source-text.js";
import { parseJson } from "./load-json.js";
import { readText } from "./read-text.js";
import { parseTemplate } from "./template-documents.js";
import type { TemplateDocument, TemplateSearch } from "./template-documents.js";
import { takeParameters } from "./template-parameters.js";
import type { TemplateParameters } from "./template-parameters.js";

/** A stack as CloudFormation's answers tell of it. */
export type StackRecord = {
  readonly file: string;
  readonly resources: ReadonlyMap<string, { readonly physicalId: string; readonly type: string }>;
  readonly template?: TemplateDocument;
  readonly parameters: Omit<TemplateParameters, "files">;
};

/** Reads what `--stack` takes: `{ "StackResourceSummaries": […], "TemplateBody"?, "Parameters"? }`. */
export async function loadStack(file: string, search: TemplateSearch): Promise<Loaded<StackRecord>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const parsed = parseJson(text.value, "`aws cloudformation list-stack-resources` writes such files");
  if (!parsed.ok) return parsed;
  const listed = member(parsed.value, "StackResourceSummaries") ?? member(parsed.value, "StackResources");
  const resources = Array.isArray(listed) ? resourcesOf(listed) : undefined;
  const parameters = { values: new Map<string, string>(), resolved: new Map<string, string>() };
  if (resources === undefined || !takeParameters(member(parsed.value, "Parameters") ?? [], parameters))
    return {
      ok: false,
      diagnostics: [
        diagnoseFile(file, {
          code: "not-a-stack",
          message: "this does not tell the resources of a stack",
          hint: 'expected { "StackResourceSummaries": […], "TemplateBody"?: …, "Parameters"?: […] }',
        }),
      ],
    };
  const body = member(parsed.value, "TemplateBody");
  if (body === undefined) return { ok: true, value: { file, resources, parameters } };
  const written = typeof body === "string" ? body : JSON.stringify(body);
  const template = await parseTemplate(sourceText(file, written), search);
  return template.ok
    ? { ok: true, value: { file, resources, parameters, template: template.value } }
    : template;
}

function resourcesOf(listed: readonly unknown[]): StackRecord["resources"] | undefined {
  const found = new Map<string, { readonly physicalId: string; readonly type: string }>();
  for (const item of listed) {
    const [id, type] = [member(item, "LogicalResourceId"), member(item, "ResourceType")];
    if (!isRecord(item) || typeof id !== "string" || typeof type !== "string") return undefined;
    const [physicalId, status] = [item["PhysicalResourceId"], item["ResourceStatus"]];
    // What was never made, or is gone, has no identity.
    if (typeof physicalId === "string" && physicalId !== "" && status !== "DELETE_COMPLETE")
      found.set(id, { physicalId, type });
  }
  return found;
}
