import type { Finding } from "../../core/report.js";
import type { Candidate, Evidence, Status } from "../../core/verdict.js";
import { groupBy } from "../../shared/group-by.js";
import { plural } from "../../shared/text/words.js";
import { html, named } from "./markup.js";
import type { Markup } from "./markup.js";
import { statusMark } from "./statuses.js";

// Evidence of a chain begins with its link's name: "log group: arn:…/CloudWatchLogsLogGroupArn".
const labelled = /^([a-z]+(?: [a-z]+)*): (.+)$/su;
const mostCandidates = 12;

type Step = { readonly label: string; readonly ref: string; readonly status: Status };

/** The way from an event to a person, link by link, up to the first that is broken or in doubt; nothing where the evidence is no single chain. */
export function chainDrawing(finding: Finding): Markup | undefined {
  const steps = stepsOf(finding);
  if (steps.length < 2) return undefined;
  const broken = finding.witness?.["brokenLink"];
  const because = typeof broken === "string" ? html`<li class="break"><bdi>${broken}</bdi></li>` : undefined;
  return html`<h5>Chain</h5><ol class="chain">${steps.map(stepItem)}${because}</ol>`;
}

function stepItem({ label, ref, status }: Step): Markup {
  return html`<li class="${status}">${statusMark(status)}<b>${label}</b> ${named(ref)}</li>`;
}

// A verdict that rests on several chains names the same link again and again: no one line can be drawn through it.
function stepsOf({ status, evidence = [] }: Finding): readonly Step[] {
  const labels = evidence.map(({ path }) => labelled.exec(path)?.[1]);
  const turns = labels.filter((label, at) => label !== labels[at - 1]);
  if (labels.includes(undefined) || new Set(turns).size !== turns.length) return [];
  const links = [...groupBy(evidence, ({ path }) => labelled.exec(path)?.[1] ?? "")];
  return links.map(([label, items], at) => ({
    label,
    ref: refOf(items),
    status: at === links.length - 1 ? status : "pass",
  }));
}

function refOf([first]: readonly Evidence[]): string {
  const path = labelled.exec(first?.path ?? "")?.[2] ?? "";
  const end = path.lastIndexOf("/");
  return end < 0 ? path : path.slice(0, end);
}

/** Every candidate that was considered, and where the way through it first breaks. */
export function candidateList({ candidates = [] }: Finding): Markup | undefined {
  if (candidates.length === 0) return undefined;
  const [shown, rest] = [candidates.slice(0, mostCandidates), candidates.slice(mostCandidates)];
  const more =
    rest.length === 0
      ? undefined
      : html`<details class="more"><summary>${plural(rest.length, "more candidate")}</summary>${listOf(rest)}</details>`;
  return html`<h5>Candidates <span class="of">${candidates.length}</span></h5>${listOf(shown)}${more}`;
}

function listOf(candidates: readonly Candidate[]): Markup {
  return html`<ul class="candidates">${candidates.map(candidateItem)}</ul>`;
}

function candidateItem({ ref, status, brokenLink }: Candidate): Markup {
  const broken =
    brokenLink === undefined
      ? undefined
      : html` <span class="cut" aria-hidden="true"></span><span class="unseen">breaks here: </span><span class="why"><bdi>${brokenLink}</bdi></span>`;
  return html`<li class="${status}"><span>${statusMark(status)}${named(ref)}</span>${broken}</li>`;
}
