/** What ajv says about one keyword that does not hold; of its error objects just what is read here (`verbose` must be on). */
export type SchemaError = {
  readonly keyword: string;
  /** JSON pointer into the data. */
  readonly instancePath: string;
  /** JSON pointer into the schema, with the keyword at its end. */
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
  /** The keyword's value. */
  readonly schema?: unknown;
  /** The schema in which the keyword stands. */
  readonly parentSchema?: unknown;
  readonly data?: unknown;
};

/** Checks data against one schema; after false, `errors` says why. */
export type Validate = {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
};

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A member of a value that may be a record. */
export function member(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether a value has named members: an object, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names of a record's members; none for anything else. */
export function keysOf(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

/** The texts of a list; none for anything else. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
