import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { ManifestSample, ProbeTrouble } from "../../shared/aws/manifest-probe.js";
import { isArray, isObject, readProperty } from "../../shared/read-property.js";
import { explainUnreadable } from "../../shared/text/unreadable-text.js";

/** The trouble that the secret with the CDN identifier could not be read. */
export const SECRET_UNREADABLE = "secret_unreadable";

/** What a snapshot says that a manifest answered. A sample that is not well formed is dropped. */
export function samplesOf(probe: Resource): {
  readonly samples: readonly ManifestSample[];
  readonly trouble?: ProbeTrouble;
} {
  const samples = readProperty(probe, "Samples");
  const trouble = readProperty(probe, "Trouble");
  if (samples.kind === "unreadable")
    return {
      samples: [],
      trouble: { reason: SECRET_UNREADABLE, message: explainUnreadable(samples.because) },
    };
  const list =
    samples.kind === "set" && isArray(samples.value) ? samples.value.filter(isObject).flatMap(sampleOf) : [];
  return {
    samples: list,
    ...(trouble.kind === "set" && isObject(trouble.value) ? { trouble: troubleOf(trouble.value) } : {}),
  };
}

function sampleOf(sample: JsonObject): readonly ManifestSample[] {
  const { at = null } = sample;
  if (typeof at !== "number") return [];
  return [
    {
      at,
      ended: sample["ended"] === true,
      ...number("date", sample["date"]),
      ...number("age", sample["age"]),
      ...number("targetDuration", sample["targetDuration"]),
      ...text("lastUpdated", sample["lastUpdated"]),
      ...text("lastSequence", sample["lastSequence"]),
    },
  ];
}

function troubleOf(trouble: JsonObject): ProbeTrouble {
  const { reason = null } = trouble;
  return {
    reason: typeof reason === "string" ? reason : "unreachable",
    ...number("status", trouble["status"]),
    ...text("message", trouble["message"]),
  };
}

function number<Name extends string>(
  name: Name,
  value: JsonValue | undefined,
): { readonly [key in Name]?: number } {
  // A computed key is typed as any text, though it is just this one.
  return typeof value === "number" ? ({ [name]: value } as { readonly [key in Name]?: number }) : {};
}

function text<Name extends string>(
  name: Name,
  value: JsonValue | undefined,
): { readonly [key in Name]?: string } {
  // As above.
  return typeof value === "string" ? ({ [name]: value } as { readonly [key in Name]?: string }) : {};
}
