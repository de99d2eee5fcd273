import { severities } from "../../core/severity.js";
import type { Severity } from "../../core/severity.js";
import type { TrendPoint } from "../../core/trend.js";
import { plural } from "../../shared/text/words.js";
import { html } from "./markup.js";
import type { Markup } from "./markup.js";
import { greatest } from "../../shared/many.js";

/** One column: its parts from the bottom up. */
type Column = {
  readonly title: string;
  readonly parts: readonly { readonly tone: string; readonly count: number }[];
};
type Chart = {
  readonly id: string;
  readonly title: string;
  readonly said: string;
  readonly columns: readonly Column[];
};

const size = { width: 480, height: 140, left: 40, bottom: 20, top: 8 } as const;

/** How the audits of a series went: open failures by severity, and what was unknown. Nothing for fewer than two. */
export function trendSection(trend: readonly TrendPoint[] = []): Markup | undefined {
  const [first, last] = [trend[0], trend.at(-1)];
  if (first === undefined || last === undefined || trend.length < 2) return undefined;
  const change = (before: number, after: number): string =>
    before === after
      ? `${before.toString()} at the start, as many at the end`
      : `from ${before.toString()} to ${after.toString()}`;
  const charts: readonly Chart[] = [
    {
      id: "trend-open",
      title: "Open failures",
      said: change(openOf(first), openOf(last)),
      columns: trend.map((point) => ({
        title: `${dayOf(point)}: ${openOf(point).toString()} open`,
        parts: severities.map((severity) => ({ tone: severity, count: point.open[severity] })),
      })),
    },
    {
      id: "trend-unknown",
      title: "Unknown",
      said: change(first.unknown, last.unknown),
      columns: trend.map((point) => ({
        title: `${dayOf(point)}: ${point.unknown.toString()} unknown`,
        parts: [{ tone: "unknown", count: point.unknown }],
      })),
    },
  ];
  const legend = severities.toReversed().filter((severity) => trend.some(({ open }) => open[severity] > 0));
  return html`<section aria-labelledby="trend"><h2 id="trend">Trend</h2>
<p class="scope">${plural(trend.length, "audit")}, from ${dayOf(first)} to ${dayOf(last)}.</p>
<div class="charts">${charts.map((chart) => chartFigure(chart, { first, last }))}</div>
${legend.length === 0 ? undefined : html`<ul class="legend">${legend.map((severity) => html`<li><span class="severity ${severity}">${severity}</span></li>`)}</ul>`}
${trendTable(trend)}</section>
`;
}

function chartFigure(
  { id, title, said, columns }: Chart,
  { first, last }: Readonly<Record<"first" | "last", TrendPoint>>,
): Markup {
  const most = greatest(columns.map(heightOf), 1);
  const step = (size.width - size.left) / columns.length;
  const floor = size.height - size.bottom;
  const scale = (floor - size.top) / most;
  const place = { step, floor, scale };
  return html`<figure class="chart"><figcaption id="${id}">${title}: <span>${said}</span></figcaption>
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}" focusable="false"><line x1="${size.left}" y1="${floor}" x2="${size.width}" y2="${floor}"/><line class="top" x1="${size.left}" y1="${size.top}" x2="${size.width}" y2="${size.top}"/><text x="${size.left - 6}" y="${size.top + 4}" text-anchor="end">${most}</text><text x="${size.left - 6}" y="${floor}" text-anchor="end">0</text><text x="${size.left}" y="${size.height - 4}">${dayOf(first)}</text><text x="${size.width}" y="${size.height - 4}" text-anchor="end">${dayOf(last)}</text>
${columns.map((column, at) => columnShape(column, size.left + at * step, place))}</svg></figure>
`;
}

function columnShape(
  { title, parts }: Column,
  x: number,
  { step, floor, scale }: Readonly<Record<"step" | "floor" | "scale", number>>,
): Markup {
  // Columns stand apart where there is room for it.
  const gap = step > 4 ? Math.min(step / 4, 6) : 0;
  let y = floor;
  const shapes = parts.flatMap(({ tone, count }) => {
    if (count === 0) return [];
    y -= count * scale;
    return [
      html`<rect class="${tone}" x="${(x + gap / 2).toFixed(2)}" y="${y.toFixed(2)}" width="${Math.min(step - gap, 28).toFixed(2)}" height="${(count * scale).toFixed(2)}"/>`,
    ];
  });
  return html`<g><title>${title}</title>${shapes}</g>`;
}

function trendTable(trend: readonly TrendPoint[]): Markup {
  const gravest: readonly Severity[] = severities.toReversed();
  const head = ["audit", ...gravest, "open", "unknown", "passed"].map(
    (title) => html`<th scope="col">${title}</th>`,
  );
  const rows = trend.map((point) => {
    const counts = [
      ...gravest.map((severity) => point.open[severity]),
      openOf(point),
      point.unknown,
      point.pass,
    ];
    return html`<tr><th scope="row">${point.at} <small><bdi>${point.run}</bdi></small></th>${counts.map((count) => html`<td class="number">${count}</td>`)}</tr>\n`;
  });
  return html`<details><summary>The trend in numbers</summary><div class="wide" role="region" aria-label="The trend in numbers" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>
${rows}</tbody></table></div></details>`;
}

function heightOf({ parts }: Column): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

function openOf({ open }: TrendPoint): number {
  return severities.reduce((sum, severity) => sum + open[severity], 0);
}

function dayOf({ at }: TrendPoint): string {
  return at.slice(0, 10);
}
