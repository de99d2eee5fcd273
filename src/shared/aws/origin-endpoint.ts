import { pickMembers } from "./names.js";

type Members = Readonly<Record<string, unknown>>;

// Names only: a package also holds keys, vectors and the addresses of key servers.
const ofManifest = [
  "Id",
  "ManifestName",
  "ChildManifestName",
  "Url",
  "PlaylistWindowSeconds",
  "ManifestWindowSeconds",
  "ManifestLayout",
  "MinUpdatePeriodSeconds",
  "SuggestedPresentationDelaySeconds",
];
const ofPackage = [
  ...ofManifest,
  "SegmentDurationSeconds",
  "SegmentName",
  "SegmentPrefix",
  "PlaylistType",
  "Profile",
  "SegmentTemplateFormat",
];

/** What of a package, or of v2's segment settings, may be shown: durations, windows, names, manifests; undefined where there is none. */
export function packageFacts(source: unknown): Members | undefined {
  if (!isMembers(source)) return undefined;
  const lists = ["HlsManifests", "DashManifests", "MssManifests"].flatMap((name) =>
    Array.isArray(source[name]) ? [[name, manifestFacts(source[name])] as const] : [],
  );
  return { ...pickMembers(source, ofPackage), ...Object.fromEntries(lists) };
}

/** What of each manifest may be shown; undefined where there is no list. */
export function manifestFacts(source: unknown): readonly Members[] | undefined {
  return Array.isArray(source)
    ? source.filter(isMembers).map((manifest) => pickMembers(manifest, ofManifest) ?? {})
    : undefined;
}

/** An access log's setting; undefined where there is none. An empty one is on, with the default log group. */
export function logFacts(source: unknown): Members | undefined {
  return isMembers(source) ? pickMembers(source, ["LogGroupName"]) : undefined;
}

/** CDN authorization by the ARNs of its secret and role. What is no ARN might be the secret, and stays behind. */
export function authorizationFacts(source: unknown): Members | undefined {
  if (!isMembers(source)) return undefined;
  const arns = ["CdnIdentifierSecret", "SecretsRoleArn"].filter((name) =>
    /^arn:[^:]*:(?:secretsmanager|iam):/u.test(textOf(source[name])),
  );
  return pickMembers(source, arns);
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
