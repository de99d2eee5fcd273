import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
const isEvent = ajv.compile(
  JSON.parse(
    readFileSync(new URL("schemas/ocsf-1.8.0-compliance-finding.schema.json", import.meta.url), "utf8"),
  ),
);

/** An event of OCSF, of any shape. */
export type OcsfEvent = Readonly<Record<string, unknown>>;

/** Reads events and holds each against OCSF's schema. */
export function readOcsf(text: string): readonly OcsfEvent[] {
  const events: readonly OcsfEvent[] = JSON.parse(text);
  for (const event of events)
    if (!isEvent(event)) throw new Error(`${ajv.errorsText(isEvent.errors)} in ${JSON.stringify(event)}`);
  return events;
}
