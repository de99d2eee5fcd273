// Answers as data (aws-snapshot/1): what AWS says, in the shape the SDK and `aws --output json` print.
// Format: ../snapshots/README.md.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const UNITS = { m: 60e3, h: 3600e3, d: 86400e3 };

/** "@now-3d" → ISO time, in any string of the value. */
function expandTimes(value, now) {
  if (typeof value === "string") {
    return value.replace(/@now(?:([+-]\d+)([mhd]))?/g, (_, count, unit) =>
      new Date(now + (count ? Number(count) * UNITS[unit] : 0)).toISOString().replace(/\.\d+Z$/, "Z"),
    );
  }
  if (Array.isArray(value)) return value.map((item) => expandTimes(item, now));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandTimes(item, now)]));
}

/** Entries with defaults filled in and times made real. `now`: milliseconds since 1970. */
export function prepareEntries(entries, { now = Date.now(), ...defaults } = {}) {
  return entries.map((entry) =>
    expandTimes({ account: "*", region: "*", mode: "replace", ...defaults, ...entry }, now),
  );
}

/** All entries of a folder, most specific first: files named `_*` hold defaults and come last. */
export function readEntries(folder, now) {
  const isDefault = (file) => file.startsWith("_");
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort((a, b) => isDefault(a) - isDefault(b) || (a < b ? -1 : 1));
  return files.flatMap((file) => {
    const { format, account, entries } = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (format !== "aws-snapshot/1") throw new Error(`${file}: format must be "aws-snapshot/1"`);
    return prepareEntries(entries, { now, account, isDefault: isDefault(file), isOnTape: true });
  });
}

/** Entries that speak about one request, in order; a "replace" ends the list. */
export function findEntries(entries, request) {
  const found = [];
  for (const entry of entries) {
    if (!speaksOf(entry, request)) continue;
    if (found.length > 0 && entry.isDefault) continue; // a default never adds to a specific entry
    found.push(entry);
    if (entry.mode === "replace") break;
  }
  return found;
}

function speaksOf(entry, { service, operation, account, region, params }) {
  if (entry.service !== service || entry.operation !== operation) return false;
  if (!isOneOf(entry.account, account) || !isOneOf(entry.region, region)) return false;
  const holds = ([name, wanted]) => agrees(wanted, params[name]);
  if (!Object.entries(entry.params ?? {}).every(holds)) return false;
  return !(entry.unless && Object.entries(entry.unless).every(holds));
}

const isOneOf = (wanted, value) => wanted === "*" || [].concat(wanted).map(String).includes(String(value));

function agrees(wanted, value) {
  if (Array.isArray(value))
    return [].concat(wanted).every((one) => value.some((item) => String(item) === String(one)));
  if (Array.isArray(wanted)) return wanted.some((one) => String(one) === String(value));
  if (typeof wanted === "object" && wanted !== null)
    return (
      typeof value === "object" &&
      value !== null &&
      Object.entries(wanted).every(([key, one]) => agrees(one, value[key]))
    );
  return String(wanted) === String(value);
}

/** Keeps only the list members that the request asked for, as AWS would. */
export function selectAsked({ select }, params, output) {
  const asked = select && params[select.param];
  if (asked === undefined) return output;
  const wanted = [].concat(asked).map(String);
  return {
    ...output,
    [select.list]: (output[select.list] ?? []).filter((item) => wanted.includes(String(item[select.key]))),
  };
}

/** merge: lists are appended, other members set. patch: members are set on the matching list items. */
export function applyEntry({ mode, response, patch }, base) {
  if (mode === "merge") {
    const merged = Object.entries(response).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...(base[key] ?? []), ...value] : value,
    ]);
    return { ...base, ...Object.fromEntries(merged) };
  }
  if (mode !== "patch") return response;
  const output = structuredClone(base);
  for (const change of patch) {
    for (const target of patchTargets(output, change)) {
      Object.assign(target, change.set);
      for (const key of change.unset ?? []) delete target[key];
    }
  }
  return output;
}

function patchTargets(output, { list, where, member }) {
  if (list === undefined) return [member ? output[member] : output];
  return (output[list] ?? []).filter((item) =>
    Object.entries(where ?? {}).every(([key, value]) => item[key] === value),
  );
}
