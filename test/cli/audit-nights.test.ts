import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { inFolder, runCli } from "../support/run-cli.js";
import type { Outcome } from "../support/run-cli.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulationOptions } from "../support/simulated-aws.js";

// Two nights of the testbed's organization, throttled; in between, somebody switches the versioning of one bucket on.
const files = {
  "watchproof.yaml": `
packs: [./few.yaml]
audit:
  organization: {}
  accounts:
    - { id: "${accounts.compliant}", role: DeniedAudit }
  role: { name: GuardedAudit, externalId: guard-1234 }
  notify: [{ webhook: HOOK }]
`,
  "few.yaml":
    "id: few\ntitle: A few rules\nrules: [cloudtrail.bucket-versioning, cloudtrail.log-file-validation]\n",
};
const mended = "b-trail-222222222222";
const versioning = `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>`;
const throttled: SimulationOptions = { throttle: "cloudtrail.*=10,sts.*=2:2,organizations.*=1:1" };
const versioned: SimulationOptions = {
  ...throttled,
  answers: [
    {
      service: "s3",
      operation: "GetBucketVersioning",
      account: accounts.broken,
      params: { Bucket: mended },
      xml: versioning,
    },
  ],
};

type Told = {
  readonly said: readonly string[];
  readonly first: Outcome;
  readonly second: Outcome;
  readonly history: string;
  readonly diff: Outcome;
  readonly life: string;
  readonly verified: Outcome;
};

async function twoNights(): Promise<Told> {
  const said: string[] = [];
  const hook = createServer((request, response) => {
    let body = "";
    request
      .setEncoding("utf8")
      .on("data", (text: string) => {
        body += text;
      })
      .on("end", () => {
        said.push((JSON.parse(body) as { readonly text: string }).text);
        response.end("ok");
      });
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  const HOOK = `http://127.0.0.1:${(hook.address() as AddressInfo).port.toString()}/`;
  try {
    return await inFolder(files, async (cwd) => {
      const night = async (world: SimulationOptions): Promise<Outcome> => {
        const aws = await startSimulatedAws(world);
        try {
          return await runCli(["audit", "--notify"], {
            cwd,
            env: { ...aws.env(accounts.management), HOOK },
            timeout: 60_000,
          });
        } finally {
          await aws.stop();
        }
      };
      const ask = (...words: readonly string[]): Promise<Outcome> => runCli(words, { cwd });
      const first = await night(throttled);
      const second = await night(versioned);
      const diff = await ask("diff", "--store", "watchproof-audits", "--format", "json");
      if (diff.stdout === "") throw new Error(`${first.stderr}${second.stderr}${diff.stderr}`);
      const [fixed] = (JSON.parse(diff.stdout) as { readonly fixed: readonly { readonly id: string }[] })
        .fixed;
      const life = (await ask("history", "show", fixed?.id ?? "none")).stdout;
      return {
        said,
        first,
        second,
        diff,
        life,
        history: (await ask("history")).stdout,
        verified: await ask("history", "verify"),
      };
    });
  } finally {
    hook.close();
  }
}

describe("two nights, and one thing mended between them", () => {
  let told: Told;
  beforeAll(async () => {
    told = await twoNights();
  }, 180_000);

  it("are two runs in a history that holds", () => {
    expect(told.first.exitCode).toBe(1);
    expect(told.second.exitCode).toBe(1);
    expect(told.history.match(/^\s*20\d\d-\d\d-\d\dT/gmu)).toHaveLength(2);
    expect(told.verified.exitCode).toBe(0);
  });

  it("say of the account that refuses that it refuses, however busy STS is, and nothing of their own troubles", () => {
    for (const { stderr } of [told.first, told.second]) {
      expect(stderr).toMatch(
        /account 111111111111 \(compliant\) was not judged: The role .*DeniedAudit cannot be assumed \(AccessDenied\)/u,
      );
      expect(stderr).not.toMatch(/Warning/u);
    }
  });

  it("differ in that alone", () => {
    const diff = JSON.parse(told.diff.stdout) as Readonly<
      Record<string, readonly { readonly rule: string; readonly subject: { readonly id: string } }[]>
    >;
    expect(diff["fixed"]?.map(({ rule, subject }) => [rule, subject.id])).toEqual([
      ["cloudtrail.bucket-versioning", mended],
    ]);
    expect([diff["new"], diff["changed"], diff["unjudged"], diff["gone"]]).toEqual([[], [], [], []]);
  });

  it("tell its life", () => {
    expect(told.life).toMatch(/fixed/u);
  });

  it("tell people: the first night what there is, the second what was mended", () => {
    expect(told.said).toHaveLength(2);
    expect(told.said[0]).toMatch(/first/iu);
    expect(told.said[1]).toContain(mended);
    expect(told.said[1]).toMatch(/fixed/iu);
    expect(told.said[1]).not.toMatch(/log-file-validation/u);
  });
});
