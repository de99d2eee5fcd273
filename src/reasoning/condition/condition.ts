import type { Account } from "../../core/account.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import { SEEN_IN } from "../../core/resource.js";
import type { Reading, Resource } from "../../core/resource.js";
import { isArray, readProperty } from "../../shared/read-property.js";
import { holds, pathsOf, propertyOf, valueAt } from "./tree.js";
import type { ConditionTree } from "./tree.js";
import type { Expression } from "./expression.js";
import { UndecidedError, demand } from "./undecided.js";

/** A condition as a person writes it: an expression, or a tree of operators. */
export type ConditionOption = string | ConditionTree;

/** A condition that is ready to be asked. */
export type Condition = {
  /** The properties that it names, each once. */
  readonly properties: readonly string[];
  decide(resource: Resource, scope: ConditionContext): Truth;
};

/** What a condition may know beside the resource. */
export type ConditionContext = { readonly account: Account; readonly params: JsonObject };

/** The answer to a condition; `error` is a condition that does not fit the resource. */
export type Truth =
  | { readonly kind: "yes" }
  | { readonly kind: "no" }
  | { readonly kind: "unknown"; readonly reason: "unreadable" | "not-collected"; readonly message: string }
  | { readonly kind: "error"; readonly message: string };

/** Prepares a condition. The expression engine is loaded only when there is an expression. @throws Error for an expression with mistakes. */
export async function prepareCondition(option: ConditionOption): Promise<Condition> {
  if (typeof option !== "string") return treeCondition(option);
  const { compileExpression, ExpressionError } = await import("./expression.js");
  const compiled = compileExpression(option);
  if (!compiled.ok) throw new Error(compiled.problem.message);
  return expressionCondition(compiled.expression, (error) => error instanceof ExpressionError);
}

function treeCondition(tree: ConditionTree): Condition {
  return {
    properties: unique(pathsOf(tree).map(propertyOf)),
    decide: (resource, { account }) =>
      truthOf(
        () => holds(tree, { takenAt: account.takenAt, read: (path) => readPath(resource, path, account) }),
        () => false,
      ),
  };
}

function expressionCondition(expression: Expression, isMisfit: (error: unknown) => boolean): Condition {
  const properties = unique(expression.properties.map(({ name }) => name));
  return {
    properties,
    decide: (resource, { account, params }) => {
      const { partition, regions, takenAt } = account;
      return truthOf(
        () =>
          expression.run({
            resource: lazily(resource, properties, account),
            params,
            // Asked only where the expression asks: an account may not know its id.
            account: {
              get id() {
                return account.id;
              },
              partition,
              regions,
            },
            takenAt,
          }),
        isMisfit,
      );
    },
  };
}

function truthOf(ask: () => boolean, isMisfit: (error: unknown) => boolean): Truth {
  try {
    return { kind: ask() ? "yes" : "no" };
  } catch (error) {
    if (error instanceof UndecidedError)
      return { kind: "unknown", reason: error.reason, message: error.message };
    if (error instanceof Error && isMisfit(error)) return { kind: "error", message: error.message };
    throw error;
  }
}

function readPath(resource: Resource, path: string, account: Account): JsonValue | undefined {
  const [property = path, ...rest] = path.split(".");
  const value =
    identityOf(resource, property) ?? demand(readKnowing(resource, property, account), resource, property);
  return rest.length === 0 ? value : valueAt(value, rest.join("."));
}

// What every resource has, whatever was read of it.
function identityOf(resource: Resource, property: string): string | undefined {
  return property === "id" || property === "arn" || property === "region" || property === "account"
    ? resource[property]
    : undefined;
}

/** Names that every resource answers to beside its type's properties. */
export const identityNames: readonly string[] = ["account", "arn", "id", "region"];

// Getters, so that what could not be read only matters where the expression touches it. What is not set has no key.
function lazily(resource: Resource, properties: readonly string[], account: Account): JsonObject {
  const scope: Record<string, JsonValue> = {};
  for (const property of properties) {
    const identity = identityOf(resource, property);
    const reading = readKnowing(resource, property, account);
    if (identity !== undefined) scope[property] = identity;
    else if (reading.kind === "set") scope[property] = reading.value;
    else if (reading.kind !== "absent")
      Object.defineProperty(scope, property, {
        enumerable: true,
        get: (): JsonValue | undefined => demand(reading, resource, property),
      });
  }
  return scope;
}

// In which regions a resource is seen is as complete as the lists are.
function readKnowing(resource: Resource, property: string, account: Account): Reading<JsonValue> {
  const reading = readProperty(resource, property);
  if (property !== SEEN_IN || reading.kind !== "set" || !isArray(reading.value)) return reading;
  const seen = new Set(reading.value);
  const gap = account.list(resource.type).blind.find(({ region }) => !seen.has(region));
  if (gap === undefined) return reading;
  const { reason, action, region, message } = gap;
  return {
    kind: "unreadable",
    because: {
      reason,
      region,
      ...(action === undefined ? {} : { action }),
      ...(message === undefined ? {} : { message }),
    },
  };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
