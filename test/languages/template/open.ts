import type { Given } from "../../../src/core/declared.js";
import { Hole } from "../../../src/core/declared.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import { evaluate, openScope } from "../../../src/languages/template/evaluate.js";
import type { Outside, Scope, TemplateFault } from "../../../src/languages/template/scope.js";
import { openTemplate } from "../../../src/languages/template/template.js";
import { exploreWorlds, Session } from "../../../src/languages/template/worlds.js";

export type Opened = { readonly scope: Scope; readonly faults: readonly TemplateFault[] };

const PSEUDO: Readonly<Record<string, Given>> = {
  "AWS::AccountId": "111122223333",
  "AWS::Region": "eu-west-1",
  "AWS::Partition": "aws",
  "AWS::StackName": "watch",
  "AWS::StackId": new Hole("the stack's id"),
};

/** A scope around a template, in which resources are called by their logical id and attributes by "id.attribute". */
export function open(
  document: JsonObject,
  {
    given = {},
    session = new Session(new Map()),
    outside = {},
  }: {
    readonly given?: Readonly<Record<string, Given>>;
    readonly session?: Session;
    readonly outside?: Partial<Outside>;
  } = {},
): Opened {
  const template = openTemplate(document);
  const faults: TemplateFault[] = [];
  const scope = openScope({
    template,
    session,
    whose: "",
    fault: (fault) => faults.push(fault),
    outside: {
      given: (name) => given[name],
      resolved: () => undefined,
      pseudo: (name) => PSEUDO[name],
      resource: (id, attribute) => (attribute === undefined ? id : `${id}.${attribute}`),
      hasResource: (id) => Object.hasOwn(template.resources, id),
      importOf: () => undefined,
      outputOf: () => undefined,
      ...outside,
    },
  });
  return { scope, faults };
}

/** What an expression stands for where nothing is undecided. */
export function valueOf(
  node: JsonValue,
  document: JsonObject = {},
  given: Readonly<Record<string, Given>> = {},
) {
  const { scope, faults } = open(document, { given });
  return { value: evaluate(node, [], scope), faults: faults.map(({ code }) => code) };
}

/** What an expression stands for in each world. */
export function worldsOf(node: JsonValue, document: JsonObject) {
  return exploreWorlds((session) => evaluate(node, [], open(document, { session }).scope)).map(
    ({ given, result }) => ({ given, value: result }),
  );
}
