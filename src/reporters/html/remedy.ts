import type { Finding } from "../../core/report.js";
import { html, linked, preformatted } from "./markup.js";
import type { Markup } from "./markup.js";

const templates = { cli: "Command", cloudformation: "CloudFormation", terraform: "Terraform" } as const;

/** How to mend it, which controls ask for it, and where to read on; behind one line, so that the proof comes first. */
export function remedy(
  { status, remediation = {}, references = [], controls = [] }: Finding,
  isOpen = false,
): Markup | undefined {
  const mends = status === "pass" || status === "not-applicable" ? [] : remedyParts(remediation);
  if (mends.length + references.length + controls.length === 0) return undefined;
  const title = mends.length > 0 ? "How to mend it" : "Controls and references";
  return html`<details class="remedy"${isOpen ? html` open` : undefined}><summary>${title}</summary><div>${mends}${controlList(controls)}${referenceList(references)}</div></details>
`;
}

/** What `remedy` shows of a finding, to tell whether findings share it. */
export function remedyKey({ remediation, references, controls }: Finding): string {
  return JSON.stringify([remediation, references, controls]);
}

function remedyParts({ text, ...rest }: NonNullable<Finding["remediation"]>): readonly Markup[] {
  const codes = Object.entries(templates).flatMap(([name, title]) => {
    const code = rest[name as keyof typeof templates]; // The names of `templates` are its keys.
    return code === undefined
      ? []
      : [
          html`<figure class="code"><figcaption>${title}</figcaption><pre tabindex="0">${preformatted(code)}</pre></figure>`,
        ];
  });
  return [...(text === undefined ? [] : [html`<p>${text.trim().replace(/\s*\n\s*/gu, " ")}</p>`]), ...codes];
}

function controlList(controls: NonNullable<Finding["controls"]>): Markup | undefined {
  if (controls.length === 0) return undefined;
  return html`<p class="controls"><b>Controls.</b> ${controls.map(({ framework, id }) => html`<span class="tag"><bdi>${framework}</bdi> <bdi>${id}</bdi></span> `)}</p>`;
}

function referenceList(references: readonly string[]): Markup | undefined {
  return references.length === 0
    ? undefined
    : html`<ul class="references">${references.map((reference) => html`<li>${linked(reference)}</li>`)}</ul>`;
}
