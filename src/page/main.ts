import { addCopyButtons } from "./copy-button.js";
import { wireFilters } from "./filter-view.js";
import { openAll, openTarget } from "./open-details.js";

wireFilters();
addCopyButtons();
openTarget();
addEventListener("hashchange", openTarget);

// On paper nothing can be opened.
let closed: readonly HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  closed = openAll(document);
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});
