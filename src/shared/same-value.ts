type Members = Readonly<Record<string, unknown>>;

/**
 * Whether two values say the same, as AWS and those who declare spell it differently: members in another order, lists too, what
 * is null or left out, and documents as text.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  return spelled(a) === spelled(b);
}

function spelled(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(document(value));
  if (Array.isArray(value)) return `[${value.map(spelled).sort().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  // An object that is no list has members.
  const members = Object.entries(value as Members).filter(
    ([, member]) => member !== null && member !== undefined,
  );
  return `{${members
    .map(([name, member]) => `${JSON.stringify(name)}:${spelled(member)}`)
    .sort()
    .join()}}`;
}

// Policies and patterns; whatever else begins so and is no JSON is a text.
function document(text: string): string {
  if (!/^\s*\{/u.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return spelled(value);
  } catch {
    return text;
  }
}
