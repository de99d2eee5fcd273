import type { Diagnostic } from "../../core/diagnostic.js";
import { isListType } from "../../languages/template/scope.js";
import { diagnosticOf } from "./template-file.js";
import type { TemplateFile } from "./template-file.js";

/** Values handed in that the template does not allow; CloudFormation refuses such a deployment. */
export function checkParameters(
  file: TemplateFile,
  values: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  return [...file.template.parameters].flatMap(([name, { allowed, type, noEcho }]) => {
    const value = values.get(name);
    if (value === undefined || allowed.length === 0 || type.startsWith("AWS::SSM::")) return [];
    const parts = isListType(type) ? value.split(",").map((part) => part.trim()) : [value];
    const wrong = parts.find((part) => !allowed.includes(part));
    if (wrong === undefined) return [];
    const shown = noEcho ? "the value given" : JSON.stringify(wrong);
    const message = `parameter ${name}: ${shown} is not one of ${allowed.join(", ")}`;
    return [diagnosticOf(file, { code: "bad-value", path: ["Parameters", name], message })];
  });
}
