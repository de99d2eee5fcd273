import type { Delivery, Message, Notifier, RunChange } from "../core/notifier.js";
import { cutText } from "../shared/text/cut-text.js";
import { newsText, runText } from "../shared/text/news-text.js";
import { escapeSlack } from "../shared/text/slack-text.js";

/** What a webhook is reached with; tests bring their own. */
export type WebhookWays = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds for one attempt. Default: 10 s. */
  readonly timeout?: number;
};

const ATTEMPTS = 3;
const TIMEOUT = 10_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/** Tells a Slack-compatible incoming webhook, whose URL stands in an environment variable and nowhere else. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/ */
export function webhookNotifier(variable: string, ways: WebhookWays): Notifier {
  return {
    channel: `webhook ${variable}`,
    messages: (change) => messagesOf(change, variable),
    async send({ body }) {
      const url = urlIn(variable, ways.environment);
      return url.ok ? post(url.value, JSON.stringify(body), ways) : { kind: "failed", because: url.because };
    },
  };
}

// Slack shortens a text of more than 4,000 characters.
const MOST_CHARACTERS = 3_800;
const LONGEST_LINE = 300;
// Room for the fences and for how many more lines there are.
const LAST_LINE = 60;

function messagesOf({ run, location, ...change }: RunChange, variable: string): readonly Message[] {
  const news = newsText(change);
  if (news === undefined) return [];
  const head = `*Watchproof: ${escapeSlack(news.headline)}*`;
  const foot = `\`${escapeSlack(cutText(runText({ run, location }), LONGEST_LINE))}\``;
  const lines = fitLines(
    news.lines.map((line) => escapeSlack(cutText(line, LONGEST_LINE))),
    MOST_CHARACTERS - head.length - foot.length,
  );
  const text = [head, "```", ...lines, "```", foot].join("\n");
  return [
    {
      to: `the webhook in $${variable}`,
      about: news.headline,
      body: { text, link_names: false, unfurl_links: false, unfurl_media: false },
    },
  ];
}

function fitLines(lines: readonly string[], room: number): readonly string[] {
  let left = room - LAST_LINE;
  const shown = lines.filter((line) => (left -= line.length + 1) >= 0);
  return shown.length === lines.length
    ? shown
    : [...shown, `... and ${(lines.length - shown.length).toString()} more lines`];
}

type Url = { readonly ok: true; readonly value: URL } | { readonly ok: false; readonly because: string };

// What is wrong with the URL is told without it: whoever has it can post.
function urlIn(variable: string, environment: WebhookWays["environment"]): Url {
  const text = environment[variable]?.trim() ?? "";
  if (text === "")
    return {
      ok: false,
      because: `the environment variable ${variable} is not set; it holds the webhook's URL`,
    };
  if (!URL.canParse(text))
    return { ok: false, because: `what the environment variable ${variable} holds is no URL` };
  const value = new URL(text);
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(value.hostname);
  if (value.protocol === "https:" || (value.protocol === "http:" && isLocal)) return { ok: true, value };
  return { ok: false, because: `the URL in the environment variable ${variable} does not begin with https:` };
}

/** How one attempt ended; `pause`: another one may help, after so many milliseconds or the usual time. */
type Attempt =
  | { readonly kind: "sent" }
  | { readonly kind: "again" | "never"; readonly because: string; readonly pause?: number };

async function post(url: URL, body: string, ways: WebhookWays): Promise<Delivery> {
  for (let attempt = 1; ; attempt += 1) {
    const ended = await tryOnce(url, body, ways);
    if (ended.kind === "sent") return { kind: "sent", troubles: [] };
    const pause = ended.pause ?? FIRST_PAUSE * 2 ** (attempt - 1);
    if (ended.kind === "never") return { kind: "failed", because: ended.because };
    if (attempt === ATTEMPTS)
      return { kind: "failed", because: `${ended.because}, in ${ATTEMPTS.toString()} attempts` };
    if (pause > LONGEST_PAUSE)
      return {
        kind: "failed",
        because: `${ended.because}; it asks for a pause of ${Math.ceil(pause / 1000).toString()} s, which is too long`,
      };
    await ways.sleep(pause);
  }
}

async function tryOnce(
  url: URL,
  body: string,
  { fetch, now, timeout = TIMEOUT }: WebhookWays,
): Promise<Attempt> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json; charset=utf-8" },
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    const said = response.ok ? "" : await readWord(response);
    return response.ok ? { kind: "sent" } : refused(response, said, now());
  } catch (error) {
    return { kind: "again", because: networkWords(error, timeout) };
  }
}

function refused({ status, headers }: Response, said: string, now: number): Attempt {
  const because = `it answered ${status.toString()}${said}`;
  if (status >= 300 && status < 400)
    return { kind: "never", because: `${because}, a redirection, which is not followed` };
  if (status !== 429 && status < 500) return { kind: "never", because };
  const pause = pauseOf(headers.get("retry-after"), now);
  return { kind: "again", because, ...(pause === undefined ? {} : { pause }) };
}

// Seconds, or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
function pauseOf(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  const milliseconds = /^\d+$/u.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

// Slack says in one word what it does not like, such as invalid_payload. Whatever else a server says could hold the URL.
async function readWord(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  return /^[a-z_]{1,60}$/u.test(text) ? ` (${text})` : "";
}

function networkWords(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `it did not answer within ${(timeout / 1000).toString()} s`;
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown =
    typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return `it could not be reached${typeof code === "string" ? ` (${code})` : ""}`;
}
