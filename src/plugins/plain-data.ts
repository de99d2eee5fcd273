/** Whether dates and bytes may stand in it, as in AWS's answers, or JSON alone. */
export type PlainOptions = { readonly dates: boolean };

/** What a plugin answered is no plain data; `message` says what is in it. */
export class NotPlainError extends Error {
  override readonly name = "NotPlainError";
}

const deepest = 100;

/**
 * A copy made of fresh objects without inherited members. Members that are undefined are left out.
 *
 * @throws NotPlainError for anything but data, for circles, and for members that could reach a prototype.
 */
export function plainData(value: unknown, options: PlainOptions): unknown {
  return copy(value, options, 0);
}

function copy(value: unknown, options: PlainOptions, depth: number): unknown {
  if (depth > deepest) throw new NotPlainError("data that is nested too deeply, or in a circle");
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return finite(value);
  if (typeof value === "object") return copyObject(value, options, depth);
  if (value === undefined) return null;
  throw new NotPlainError(`a ${typeof value}`);
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new NotPlainError(`the number ${value.toString()}`);
}

function copyObject(value: object, options: PlainOptions, depth: number): unknown {
  if (options.dates && (value instanceof Date || value instanceof Uint8Array)) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, options, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new NotPlainError(`a ${value.constructor.name}`);
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(members.map(([key, item]) => [safeKey(key), copy(item, options, depth + 1)]));
}

function safeKey(key: string): string {
  if (key === "__proto__") throw new NotPlainError('a member named "__proto__"');
  return key;
}
