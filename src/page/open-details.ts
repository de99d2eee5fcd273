/** Opens every closed part within, and says which those were. */
export function openAll(within: ParentNode): readonly HTMLDetailsElement[] {
  const closed = [...within.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
  for (const details of closed) details.open = true;
  return closed;
}

/** Opens what the address points at, and all that it stands in. */
export function openTarget(): void {
  const target = document.getElementById(decoded(location.hash.slice(1)));
  if (target === null) return;
  for (let at: Element | null = target; at !== null; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  const own = target.querySelector<HTMLDetailsElement>(":scope > details");
  if (own !== null) own.open = true;
  target.scrollIntoView();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
