const DONE_MS = 2_000;

/** Gives every command a button that copies it. */
export function addCopyButtons(): void {
  for (const figure of document.querySelectorAll("figure.code")) {
    const button = document.createElement("button");
    const pre = figure.querySelector("pre");
    button.type = "button";
    button.textContent = "Copy";
    if (pre === null) continue;
    button.addEventListener("click", () => {
      void copy(button, pre);
    });
    figure.querySelector("figcaption")?.append(" ", button);
  }
}

async function copy(button: HTMLButtonElement, pre: HTMLElement): Promise<void> {
  const isCopied = await written(pre.textContent);
  if (!isCopied) getSelection()?.selectAllChildren(pre);
  button.textContent = isCopied ? "Copied" : "Selected: copy it with the keyboard";
  setTimeout(() => {
    button.textContent = "Copy";
  }, DONE_MS);
}

// A browser may refuse, or have no clipboard for pages from disk.
async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
