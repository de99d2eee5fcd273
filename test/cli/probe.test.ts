import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { media, originServer, parent, status, text, updated } from "../probes/origin-server.js";
import type { Answerer } from "../probes/origin-server.js";
import { findingsOf, readReport, snapshotErrors } from "../support/report.js";
import { inFolder, runCli } from "../support/run-cli.js";
import type { Outcome } from "../support/run-cli.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { Entry, SimulatedAws, SimulationOptions } from "../support/simulated-aws.js";

const rule = "mediapackage.manifest-updates";
const index = "/out/v1/0/index.m3u8";
const live: Readonly<Record<string, Answerer>> = {
  [index]: text(parent),
  "/out/v1/0/index_1.m3u8": (request, response) => {
    text(media, updated(3))(request, response);
  },
};

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
  return runCli([...words, "--rule", rule], {
    env: { ...aws.env(accounts.broken), WATCHPROOF_PROBE_ENDPOINT: origin.url, ...env },
    ...rest,
  });
}

const statusOf = ({ stdout, stderr }: Outcome): string => {
  if (stdout === "") throw new Error(stderr);
  return findingsOf(readReport(stdout), rule)
    .map((finding) => finding.status)
    .join();
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
      expect(statusOf(await run(["check", "--snapshot", "state.json", "--format", "json"], { cwd }))).toBe(
        "fail",
      );
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
    [
      "a value that is no identifier",
      ["check", "--probe", "--probe-cdn-env", "CDN_ID"],
      { CDN_ID: "short one" },
      "8 to 128 characters",
    ],
    [
      "an identifier in the place of the variable's name",
      ["check", "--probe", "--probe-cdn-env", "3f0e6a8c-0000-4000-8000-a0b9d6e7f112"],
      { NAME: "3f0e6a8c-0000-4000-8000-a0b9d6e7f112" },
      "that was named, which is to hold the CDN identifier, is not set",
    ],
    [
      "an identifier without a probe",
      ["check", "--probe-cdn-env", "CDN_ID"],
      { CDN_ID: "0123456789" },
      "goes with --probe",
    ],
    ["a secret without a probe", ["check", "--probe-cdn-secret", "cdn"], {}, "goes with --probe"],
    [
      "a variable and a secret",
      ["check", "--probe", "--probe-cdn-env", "CDN_ID", "--probe-cdn-secret", "cdn"],
      { CDN_ID: "0123456789" },
      "do not go together",
    ],
    [
      "what cannot be a secret's name",
      ["check", "--probe", "--probe-cdn-secret", "{not a name}"],
      { NAME: "{not a name}" },
      "takes the name or ARN of a secret",
    ],
    [
      "an ARN of something else",
      ["check", "--probe", "--probe-cdn-secret", "arn:aws:s3:::b"],
      { NAME: "arn:aws:s3:::b" },
      "takes the name or ARN of a secret",
    ],
    [
      "a probe of a recorded account",
      ["check", "--probe", "--snapshot", "state.json"],
      {},
      "does not go with it",
    ],
  ])("%s is a mistake, and no value is shown", async (_, words, env, said) => {
    origin = await originServer({});
    const { exitCode, stderr } = await run(words, { env });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)]);
    for (const value of Object.values(env)) expect(stderr).not.toContain(value);
  });

  it("an endpoint with CDN authorization is asked with the identifier that a variable holds, and with no other", async () => {
    const identifier = "3f0e6a8c-0000-4000-8000-a0b9d6e7f112";
    const guarded: Answerer = (request, response) => {
      (request.headers["x-mediapackage-cdnidentifier"] === identifier
        ? text(media, updated(3))
        : status(403))(request, response);
    };
    origin = await originServer({ [index]: guarded });
    const compliant = aws.env(accounts.compliant);
    const without = await run(["check", "--probe", "--format", "json"], { env: compliant });
    expect([statusOf(without), origin.seen]).toEqual(["unknown", []]);
    const outcome = await run(["check", "--probe", "--probe-cdn-env", "CDN_ID", "--format", "json"], {
      env: { ...compliant, CDN_ID: identifier },
    });
    expect(statusOf(outcome)).toBe("pass");
    expect(outcome.stdout + outcome.stderr).not.toContain(identifier);
  });

  describe("with the identifier in AWS Secrets Manager", () => {
    const identifier = "3f0e6a8c-0000-4000-8000-a0b9d6e7f112";
    const arn = "arn:aws:secretsmanager:us-east-1:111111111111:secret:c-cdn";
    const guarded: Answerer = (request, response) => {
      (request.headers["x-mediapackage-cdnidentifier"] === identifier
        ? text(media, updated(3))
        : status(403))(request, response);
    };
    const secret = (SecretString: string): Entry => ({
      service: "secretsmanager",
      operation: "GetSecretValue",
      region: "us-east-1",
      params: { SecretId: [arn, "c-cdn"] },
      response: { ARN: `${arn}-AbCdEf`, Name: "c-cdn", SecretString },
    });
    const holding = secret(JSON.stringify({ MediaPackageCDNIdentifier: identifier }));

    async function replaced(simulation: SimulationOptions, body: () => Promise<void>): Promise<void> {
      await aws.stop();
      aws = await startSimulatedAws(simulation);
      await body();
    }
    const ask = (...words: readonly string[]): Promise<Outcome> =>
      run(["check", "--probe", ...words, "--format", "json"], { env: aws.env(accounts.compliant) });

    it.each([["own"], ["c-cdn"], [arn]])(
      "%s: the secret is read once, by the run's own credentials, and never shown",
      async (name) => {
        origin = await originServer({ [index]: guarded });
        await replaced({ answers: [holding] }, async () => {
          const { stdout, stderr, ...outcome } = await ask("--probe-cdn-secret", name);
          expect(statusOf({ stdout, stderr, ...outcome })).toBe("pass");
          expect(stdout + stderr).not.toContain(identifier);
          expect(aws.stats().byOperation["secretsmanager.GetSecretValue"]).toBe(1);
        });
      },
    );

    it("a config can name it, and the snapshot does not hold what it says", async () => {
      origin = await originServer({ [index]: guarded });
      await replaced({ answers: [holding] }, () =>
        inFolder({ "watchproof.yaml": "probe: { cdnIdentifierSecret: own }\n" }, async (cwd) => {
          expect(
            (await run(["collect", "--out", "state.json"], { cwd, env: aws.env(accounts.compliant) }))
              .exitCode,
          ).toBe(0);
          const written = await readFile(join(cwd, "state.json"), "utf8");
          expect(snapshotErrors(JSON.parse(written))).toBe("");
          expect(written).toMatch(/"secretsmanager:GetSecretValue": ?1/u);
          expect(written).not.toContain(identifier);
          expect(
            statusOf(await run(["check", "--snapshot", "state.json", "--format", "json"], { cwd })),
          ).toBe("pass");
        }),
      );
    });

    it("a refused one leaves the endpoint unknown, names the action, and is a gap", async () => {
      origin = await originServer({ [index]: guarded });
      await replaced({ answers: [holding], deny: "secretsmanager.GetSecretValue" }, async () => {
        const outcome = await ask("--probe-cdn-secret", "own");
        const report = readReport(outcome.stdout);
        expect(findingsOf(report, rule)).toMatchObject([
          {
            status: "unknown",
            reason: "unreadable",
            message: expect.stringContaining("grant secretsmanager:GetSecretValue in us-east-1") as string,
          },
        ]);
        expect(report.gaps).toContainEqual(
          expect.objectContaining({ reason: "AccessDenied", action: "secretsmanager:GetSecretValue" }),
        );
        expect([outcome.exitCode, origin.seen]).toEqual([3, []]);
      });
    });

    it("one that is not there, and one that holds something else, say so without its text", async () => {
      origin = await originServer({ [index]: guarded });
      expect(findingsOf(readReport((await ask("--probe-cdn-secret", "own")).stdout), rule)).toMatchObject([
        { status: "unknown", message: expect.stringContaining("ResourceNotFoundException") as string },
      ]);
      await replaced({ answers: [secret("plain-identifier")] }, async () => {
        const outcome = await ask("--probe-cdn-secret", "own");
        expect(findingsOf(readReport(outcome.stdout), rule)).toMatchObject([
          {
            status: "unknown",
            message: expect.stringContaining("no key MediaPackageCDNIdentifier") as string,
          },
        ]);
        expect(outcome.stdout + outcome.stderr).not.toContain("plain-identifier");
      });
    });

    it.each<[string, readonly string[], string, boolean]>([
      ["permissions", [], rule, false],
      ["permissions", ["--probe"], rule, false],
      ["permissions", ["--probe", "--probe-cdn-secret", "own"], rule, true],
      ["permissions", ["--probe", "--probe-cdn-secret", "own"], "glacier.vault-lock", false],
      ["check --plan", ["--probe"], rule, false],
      ["check --plan", ["--probe", "--probe-cdn-secret", "c-cdn"], rule, true],
      ["check --plan", ["--probe", "--probe-cdn-secret", "c-cdn"], "glacier.vault-lock", false],
    ])("%s %j of %s names the permission: %s", async (command, words, about, isNamed) => {
      origin = await originServer({});
      const { stdout } = await runCli([...command.split(" "), ...words, "--rule", about]);
      expect(stdout.includes("secretsmanager:GetSecretValue")).toBe(isNamed);
    });

    it("the policy is narrowed to a secret that is named", async () => {
      origin = await originServer({});
      const { stdout } = await runCli([
        "permissions",
        "--probe",
        "--probe-cdn-secret",
        "c-cdn",
        "--rule",
        rule,
      ]);
      const { Statement } = JSON.parse(stdout) as {
        readonly Statement: readonly { readonly Action: readonly string[]; readonly Resource: unknown }[];
      };
      expect(
        Statement.map(({ Action, Resource }) => [Action.includes("secretsmanager:GetSecretValue"), Resource]),
      ).toEqual([
        [false, "*"],
        [true, "arn:*:secretsmanager:*:*:secret:c-cdn-??????"],
      ]);
    });
  });

  it("a refusal names its likely causes", async () => {
    origin = await originServer({ [index]: status(403) });
    const outcome = await run(["check", "--probe", "--format", "json"]);
    expect(findingsOf(readReport(outcome.stdout), rule)).toMatchObject([
      { status: "unknown", message: expect.stringContaining("403") as string },
    ]);
  });
});
