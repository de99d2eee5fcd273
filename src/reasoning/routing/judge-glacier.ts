import type { Judgement } from "../../core/judgement.js";
import { aboutRegion } from "../../core/judgement.js";
import { managementCatalogue } from "../../shared/aws/event-catalogue.js";
import { calls, demandNamed } from "../detection/demanded-events.js";
import { eventDemands, marksOf, sourcesOf } from "../detection/demanded-events-places.js";
import { judgeBlind } from "../per-resource.js";
import { judgeHiddenRegions } from "./places.js";
import { callParts } from "./routing.js";
import { routingVerdict } from "./verdict.js";
import type { Routed } from "./verdict.js";

const SOURCE = "glacier.amazonaws.com";

/** Judges each region with vaults: are the calls that change them, and with `reads` those that read them, routed to somebody? */
export function judgeGlacier(
  { account, regions, options }: Routed,
  { reads }: { readonly reads: boolean },
): readonly Judgement[] {
  const { resources, blind } = account.list("AWS::Glacier::Vault");
  const demanded = [...demandNamed("glacier-change"), ...(reads ? calls(SOURCE, readNames) : [])];
  const judged = regions
    .filter((region) => resources.some((vault) => vault.region === region))
    .map((region) =>
      aboutRegion(
        region,
        routingVerdict(account, callParts(account, eventDemands(demanded, account, [region]), options), [
          ...marksOf(demanded),
          ...sourcesOf(demanded),
        ]),
      ),
    );
  const hidden = judgeBlind(
    account,
    blind.filter(({ region }) => !resources.some((vault) => vault.region === region)),
  );
  return [
    ...judged,
    ...hidden,
    ...judgeHiddenRegions(
      account,
      judged.length + hidden.length === 0 ? "this account has no vault" : undefined,
    ),
  ];
}

const readNames = (managementCatalogue(SOURCE)?.events ?? [])
  .filter(({ readOnly }) => readOnly.every(Boolean))
  .map(({ name }) => name);
