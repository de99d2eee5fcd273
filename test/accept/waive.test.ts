import { chmod, lstat, readFile, readdir, stat, symlink } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import { applyWaivers } from "../../src/accept/apply-waivers.js";
import { loadWaivers } from "../../src/loaders/load-waivers.js";
import { waive } from "../../src/accept/waive.js";
import type { WaiveRequest } from "../../src/accept/waive.js";
import { blind, found, judged } from "../engine/support/judged.js";
import { inFolder } from "../support/run-cli.js";

const today = "2026-11-21";
const failure = found({ rule: "s3.logging", status: "fail", subjectId: "logs" });
const request = (folder: string, part: Partial<WaiveRequest> = {}): WaiveRequest => ({
  finding: failure,
  file: `${folder}/w.yaml`,
  reason: "it goes away",
  owner: "Ada",
  expires: "2026-12-31",
  today,
  ...part,
});
const old = "waivers:\n  - { rule: s3.logging, subject: logs, reason: r, owner: Bob, expires: 2026-11-20 }\n";

describe("a waiver that was written", () => {
  it.each<[string, Finding]>([
    ["a resource", failure],
    ["the account", blind({ rule: "s3.logging", status: "fail" })],
    [
      "an account that is not known",
      blind({
        rule: "s3.logging",
        status: "fail",
        account: "unknown",
        subject: { kind: "account", type: "AWS::Account", id: "unknown" },
      }),
    ],
    [
      "a resource without an ARN",
      found({
        rule: "s3.logging",
        status: "fail",
        subject: { kind: "resource", type: "AWS::S3::Bucket", id: "logs" },
      }),
    ],
    [
      "a log group, whose ARN ends with a star",
      found({
        rule: "s3.logging",
        status: "fail",
        subject: {
          kind: "resource",
          type: "AWS::Logs::LogGroup",
          id: "g",
          arn: "arn:aws:logs:us-east-1:111122223333:log-group:g:*",
        },
      }),
    ],
  ])("accepts the failure of %s, and of nothing beside it", async (_, finding) => {
    await inFolder({}, async (folder) => {
      expect(await waive(request(folder, { finding }))).toMatchObject({ ok: true });
      const loaded = await loadWaivers(`${folder}/w.yaml`);
      const beside = found({ rule: "s3.logging", status: "fail", subjectId: "logs-2" });
      const { findings } = applyWaivers(judged([finding, beside]), {
        waivers: loaded.ok ? loaded.value : [],
        today,
      });
      expect(findings.map((one) => one.waiver !== undefined)).toEqual([true, false]);
    });
  });

  it("may renew one that has expired", async () => {
    await inFolder({ "w.yaml": old }, async (folder) => {
      expect(await waive(request(folder))).toMatchObject({ ok: true });
      expect(await readFile(`${folder}/w.yaml`, "utf8")).toContain(old);
    });
  });

  it("holds on this very day, and on the last that is allowed", async () => {
    for (const expires of [today, "2027-11-22"])
      await inFolder({}, async (folder) => {
        expect(await waive(request(folder, { expires }))).toMatchObject({ ok: true });
      });
  });

  it("makes the folder of its file", async () => {
    await inFolder({}, async (folder) => {
      await waive(request(folder, { file: `${folder}/accepted/by/w.yaml` }));
      expect(await readFile(`${folder}/accepted/by/w.yaml`, "utf8")).toContain("Ada");
    });
  });

  it("leaves the file's permissions, a link to it, and no draft behind", async () => {
    await inFolder({ "real.yaml": old }, async (folder) => {
      await chmod(`${folder}/real.yaml`, 0o640);
      await symlink("real.yaml", `${folder}/w.yaml`);
      await waive(request(folder));
      expect((await stat(`${folder}/real.yaml`)).mode & 0o777).toBe(0o640);
      expect((await lstat(`${folder}/w.yaml`)).isSymbolicLink()).toBe(true);
      expect(await readFile(`${folder}/real.yaml`, "utf8")).toContain("Ada");
      expect((await readdir(folder)).sort()).toEqual(["real.yaml", "w.yaml"]);
    });
  });
});

describe("no waiver is written", () => {
  it.each<[string, Partial<WaiveRequest>, string]>([
    ["for what passes", { finding: found({}) }, "only failures can be waived"],
    [
      "for a name that would be a pattern",
      {
        finding: found({
          status: "fail",
          subject: {
            kind: "resource",
            type: "AWS::CloudWatch::Alarm",
            id: "*",
            arn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*",
          },
        }),
      },
      'holds a "*"',
    ],
    [
      "for a log group's name that would be one",
      {
        finding: found({
          status: "fail",
          subject: {
            kind: "resource",
            type: "AWS::Logs::LogGroup",
            id: "*",
            arn: "arn:aws:logs:us-east-1:111122223333:log-group:a*:*",
          },
        }),
      },
      'holds a "*"',
    ],
    ["for what is unknown", { finding: found({ status: "unknown" }) }, "only failures can be waived"],
    ["for a past day", { expires: "2026-11-20" }, "is past"],
    ["for a day too far ahead", { expires: "2027-11-23" }, "the last day allowed is 2027-11-22"],
    [
      "for a day beyond the days allowed",
      { expires: "2026-12-02", maxDays: 10 },
      "the last day allowed is 2026-12-01",
    ],
    ["for a day that is none", { expires: "2026-11-31" }, "not a day of the calendar"],
    ["without a reason", { reason: " " }, "reason"],
    ["without an owner", { owner: "" }, "owner"],
  ])("%s", async (_, part, because) => {
    await inFolder({}, async (folder) => {
      const result = await waive(request(folder, part));
      expect(result).toMatchObject({ ok: false, because: expect.stringContaining(because) as string });
      expect(await readdir(folder)).toEqual([]);
    });
  });

  it("where one that holds accepts the failure already, by a pattern too", async () => {
    const text = 'waivers:\n  - { rule: "s3.*", subject: "*", reason: r, owner: Bob, expires: 2026-12-01 }\n';
    await inFolder({ "w.yaml": text }, async (folder) => {
      expect(await waive(request(folder))).toMatchObject({
        ok: false,
        because: `this failure is waived until 2026-12-01 already, by Bob (${folder}/w.yaml:2)`,
      });
      expect(await readFile(`${folder}/w.yaml`, "utf8")).toBe(text);
    });
  });

  it("to a file with mistakes, which stays as it is", async () => {
    await inFolder({ "w.yaml": "waivers: nothing\n" }, async (folder) => {
      expect(await waive(request(folder))).toMatchObject({
        ok: false,
        diagnostics: [{ code: "wrong-type" }],
      });
      expect(await readFile(`${folder}/w.yaml`, "utf8")).toBe("waivers: nothing\n");
    });
  });
});
