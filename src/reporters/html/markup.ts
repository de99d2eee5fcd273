import { linesOf } from "../../shared/text/terminal-text.js";
import { escapeMarkup } from "../../shared/text/xml-text.js";

/** HTML in which every text from outside has been escaped. Only `html` and its kin make it. */
export type Markup = { readonly markup: string };

/** What may stand in a template: texts are escaped, markup is not, undefined is nothing. */
export type Part = string | number | Markup | readonly Markup[] | undefined;

/** HTML from a template. Texts are escaped for content and for quoted attributes, so write `<p title="${name}">`, never `<p title=${name}>`. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: texts.map((text, at) => `${text}${partText(parts[at])}`).join("") };
}

/** Lines of a text for a `pre` element, each escaped. */
export function preformatted(text: string): Markup {
  return { markup: linesOf(text).map(escapeMarkup).join("\n") };
}

/** Text of our own build that stands as it is: the script and the style of the page. */
export function builtText(text: string): Markup {
  return { markup: text };
}

/** A link where the text is a plain https address, else the text. */
export function linked(text: string): Markup {
  const address = webAddress(text);
  return address === undefined
    ? html`<bdi>${text}</bdi>`
    : html`<a href="${address}" rel="noreferrer noopener">${text}</a>`;
}

/** A name from AWS or a rule: kept apart from the direction of the text around it. */
export function named(name: string): Markup {
  return html`<code>${name}</code>`;
}

// A user part would let an address look like another one: https://docs.aws.amazon.com@evil.example
function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  return protocol === "https:" && username === "" && password === "" ? href : undefined;
}

function partText(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string") return escapeMarkup(part);
  if (typeof part === "number") return part.toString();
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}
