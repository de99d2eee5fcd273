import type { Hole } from "../../core/declared.js";
import { mistake, parameterValue } from "./scope.js";
import type { Scope } from "./scope.js";
import { REMOVED } from "./values.js";
import type { TemplatePath, Value } from "./values.js";

/** What Ref gives for a parameter, a pseudo parameter or a resource. */
export function refer(name: string, at: TemplatePath, scope: Scope): Value {
  if (name === "AWS::NoValue") return REMOVED;
  const declared = scope.template.parameters.get(name);
  if (declared !== undefined) return parameterValue(name, declared, scope);
  if (name.startsWith("AWS::")) return scope.outside.pseudo(name) ?? unknownName(name, at, scope);
  return scope.outside.hasResource(name)
    ? scope.outside.resource(name, undefined)
    : unknownName(name, at, scope);
}

/** What GetAtt gives for an attribute of a resource. */
export function referAttribute(
  [name, attribute]: readonly [string, string],
  at: TemplatePath,
  scope: Scope,
): Value {
  return scope.outside.hasResource(name)
    ? scope.outside.resource(name, attribute)
    : unknownName(name, at, scope);
}

function unknownName(name: string, path: TemplatePath, scope: Scope): Hole {
  return mistake(scope, {
    code: "unknown-name",
    path,
    message: `there is no parameter or resource ${JSON.stringify(name)} in this template`,
  });
}
