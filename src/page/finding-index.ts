/** A finding on the page, as filters see it. */
export type Entry = {
  readonly element: HTMLElement;
  readonly group: HTMLDetailsElement;
  /** Its words, lower case; read when they are first searched. */
  readonly words: () => string;
};

/** Every finding of the page, in its order. */
export function findEntries(): readonly Entry[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details.group")].flatMap((group) => {
    const heading = group.querySelector("summary")?.textContent ?? "";
    return [...group.querySelectorAll<HTMLElement>("li.finding")].map((element) => ({
      element,
      group,
      words: once(() => `${heading} ${element.textContent}`.toLowerCase()),
    }));
  });
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}
