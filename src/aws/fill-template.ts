import type { JsonValue } from "../core/json.js";

/** A template with its names in braces filled in, at any depth: "{id}" alone becomes the value, in a longer text its text. @throws Error where a name has no value. */
export function fillTemplate(
  template: JsonValue,
  names: Readonly<Record<string, JsonValue | undefined>>,
): JsonValue {
  if (typeof template === "string") return fillText(template, names);
  if (Array.isArray(template)) return template.map((item: JsonValue) => fillTemplate(item, names));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fillTemplate(value, names)]),
  );
}

function fillText(text: string, names: Readonly<Record<string, JsonValue | undefined>>): JsonValue {
  const [, alone] = /^\{([^{}]+)\}$/u.exec(text) ?? [];
  if (alone !== undefined) return valueOf(alone, names);
  return text.replaceAll(/\{([^{}]+)\}/gu, (_all, name: string) => textOf(valueOf(name, names)));
}

function valueOf(name: string, names: Readonly<Record<string, JsonValue | undefined>>): JsonValue {
  const value = names[name];
  if (value === undefined || value === null) throw new Error(`it has no ${name}`);
  return value;
}

// What stands inside a longer text is a text or a number.
function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
