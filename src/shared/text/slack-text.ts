import { printable } from "./terminal-text.js";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Text fit for a code block of a Slack-compatible service: no control sequence (`<!here>`, `<@U1>`, `<http://…|…>`), no mention, and
 * no backquote that would end the block. https://docs.slack.dev/messaging/formatting-message-text/#escaping
 */
export function escapeSlack(text: string): string {
  return (
    printable(text)
      .replace(/[&<>]/gu, (character) => entities[character] ?? character)
      .replaceAll("`", "'")
      // Services that imitate Slack also take a bare @channel for a mention, some of them in code.
      .replace(/@(?=\w)/gu, "@\u200b")
  );
}
