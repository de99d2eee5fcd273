/**
 * What may stand below a property: nothing ("leaf"), anything ("open": documents, tags, maps), items of one shape in a list, or
 * members by name.
 */
export type PropertyShape =
  "leaf" | "open" | readonly [PropertyShape] | { readonly [member: string]: PropertyShape };

/** The shapes of a type's properties; one that is not named is open. */
export type PropertyShapes = { readonly [property: string]: PropertyShape };
