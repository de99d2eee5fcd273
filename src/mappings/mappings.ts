import { OBSERVED } from "./observed.js";
import { ATTACHMENTS, DECLARED } from "./list.js";
import type { AttachmentMapping, DeclaredMapping } from "./mapping.js";

/** How a declared type becomes a resource of a snapshot. A type without a mapping of its own has its declared names. */
export function mappingOf(type: string): DeclaredMapping {
  return DECLARED.find((mapping) => mapping.type === type) ?? { type };
}

/** The properties of other resources that a declared type sets. */
export function attachmentsOf(type: string): readonly AttachmentMapping[] {
  return ATTACHMENTS.filter((mapping) => mapping.type === type);
}

/** Whether a property of a snapshot's type is one that only a running account has, and no declaration. */
export function isObserved(type: string, property: string): boolean {
  return Object.hasOwn(OBSERVED, type) && OBSERVED[type]?.includes(property) === true;
}
