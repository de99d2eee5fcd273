import { defineEvaluator, definePlugin, fail, judgeEach, pass, readNumber, unknown } from "watchproof/plugin";

/**
 * What rules say under `with`.
 *
 * @typedef {{ readonly days: number, readonly except?: readonly { readonly prefix: string, readonly days: number }[] }} Options
 */

const days = { type: "integer", minimum: 1, maximum: 3653 };

/** Log groups keep what they hold for as long as their name asks. A group that never expires keeps it long enough. */
const logRetention = defineEvaluator({
  id: "log-retention",
  summary: "Log groups keep what they hold for as long as their name asks.",
  // Held against each rule when it loads, with line and column; needs and evaluate can rely on it.
  options: {
    type: "object",
    additionalProperties: false,
    required: ["days"],
    properties: {
      days: { ...days, description: "How long a log group keeps its events, at least." },
      except: {
        type: "array",
        description: "Other times for groups whose name begins so; the longest prefix counts.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["prefix", "days"],
          properties: { prefix: { type: "string", minLength: 1 }, days },
        },
      },
    },
  },
  // Only the calls that answer these properties are made.
  needs: () => [{ type: "AWS::Logs::LogGroup", properties: ["RetentionInDays"] }],
  // One verdict for each group. A region that could not be listed becomes unknown by itself.
  evaluate: (account, /** @type {Options} */ options) =>
    judgeEach(account, {
      type: "AWS::Logs::LogGroup",
      noun: "log group",
      absence: "not-applicable",
      judge: (group) => judge(group, options),
    }),
});

/**
 * @param {import("watchproof/plugin").Resource} group
 * @param {Options} options
 * @returns {import("watchproof/plugin").Verdict}
 */
function judge(group, options) {
  const demanded = demandFor(group.id, options);
  const kept = readNumber(group, "RetentionInDays");
  // Set, not set, and nobody could look: three facts, three answers.
  if (kept.kind === "absent") return pass(`${group.id} keeps its events for ever`);
  if (kept.kind === "unreadable")
    return unknown(
      "unreadable",
      `how long ${group.id} keeps its events could not be read: ${kept.because.reason}`,
    );
  if (kept.kind === "not-collected")
    return unknown("not-collected", `the snapshot does not say how long ${group.id} keeps its events`);
  const evidence = [{ path: `${group.arn ?? group.id}/RetentionInDays`, value: kept.value }];
  if (kept.value >= demanded)
    return pass(`${group.id} keeps its events for ${kept.value} days`, { evidence });
  return fail(`${group.id} keeps its events for ${kept.value} days; ${demanded} are demanded`, {
    evidence,
    witness: { logGroup: group.id, lostAfterDays: kept.value },
  });
}

/**
 * @param {string} name
 * @param {Options} options
 */
function demandFor(name, { days: usual, except = [] }) {
  const fitting = except.filter(({ prefix }) => name.startsWith(prefix));
  const longest = Math.max(0, ...fitting.map(({ prefix }) => prefix.length));
  return fitting.find(({ prefix }) => prefix.length === longest)?.days ?? usual;
}

export const watchproof = definePlugin({ evaluators: [logRetention] });
