import type { DeclaredPlace } from "../../core/declared.js";
import type { Diagnostic } from "../../core/diagnostic.js";
import { openTemplate } from "../../languages/template/template.js";
import type { Template } from "../../languages/template/template.js";
import type { TemplateFault } from "../../languages/template/scope.js";
import type { TemplatePath } from "../../languages/template/values.js";
import { diagnose } from "../../loaders/diagnostics/source-text.js";
import type { TemplateDocument } from "../../loaders/template-documents.js";

/** A template and the file that it stands in; `nested`: the templates of its stacks by their logical id, as written. */
export type TemplateFile = TemplateDocument & {
  readonly template: Template;
  readonly nested: ReadonlyMap<string, TemplateFile>;
};

/** Opens the sections of a template that was read, and of those that it nests. */
export function openTemplateFile(document: TemplateDocument): TemplateFile {
  return {
    ...document,
    template: openTemplate(document.value),
    nested: new Map([...document.nestedDocuments].map(([id, inner]) => [id, openTemplateFile(inner)])),
  };
}

/** Where a key of a template stands. */
export function placeOf({ file, places }: TemplateFile, path: TemplatePath): DeclaredPlace {
  const { line, column } = places.ofKey(path);
  return { file, line, column };
}

/** What is wrong with a template, at its place. */
export function diagnosticOf({ source, places }: TemplateFile, fault: TemplateFault): Diagnostic {
  const { code, message, hint } = fault;
  return diagnose(
    source,
    { code, message, ...(hint === undefined ? {} : { hint }) },
    places.ofValue(fault.path),
  );
}
