import { aboutRegion } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import { pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { listed } from "../../shared/text/words.js";
import { decideDetection } from "../detection/detection.js";
import { mediapackageEvents } from "./mediapackage-events.js";
import { anyNames, hidesEndpoints, kindsIn, liveNames } from "./mediapackage.js";
import type { MediapackageKind } from "./mediapackage.js";
import { judgeHiddenRegions } from "./places.js";
import { serviceParts } from "./routing.js";
import { routingVerdict } from "./verdict.js";
import type { Routed } from "./verdict.js";

/** Judges each region with MediaPackage resources: are all notifications of the generations that are there routed to somebody? */
export function judgeMediapackage(asked: Routed): readonly Judgement[] {
  const judged = asked.regions.flatMap((region) => {
    const { kinds, blind } = kindsIn(asked.account, region);
    if (kinds.length + blind.length === 0) return [];
    return [
      aboutRegion(
        region,
        doubted(kinds.length === 0 ? undefined : judge(asked, region, kinds), blind, region),
      ),
    ];
  });
  return [
    ...judged,
    ...judgeHiddenRegions(
      asked.account,
      judged.length === 0 ? "this account has no MediaPackage resource" : undefined,
    ),
  ];
}

// A list that could not be read may add notifications, which can turn a pass only.
function doubted(verdict: Verdict | undefined, blind: readonly string[], region: string): Verdict {
  if (blind.length === 0 || (verdict !== undefined && verdict.status !== "pass"))
    return verdict ?? pass("there is nothing to route");
  const support =
    verdict === undefined
      ? {}
      : {
          ...(verdict.evidence === undefined ? {} : { evidence: verdict.evidence }),
          ...(verdict.candidates === undefined ? {} : { candidates: verdict.candidates }),
        };
  return unknown(
    "unreadable",
    `the lists of ${listed(blind)} in ${region} could not be read, so that it is not known which notifications must be routed`,
    support,
  );
}

function judge({ account, options }: Routed, region: string, kinds: readonly MediapackageKind[]): Verdict {
  const sending = { account: account.id, partition: account.partition, region };
  const ask = (isOpen: boolean): Verdict =>
    routingVerdict(
      account,
      serviceParts(account, mediapackageEvents(sending, kinds, liveNames(account, sending, isOpen)), options),
      ["aws.mediapackage", "MediaPackage"],
    );
  const verdict = ask(false);
  if (verdict.status !== "pass") return verdict;
  if (kinds.includes("input") && hidesEndpoints(account, region) && ask(true).status !== "pass") {
    return unknown(
      "unreadable",
      `${verdict.message}, of the origin endpoints that could be listed in ${region}: there may be more`,
      { evidence: verdict.evidence ?? [], candidates: verdict.candidates ?? [] },
    );
  }
  const later = decideDetection(
    serviceParts(account, mediapackageEvents(sending, kinds, [anyNames(sending)]), options),
  );
  if (later.status === "heard") return verdict;
  return {
    ...verdict,
    notes: [
      ...(verdict.notes ?? []),
      "The rules name single channels or endpoints: those that are made later are not covered.",
    ],
  };
}
