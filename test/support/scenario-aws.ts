import {
  accounts,
  deadEndpoint,
  defaultAccount,
  environmentOf,
  simulatedAccount,
  startSimulatedAws,
} from "./simulated-aws.js";
import type { AccountDescription, Fault, SimulatedAws, SimulationOptions } from "./simulated-aws.js";
import type { Section } from "./scenario-file.js";

/** The AWS that a scenario runs against. */
export type ScenarioAws = {
  readonly url?: string;
  readonly env: Readonly<Record<string, string>>;
  misses(): readonly string[];
  stop(): Promise<void>;
};

const nothing: ScenarioAws = { env: {}, misses: () => [], stop: () => Promise.resolve() };

/**
 * Starts what a section `== aws ACCOUNT [latency=60] [throttle=…] [deny=…] [fault=HOW[:CALLS]]` describes. ACCOUNT is a
 * recorded account, `described` (JSON below), or `dead`. Without a section there is neither an endpoint nor credentials.
 */
export async function startScenarioAws(section: Section | undefined): Promise<ScenarioAws> {
  if (section === undefined) return nothing;
  const [account = "", ...words] = section.argument.split(/\s+/);
  if (account === "dead") {
    const url = await deadEndpoint();
    return { ...nothing, url, env: environmentOf(url, defaultAccount) };
  }
  const settings = readSettings(words);
  if (account === "described") {
    const description = JSON.parse(section.body || "{}") as AccountDescription;
    return asScenarioAws(
      await simulatedAccount({ ...description, ...settings }),
      description.account ?? defaultAccount,
    );
  }
  if (!Object.hasOwn(accounts, account))
    throw new Error(
      `line ${section.line.toString()}: "${account}" is not one of ${Object.keys(accounts).join(", ")}, described, dead`,
    );
  return asScenarioAws(await startSimulatedAws(settings), accounts[account as keyof typeof accounts]);
}

function asScenarioAws(aws: SimulatedAws, account: string): ScenarioAws {
  return {
    url: aws.url,
    env: aws.env(account),
    misses: () => aws.misses().map((miss) => JSON.stringify(miss)),
    stop: () => aws.stop(),
  };
}

function readSettings(words: readonly string[]): SimulationOptions {
  const pairs = words.map(
    (word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const,
  );
  const unknown = pairs.find(([name]) => !["latency", "throttle", "deny", "fault"].includes(name));
  if (unknown !== undefined)
    throw new Error(`"${unknown.join("=")}" is not one of latency=, throttle=, deny=, fault=`);
  const valuesOf = (name: string): readonly string[] =>
    pairs.filter(([key]) => key === name).map(([, value]) => value);
  const throttle = valuesOf("throttle").join(",");
  const faults = valuesOf("fault").map((value): Fault => {
    const [how = "", calls = "*"] = value.split(":");
    return { how: how as Fault["how"], calls };
  });
  return {
    latency: Number(valuesOf("latency")[0] ?? 0),
    deny: valuesOf("deny"),
    faults,
    ...(throttle === "" ? {} : { throttle }),
  };
}
