import { Hole } from "../../core/declared.js";
import type { Given, GivenObject } from "../../core/declared.js";
import { isGivenObject, isList, textOf } from "../../languages/template/values.js";
import { readTemplateTypes } from "../../generated/template-types.js";
import type { PropertyKind, TemplateType } from "../../generated/template-types.js";
import { rememberByText } from "../../shared/remember.js";

const types = rememberByText(readTemplateTypes);

/** What CloudFormation's registry says of a type; undefined for one that no mapping knows. */
export function typeFacts(type: string): TemplateType | undefined {
  const known = types("all");
  return Object.hasOwn(known, type) ? known[type] : undefined;
}

/** Properties as CloudFormation takes them: "365" is a number where a number belongs, and 1 a text where a text does. */
export function coerceProperties(type: string, properties: GivenObject): GivenObject {
  const kinds = typeFacts(type)?.kinds;
  return kinds === undefined ? properties : coerceMembers(properties, kinds);
}

function coerceMembers(
  members: GivenObject,
  kinds: { readonly [member: string]: PropertyKind },
): GivenObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      coerce(value, Object.hasOwn(kinds, name) ? kinds[name] : undefined),
    ]),
  );
}

function coerce(value: Given, kind: PropertyKind | undefined): Given {
  if (kind === undefined || value instanceof Hole) return value;
  if (typeof kind === "string") return scalar(value, kind);
  if (isList(value)) {
    const [item]: readonly (PropertyKind | undefined)[] = Array.isArray(kind) ? kind : [];
    return value.map((element) => coerce(element, item));
  }
  // Not a list, and its members by name.
  return isGivenObject(value) && !Array.isArray(kind)
    ? coerceMembers(value, kind as { readonly [member: string]: PropertyKind })
    : value;
}

function scalar(value: Given, kind: "boolean" | "number" | "text"): Given {
  const text = textOf(value);
  if (text === undefined) return value;
  if (kind === "text") return text;
  if (kind === "boolean") return /^(?:true|false)$/iu.test(text) ? text.toLowerCase() === "true" : value;
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : value;
}
