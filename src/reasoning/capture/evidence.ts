import type { Account } from "../../core/account.js";
import type { Candidate, Evidence } from "../../core/verdict.js";
import { readProperty } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
import type { SinkAnswer, Sink } from "./sink.js";
import { channelProperties, storeProperties } from "./stores.js";
import { trailProperties } from "./trails.js";
import { deliveryProperties } from "./delivery.js";

/** The properties that each kind of sink is judged by; what a rule needs, and what its evidence shows. */
export const sinkProperties = {
  trail: { recording: trailProperties, delivery: deliveryProperties },
  "event-data-store": { recording: storeProperties, delivery: [] },
  channel: { recording: channelProperties, delivery: [] },
} as const satisfies Record<
  Exclude<Sink["kind"], "hidden">,
  { readonly recording: readonly string[]; readonly delivery: readonly string[] }
>;

/** A sink as a candidate of a verdict: what it does with the event in question, and its first broken link. */
export function candidateOf({ sink, claim }: SinkAnswer): Candidate {
  const status = ({ yes: "pass", no: "fail", unknown: "unknown" } as const)[claim.is];
  return { ref: sink.ref, status, ...(claim.is === "yes" ? {} : { brokenLink: claim.because }) };
}

const knownEvidence = rememberByObject<Account, (sink: Sink) => Map<boolean, readonly Evidence[]>>(() =>
  rememberByObject(() => new Map()),
);

/** What was read of a sink. Remembered, since it stands with every bucket that is asked about. Null where AWS says it is not set and that matters; a list that was refused shows the error. */
export function evidenceOf(
  sink: Sink,
  account: Account,
  { delivered }: { readonly delivered: boolean },
): readonly Evidence[] {
  const known = knownEvidence(account)(sink);
  const evidence = known.get(delivered) ?? readEvidence(sink, account, delivered);
  known.set(delivered, evidence);
  return evidence;
}

function readEvidence(sink: Sink, account: Account, delivered: boolean): readonly Evidence[] {
  const { resource, blind, kind } = sink;
  if (blind !== undefined)
    return [
      {
        path: `${blind.type} list of ${blind.region}`,
        value: blind.reason,
        ...(blind.action === undefined ? {} : { from: `${blind.action} ${blind.region}` }),
      },
    ];
  if (resource === undefined || kind === "hidden") return [];
  const { recording, delivery } = sinkProperties[kind];
  return [...recording, ...(delivered ? delivery : [])].flatMap((property) => {
    const reading = readProperty(resource, property);
    if (reading.kind !== "set" && !(reading.kind === "absent" && telling.includes(property))) return [];
    const origin = account.origin(resource.type, property);
    return [
      {
        path: `${resource.id}.${property}`,
        value: reading.kind === "set" ? reading.value : null,
        ...(origin === undefined ? {} : { from: `${origin} ${resource.region}` }),
      },
    ];
  });
}

/** Properties whose absence says something: a status never reported, default selectors, nothing ever delivered. */
const telling: readonly string[] = [
  "IsLogging",
  "Status",
  "EventSelectors",
  "AdvancedEventSelectors",
  "LatestDeliveryTime",
];
