/** A schema of the SDK's, in its own notation: https://github.com/smithy-lang/smithy-typescript/tree/main/packages/types/src/schema */
export type Schema = number | string | readonly unknown[] | (() => Schema);

/** Traits as the SDK writes them: bits, or by name. */
type Traits = number | Readonly<Record<string, unknown>>;

/** A shape that a shape is made of: a number for a simple one, a name, or either with traits of its own. */
type Ref = number | string | readonly [ref: Ref, traits: Traits];

/** A simple shape, a list, a map, or a structure or union with its members. */
type Shape =
  | readonly [kind: 0, traits: Traits, of: number]
  | readonly [kind: 1, traits: Traits, item: Ref]
  | readonly [kind: 2, traits: Traits, key: Ref, value: Ref]
  | readonly [kind: 3 | 4, traits: Traits, members: Readonly<Record<string, Ref>>];

/** One service of `src/aws/operations.json`. */
export type Declaration = {
  readonly serviceId: string;
  /** The SDK's class of the protocol. */
  readonly protocol: string;
  readonly settings: { readonly defaultNamespace: string } & Readonly<Record<string, string>>;
  readonly signingName: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The decision diagram that finds the endpoint of a region. */
  readonly endpoint: {
    readonly nodes: readonly number[];
    readonly root: number;
    readonly conditions: readonly unknown[];
    readonly results: readonly unknown[];
  };
  /** Names of errors, by the codes with which they are sent, where these differ. */
  readonly errors: Readonly<Record<string, string>>;
  readonly operations: Readonly<Record<string, readonly [traits: Traits, input: Ref, output: Ref]>>;
  readonly shapes: Readonly<Record<string, Shape>>;
};

/** The SDK's schema of an operation. @throws Error where the declaration has none. */
export function operationSchema(declaration: Declaration, name: string): Schema {
  const { settings, operations } = declaration;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) throw new Error(`${declaration.serviceId} has no declared operation ${name}`);
  const [traits, input, output] = operation;
  const schemas = schemasOf(declaration);
  return [9, settings.defaultNamespace, name, traits, schemas(input), schemas(output)];
}

// Shapes can hold themselves: each is made once, and named by a function until then.
function schemasOf({ settings: { defaultNamespace: namespace }, shapes }: Declaration): (ref: Ref) => Schema {
  const made = new Map<string, Schema>();
  const schemaOf = (ref: Ref): Schema => {
    if (typeof ref === "number" || ref === "unit") return ref;
    if (typeof ref === "string") return () => named(ref);
    const [inner, traits] = ref;
    return [schemaOf(inner), traits];
  };
  const named = (name: string): Schema => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
  const make = (name: string): Schema => {
    const shape = shapes[name];
    if (shape === undefined) throw new Error(`no shape ${name} is declared`);
    const head = [shape[0], namespace, name, shape[1]];
    if (shape[0] === 0) return [...head, shape[2]];
    if (shape[0] === 1) return [...head, schemaOf(shape[2])];
    if (shape[0] === 2) return [...head, schemaOf(shape[2]), schemaOf(shape[3])];
    return [...head, Object.keys(shape[2]), Object.values(shape[2]).map(schemaOf)];
  };
  return schemaOf;
}
