import type { Notifier } from "../core/notifier.js";
import { parseArn } from "../shared/aws/arn.js";
import { byteLength, cutText } from "../shared/text/cut-text.js";
import { newsText, runText } from "../shared/text/news-text.js";
import { refusalText } from "./call-aws.js";
import type { CallAws } from "./call-aws.js";

// A subject has less than 100 characters, a message 256 KiB in UTF-8. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
const LONGEST_SUBJECT = 99;
const MOST_BYTES = 262_144;
// Room for the lines that say where the rest is.
const FOOT_BYTES = 4_096;
const LONGEST_FOOT = 1_000;

/** Tells subscribers of a topic, in plain text. */
export function snsNotifier(topic: string, call: CallAws): Notifier {
  return {
    channel: `sns ${topic}`,
    messages({ run, location, ...change }) {
      const news = newsText(change);
      if (news === undefined) return [];
      const foot = [cutText(runText({ run, location }), LONGEST_FOOT)];
      const body = {
        TopicArn: topic,
        Subject: subject(`Watchproof: ${news.headline}`),
        Message: fitLines([`Watchproof: ${news.headline}`, "", ...news.lines, ""], foot),
      };
      return [{ to: `the topic ${topic}`, about: news.headline, body }];
    },
    async send({ body }) {
      const region = parseArn(topic)?.region ?? "";
      const answer = await call({ service: "sns", region, operation: "Publish", input: { ...body } });
      return answer.ok
        ? { kind: "sent", troubles: [] }
        : {
            kind: "failed",
            because: `sns:Publish in ${region}: ${refusalText(answer, `sns:Publish on ${topic}`)}`,
          };
    },
  };
}

// Some endpoints refuse a subject that is not ASCII.
function subject(text: string): string {
  return cutText(text, LONGEST_SUBJECT)
    .replaceAll("…", "")
    .replace(/[^\x20-\x7e]/gu, "?");
}

function fitLines(lines: readonly string[], foot: readonly string[]): string {
  let room = MOST_BYTES - FOOT_BYTES;
  const shown = lines.filter((line) => (room -= byteLength(line) + 1) >= 0);
  const left = lines.length - shown.length;
  return [
    ...shown,
    ...(left === 0 ? [] : [`… and ${left.toString()} more lines, which do not fit in a message.`]),
    ...foot,
  ].join("\n");
}
