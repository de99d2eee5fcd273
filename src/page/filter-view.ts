import { isNarrow, matches, readFilter } from "./filter.js";
import type { Filter } from "./filter.js";
import { findEntries } from "./finding-index.js";
import type { Entry } from "./finding-index.js";

// Long enough for the next key of a word, short enough to seem at once. Milliseconds.
const TYPING_MS = 120;
// So few hits of a search are shown without a click.
const MOST_OPENED = 200;

/** Shows the form and lets it narrow the findings. */
export function wireFilters(): void {
  const form = document.querySelector<HTMLFormElement>("#filters");
  if (form === null) return;
  const entries = findEntries();
  const apply = (): void => {
    show(entries, readFilter(form));
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    waiting = setTimeout(
      apply,
      target instanceof HTMLInputElement && target.type === "search" ? TYPING_MS : 0,
    );
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  // Fields are emptied after the event.
  form.addEventListener("reset", () => setTimeout(apply, 0));
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-expand]")) {
    button.addEventListener("click", () => {
      setOpen(entries, button.dataset["expand"] === "true");
    });
  }
  form.hidden = false;
  // A browser may have kept what was chosen before a reload.
  if (isNarrow(readFilter(form))) apply();
}

function show(entries: readonly Entry[], filter: Filter): void {
  const hits = new Map<HTMLDetailsElement, number>();
  let count = 0;
  for (const entry of entries) {
    const isHit = matches(filter, entry);
    if (entry.element.hidden === isHit) entry.element.hidden = !isHit;
    hits.set(entry.group, (hits.get(entry.group) ?? 0) + (isHit ? 1 : 0));
    if (isHit) count += 1;
  }
  showGroups(hits, filter.words.length > 0 && count <= MOST_OPENED);
  const shown = isNarrow(filter)
    ? `${count.toString()} of ${findings(entries.length)} shown`
    : findings(entries.length);
  setText("#shown", shown);
  document.querySelector<HTMLElement>("#nothing")?.toggleAttribute("hidden", count > 0);
}

function showGroups(hits: ReadonlyMap<HTMLDetailsElement, number>, isOpened: boolean): void {
  const sections = new Map<Element, number>();
  for (const [group, count] of hits) {
    group.hidden = count === 0;
    if (isOpened && count > 0) group.open = true;
    setCount(group, ":scope > summary > .count", count);
    const section = group.parentElement;
    if (section !== null) sections.set(section, (sections.get(section) ?? 0) + count);
  }
  for (const [section, count] of sections) {
    section.toggleAttribute("hidden", count === 0);
    setCount(section, ":scope > h3 > .count", count);
  }
}

function setCount(within: Element, selector: string, count: number): void {
  const place = within.querySelector(selector);
  if (place !== null && place.textContent !== count.toString()) place.textContent = count.toString();
}

function setText(selector: string, text: string): void {
  const place = document.querySelector(selector);
  if (place !== null) place.textContent = text;
}

function setOpen(entries: readonly Entry[], isOpen: boolean): void {
  for (const group of new Set(entries.map((entry) => entry.group))) if (!group.hidden) group.open = isOpen;
  for (const { element } of entries) {
    const details = element.querySelector<HTMLDetailsElement>(":scope > details");
    if (details !== null && !element.hidden) details.open = isOpen;
  }
}

function findings(count: number): string {
  return `${count.toString()} ${count === 1 ? "finding" : "findings"}`;
}
