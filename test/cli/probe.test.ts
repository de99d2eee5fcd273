import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { media, originServer, parent, status, text, updated } from "../probes/origin-server.js";
import type { Answerer } from "../probes/origin-server.js";
import { findingsOf, readReport, snapshotErrors } from "../support/report.js";
import { inFolder, runCli } from "../support/run-cli.js";
import type { Outcome } from "../support/run-cli.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws } from "../support/simulated-aws.js";

const rule = "mediapackage.manifest-updates";
const index = "/out/v1/0/index.m3u8";
const live: Readonly<Record<string, Answerer>> = { [index]: text(parent), "/out/v1/0/index_1.m3u8": (request, response) => { text(media, updated(3))(request, response); } };

let aws: SimulatedAws;
let origin: Awaited<ReturnType<typeof originServer>>;
beforeEach(async () => {
  aws = await startSimulatedAws();
});
afterEach(async () => {
  await origin.stop();
  await aws.stop();
});

type Options = { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> };

function run(words: readonly string[], { env = {}, ...rest }: Options = {}): Promise<Outcome> {
  return runCli([...words, "--rule", rule], { env: { ...aws.env(accounts.broken), WATCHPROOF_PROBE_ENDPOINT: origin.url, ...env }, ...rest });
}

const statusOf = ({ stdout, stderr }: Outcome): string => {
  if (stdout === "") throw new Error(stderr);
  return findingsOf(readReport(stdout), rule).map((finding) => finding.status).join();
};

describe("--probe", () => {
  it("nobody is asked unless it is wanted", async () => {
    origin = await originServer(live);
    expect(statusOf(await run(["check", "--format", "json"]))).toBe("unknown");
    expect(origin.seen).toEqual([]);
  });

  it("asks the account's own endpoints, and judges what they answer", async () => {
    origin = await originServer(live);
    expect(statusOf(await run(["check", "--probe", "--format", "json"]))).toBe("pass");
    expect(origin.seen.map(({ path }) => path)).toEqual([index, "/out/v1/0/index_1.m3u8"]);
    expect(origin.seen[0]?.host).toBe("abcdef.egress.mediapackage.us-east-1.amazonaws.com");
  });

  it("a stale manifest fails the run", async () => {
    origin = await originServer({ [index]: text(media, updated(600)) });
    const outcome = await run(["check", "--probe", "--format", "json"]);
    expect([statusOf(outcome), outcome.exitCode]).toEqual(["fail", 1]);
  });

  it("what was seen is in the snapshot, and a replay judges the same without asking", async () => {
    origin = await originServer({ [index]: text(media, updated(600)) });
    await inFolder({}, async (cwd) => {
      expect((await run(["collect", "--probe", "--out", "state.json"], { cwd })).exitCode).toBe(0);
      const asked = origin.seen.length;
      expect(snapshotErrors(JSON.parse(await readFile(join(cwd, "state.json"), "utf8")))).toBe("");
      expect(statusOf(await run(["check", "--snapshot", "state.json", "--format", "json"], { cwd }))).toBe("fail");
      expect(origin.seen.length).toBe(asked);
    });
  });

  it("the config can switch it on", async () => {
    origin = await originServer({ [index]: text(media, updated(1)) });
    await inFolder({ "watchproof.yaml": "probe: true\n" }, async (cwd) => {
      expect(statusOf(await run(["check", "--format", "json"], { cwd }))).toBe("pass");
    });
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ["a variable that is not set", ["check", "--probe", "--probe-cdn-env", "CDN_ID"], {}, "CDN_ID"],
    ["a value that is no identifier", ["check", "--probe", "--probe-cdn-env", "CDN_ID"], { CDN_ID: "short one" }, "8 to 128 characters"],
    ["an identifier without a probe", ["check", "--probe-cdn-env", "CDN_ID"], { CDN_ID: "0123456789" }, "goes with --probe"],
    ["a probe of a recorded account", ["check", "--probe", "--snapshot", "state.json"], {}, "does not go with it"],
  ])("%s is a mistake, and no value is shown", async (_, words, env, said) => {
    origin = await originServer({});
    const { exitCode, stderr } = await run(words, { env });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)]);
    for (const value of Object.values(env)) expect(stderr).not.toContain(value);
  });

  it("an endpoint with CDN authorization is asked with the identifier that a variable holds, and with no other", async () => {
    const identifier = "3f0e6a8c-0000-4000-8000-a0b9d6e7f112";
    const guarded: Answerer = (request, response) => { (request.headers["x-mediapackage-cdnidentifier"] === identifier ? text(media, updated(3)) : status(403))(request, response); };
    origin = await originServer({ [index]: guarded });
    const compliant = aws.env(accounts.compliant);
    const without = await run(["check", "--probe", "--format", "json"], { env: compliant });
    expect([statusOf(without), origin.seen]).toEqual(["unknown", []]);
    const outcome = await run(["check", "--probe", "--probe-cdn-env", "CDN_ID", "--format", "json"], { env: { ...compliant, CDN_ID: identifier } });
    expect(statusOf(outcome)).toBe("pass");
    expect(outcome.stdout + outcome.stderr).not.toContain(identifier);
  });

  it("a refusal names its likely causes", async () => {
    origin = await originServer({ [index]: status(403) });
    const outcome = await run(["check", "--probe", "--format", "json"]);
    expect(findingsOf(readReport(outcome.stdout), rule)).toMatchObject([{ status: "unknown", message: expect.stringContaining("403") as string }]);
  });
});
