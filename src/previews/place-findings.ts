import type { Finding } from "../core/report.js";
import type { DeclaredPlace } from "../core/declared.js";
import type { Touched } from "../forecasts/foreseen.js";
import { groupBy } from "../shared/group-by.js";

/** Adds to each finding about something declared where that stands; an attachment only where its owner is not declared itself. */
export function placeFindings(findings: readonly Finding[], touched: readonly Touched[]): readonly Finding[] {
  const bySubject = groupBy(touched, subjectKey);
  const nameOf = namesOfNew(touched);
  return findings.map((finding) => {
    const { type, id, arn } = finding.subject;
    const entries = bySubject.get(
      subjectKey({ type, id, region: finding.region, ...(arn === undefined ? {} : { arn }) }),
    );
    const entry = entries?.find(({ declaredType }) => declaredType === type) ?? entries?.[0];
    const named = nameOf(finding);
    return entry === undefined ? named : { ...named, declared: declaredAt(entry) };
  });
}

/** Where an address stands, as a finding shows it. */
export function declaredAt({
  address,
  place,
}: {
  readonly address: string;
  readonly place?: DeclaredPlace;
}): NonNullable<Finding["declared"]> {
  return { ...(place === undefined ? {} : place), address };
}

/** One text for a resource, as findings and touched resources name it. */
export function subjectKey({
  type,
  id,
  arn,
  region,
}: {
  readonly type: string;
  readonly id: string;
  readonly arn?: string;
  readonly region: string;
}): string {
  return JSON.stringify(arn === undefined ? [type, region, id] : [type, arn]);
}

/** A name that AWS will make up is a placeholder until then: in messages it stands with its address. */
function namesOfNew(touched: readonly Touched[]): (finding: Finding) => Finding {
  // An owner's own declaration names it, whatever is laid on it.
  const own = (entry: Touched): number => (entry.declaredType === entry.type ? 1 : 0);
  const made = new Map(
    [...touched]
      .sort((a, b) => own(a) - own(b))
      .filter(({ id }) => /x{10,}/iu.test(id))
      .map(({ id, address }) => [id, `${id} (${address}, new)`]),
  );
  if (made.size === 0) return (finding) => finding;
  const names = [...made.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(names.join("|"), "gu");
  return (finding) => ({
    ...finding,
    message: finding.message.replace(pattern, (name) => made.get(name) ?? name),
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}
