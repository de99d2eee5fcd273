/** Plain JSON data: what snapshots, options, evidence and reports are made of. */
export type JsonValue = string | number | boolean | null | JsonArray | JsonObject;
/** A list of JSON values. */
export type JsonArray = readonly JsonValue[];
/** An object of JSON values. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };
