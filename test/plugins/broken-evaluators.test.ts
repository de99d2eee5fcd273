import { expect, test } from "vitest";
import { evaluatorText, judge, lines, passes, pluginText, withPlugins } from "./support.js";

const config = "plugins: [./own.mjs]\n";
const hang = "() => { for (;;); }";
const named = (message: string): string =>
  `by-broken error: evaluator broken failed: plugin ./own.mjs: evaluator broken: ${message}`;
const verdict = (text: string): string =>
  `() => [{ subject: { kind: "account", type: "AWS::Account", id: "1" }, region: "global", verdict: ${text} }]`;

// what the evaluator does | its source | what the finding says
const failures: readonly (readonly [string, string, string])[] = [
  ["throws", `() => { throw new Error("no idea"); }`, "Error: no idea"],
  [
    "throws something that is no error",
    `() => { throw { toString() { throw 1; } }; }`,
    "it threw something that cannot be printed",
  ],
  ["rejects", `async () => { throw new TypeError("later"); }`, "TypeError: later"],
  ["runs for ever", hang, "it did not answer within 0.5 s"],
  [
    "never settles",
    "() => new Promise(() => setInterval(() => undefined, 1000))",
    "it did not answer within 0.5 s",
  ],
  ["ends its process", "() => process.exit(0)", "it ended its process (exit code 0)"],
  [
    "throws outside of a call",
    `() => new Promise(() => setTimeout(() => { throw new Error("stray"); }))`,
    "it threw outside of a call: Error: stray",
  ],
  ["answers nothing", "() => undefined", "evaluate answered nonsense: expected a list, found nothing"],
  [
    "answers an empty list",
    "() => []",
    "evaluate answered nonsense: it judged nothing; absence is a judgement about the account or a region",
  ],
  ["answers a function", "() => [() => 1]", "it answered with something that is not plain data"],
  ["answers a map", "() => [new Map()]", "evaluate answered a Map"],
  [
    "answers in a circle",
    "() => { const a = []; a.push(a); return a; }",
    "evaluate answered data that is nested too deeply, or in a circle",
  ],
  ["makes up a status", verdict(`{ status: "passed", message: "x" }`), "passed"],
  ["says nothing", verdict(`{ status: "fail" }`), `"message" is missing`],
  ["says an empty word", verdict(`{ status: "fail", message: "" }`), "message"],
  [
    "does not know and does not say why",
    verdict(`{ status: "unknown", message: "x" }`),
    `"reason" is missing`,
  ],
  ["gives a reason for a pass", verdict(`{ status: "pass", message: "x", reason: "unreadable" }`), "reason"],
  ["overrides what the rule says", verdict(`{ status: "fail", message: "x", severity: "info" }`), "severity"],
  [
    "gives a number that JSON does not know",
    verdict(`{ status: "fail", message: "x", witness: { count: NaN } }`),
    "evaluate answered the number NaN",
  ],
  [
    "hides a prototype in its answer",
    verdict(`{ status: "fail", message: "x", witness: JSON.parse('{ "__proto__": { "polluted": true } }') }`),
    `evaluate answered a member named "__proto__"`,
  ],
  [
    "judges a subject that is none",
    `() => [{ subject: { kind: "planet", type: "x", id: "y" }, region: "global", verdict: { status: "pass", message: "x" } }]`,
    "planet",
  ],
];

test.each(failures)(
  "an evaluator that %s gives an error finding that names it, and the others stand",
  async (_, evaluate, message) => {
    await withPlugins(
      {
        "watchproof.yaml": config,
        "own.mjs": pluginText(
          evaluatorText("broken", { evaluate }),
          evaluatorText("fine", { evaluate: passes }),
        ),
      },
      async (plugins) => {
        const [broken, fine, ...others] = lines(await judge(plugins, "broken", "fine"));
        expect(broken).toContain(named("").trimEnd());
        expect(broken).toContain(message);
        expect([fine, others]).toEqual(["by-fine pass: fine", []]);
        expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      },
    );
  },
);

test("an evaluator that uses up its memory is stopped, and its host is not", async () => {
  const evaluate = "() => { const all = []; for (;;) all.push(new Array(1e5).fill({}).map(() => ({}))); }";
  await withPlugins(
    {
      "watchproof.yaml": config,
      "own.mjs": pluginText(
        evaluatorText("broken", { evaluate }),
        evaluatorText("fine", { evaluate: passes }),
      ),
    },
    async (plugins) => {
      expect(lines(await judge(plugins, "broken", "fine"))).toEqual([
        named("it used more than 24 MB of memory"),
        "by-fine pass: fine",
      ]);
    },
    { memory: 24 },
  );
});

test("a prototype that a plugin changes is its own thread's", async () => {
  const evaluate = `(account) => { Object.prototype.polluted = true; Array.prototype.map = () => { throw new Error("mine"); }; return (${passes})(account); }`;
  await withPlugins(
    { "watchproof.yaml": config, "own.mjs": pluginText(evaluatorText("fine", { evaluate })) },
    async (plugins) => {
      expect(lines(await judge(plugins, "fine"))).toEqual(["by-fine pass: fine"]);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
  );
});

test.each([
  ["throws", `() => { throw new Error("no idea"); }`, "Error: no idea"],
  ["hangs", hang, "it did not answer within 0.5 s"],
  ["answers no list", "() => ({})", "needs answered nonsense: expected a list, found a mapping"],
  ["names no type", `() => [{ type: "__proto__", properties: [] }]`, "needs answered nonsense: [0].type"],
])("an evaluator whose needs are not known, because it %s, does not judge", async (_, needs, message) => {
  await withPlugins(
    {
      "watchproof.yaml": config,
      "own.mjs": pluginText(evaluatorText("broken", { needs, evaluate: passes })),
    },
    async (plugins) => {
      expect(lines(await judge(plugins, "broken"))[0]).toContain(named(message));
    },
  );
});

test("an evaluator that was stopped twice is not tried again", async () => {
  await withPlugins(
    { "watchproof.yaml": config, "own.mjs": pluginText(evaluatorText("broken", { evaluate: hang })) },
    async (plugins) => {
      for (let run = 0; run < 2; run++) await judge(plugins, "broken");
      expect(lines(await judge(plugins, "broken"))).toEqual([
        named("it was given up: it did not answer within 0.5 s"),
      ]);
    },
  );
});

test("what a plugin writes goes to the sink, one safe line each, and the rest is left out", async () => {
  const evaluate = `(account) => { console.log("out\\u001b[31m\\nnext"); console.error("err"); for (let n = 0; n < 200; n++) console.log(n); return (${passes})(account); }`;
  await withPlugins(
    { "watchproof.yaml": config, "own.mjs": pluginText(evaluatorText("fine", { evaluate })) },
    async (plugins, written) => {
      await judge(plugins, "fine");
      await expect.poll(() => written.length).toBe(101);
      expect(written).toContain("plugin ./own.mjs: out\\u{1b}[31m");
      expect(written).toContain("plugin ./own.mjs: next");
      expect(written.at(-1)).toBe("plugin ./own.mjs: it writes more; that is left out");
    },
  );
});

test("a plugin has no environment", async () => {
  const evaluate = `(account) => [{ subject: { kind: "account", type: "AWS::Account", id: account.id }, region: "global", verdict: { status: "pass", message: JSON.stringify(process.env) } }]`;
  await withPlugins(
    { "watchproof.yaml": config, "own.mjs": pluginText(evaluatorText("fine", { evaluate })) },
    async (plugins) => {
      expect(lines(await judge(plugins, "fine"))).toEqual(["by-fine pass: {}"]);
    },
  );
});

test("an evaluator sees the account as a built-in one does", async () => {
  const evaluate = `(account, options) => account.list("AWS::SNS::Topic").resources.map(({ type, id, region }) => ({ subject: { kind: "resource", type, id }, region, verdict: { status: "pass", message: [account.regions, account.takenAt, account.origin(type, "TopicName"), account.find(type, id) !== undefined].join(" ") } }))`;
  await withPlugins(
    { "watchproof.yaml": config, "own.mjs": pluginText(evaluatorText("fine", { evaluate })) },
    async (plugins) => {
      expect(lines(await judge(plugins, "fine"))).toEqual([
        `by-fine pass: eu-west-1,us-east-1 ${Date.parse("2026-11-20T12:00:00.000Z").toString()} test:ReadTopicName true`,
      ]);
    },
  );
});
