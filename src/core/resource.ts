import type { Resource, Unreadable } from "./formats/snapshot.js";

export type { Resource, Unreadable };

/** What reading one property of a resource gave. "Absent" is AWS's word, never a guess. */
export type Reading<T> =
  | { readonly kind: "set"; readonly value: T }
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly because: Unreadable }
  | { readonly kind: "not-collected"; readonly property: string };

/** Observed: the regions in which a list showed the resource. A multi-region trail is seen far from its home. */
export const SEEN_IN = "SeenIn";

/** Observed: false where something refers to a resource that does not exist. */
export const EXISTS = "Exists";
