import { vi } from "vitest";
import type { ApiCall, Transport } from "../../src/aws/transport.js";
import { sdkTransport } from "../../src/aws/sdk-transport.js";
import type { Finding, Report } from "../../src/core/report.js";
import { builtins } from "../../src/run/builtins.js";
import { check } from "../../src/run/check.js";
import { prepareRun } from "../../src/run/prepare.js";
import { liveSource } from "../../src/sources/live.js";
import type { Fault, Silence } from "./aws/endpoint.mjs";
import { environmentOf, startSimulatedAws } from "./simulated-aws.js";
import type { SimulatedAws } from "./simulated-aws.js";

/** Every body that stands for no answer. */
export const silences = [
  "empty",
  "no-content",
  "null",
  "object",
  "list",
  "other-members",
  "not-found",
  "error-document",
  "error-document-closed",
  "garbage",
] as const satisfies readonly (Silence | Fault["how"])[];

/** A body that is no answer, or AWS's refusal. */
export type Trouble = (typeof silences)[number] | "denied";

/** One recorded account, judged by every rule, and judged again with one operation answered by nothing. */
export type Matrix = {
  readonly undisturbed: Report;
  /** "cloudtrail:DescribeTrails", sorted. */
  readonly operations: readonly string[];
  /** `region`: only there. */
  disturbed(operation: string, how: Trouble, region?: string): Promise<Report>;
  stop(): Promise<void>;
};

// What the account's own block is taken for by an endpoint that speaks no S3 Control.
const noAccountBlock = {
  service: "s3",
  operation: "GetObject",
  params: { Bucket: "v20180820" },
  error: { code: "NoSuchPublicAccessBlockConfiguration", status: 404 },
};

/** Reads and judges an account once. `regions`: default all. */
export async function faultMatrix(account: string, regions?: readonly string[]): Promise<Matrix> {
  const aws = await startSimulatedAws({ answers: [noAccountBlock] });
  for (const [name, value] of Object.entries(environmentOf(aws.url, account))) vi.stubEnv(name, value);
  const wire = wireTo(aws);
  const operations = new Set<string>();
  const undisturbed = await judge(wire.transport(undefined, operations), regions);
  return {
    undisturbed,
    operations: [...operations].sort(),
    disturbed: (operation, how, region) => judge(wire.transport({ operation, how, region }), regions),
    async stop() {
      wire.close();
      await aws.stop();
      vi.unstubAllEnvs();
    },
  };
}

type Disturbance = { readonly operation: string; readonly how: Trouble; readonly region: string | undefined };
type Wire = {
  transport(disturbance: Disturbance | undefined, operations?: Set<string>): Transport;
  close(): void;
};

/** Asks AWS one thing after the other, and each once: what it said is said again, errors too. A disturbed operation is asked anew. */
function wireTo(aws: SimulatedAws): Wire {
  const sdk = sdkTransport();
  const told = new Map<string, Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();
  const ask = (call: ApiCall, how?: Disturbance["how"]): Promise<unknown> => {
    const asked = last.then(() => {
      aws.configure(
        how === "denied"
          ? { deny: "*", faults: [] }
          : { deny: "", faults: how === undefined ? [] : [{ how }] },
      );
      return sdk.send(call, { onHost: () => undefined, signal: new AbortController().signal });
    });
    last = asked.catch(() => undefined);
    return asked;
  };
  return {
    transport: (disturbance, operations) => ({
      ...sdk,
      send(call, { onHost }) {
        onHost(`${call.service}.${call.region}.test`);
        operations?.add(nameOf(call));
        if (disturbance !== undefined && isMeant(call, disturbance)) return ask(call, disturbance.how);
        const key = JSON.stringify(call);
        const answer = told.get(key) ?? ask(call);
        told.set(key, answer);
        return answer;
      },
    }),
    close: () => sdk.close?.(),
  };
}

const isMeant = (call: ApiCall, { operation, region }: Disturbance): boolean =>
  nameOf(call) === operation && (region === undefined || call.region === region);
const nameOf = ({ service, operation }: ApiCall): string => `${service}:${operation}`;

async function judge(transport: Transport, regions: readonly string[] | undefined): Promise<Report> {
  const prepared = await prepareRun({ globs: ["*"] });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  return check({
    rules: prepared.value.rules,
    source: liveSource({
      collectors: builtins.collectors,
      transport,
      limits: { attempts: 1, attemptTime: 60_000 },
      now: () => new Date("2026-11-20T20:00:00Z"),
    }),
    ...(regions === undefined ? {} : { regions }),
  });
}

/** What a disturbed run says that the undisturbed one does not bear out: verdicts that changed, and ones that vanished without an unknown in their place. */
export function untruths(before: Report, after: Report): readonly string[] {
  const known = new Map(before.findings.map((finding) => [keyOf(finding), finding]));
  const changed = after.findings.flatMap((finding) => {
    const { status } = finding;
    if (status === "unknown") return [];
    const was = known.get(keyOf(finding))?.status ?? "not there";
    // Whether it is one of those that the rule is about may be unclear, while it would be as the rule wants in either case.
    const isBeyondDoubt = was === "not there" && status === "pass" && finding.subject.kind === "resource";
    return was === status || isBeyondDoubt ? [] : [`${keyOf(finding)}: ${was} became ${status}`];
  });
  const still = new Set(after.findings.map(keyOf));
  const doubted = new Set(
    after.findings.filter(({ status }) => status === "unknown").map(({ rule }) => rule),
  );
  const vanished = before.findings.flatMap((finding) =>
    still.has(keyOf(finding)) || doubted.has(finding.rule)
      ? []
      : [`${keyOf(finding)}: ${finding.status} vanished`],
  );
  return [...changed, ...vanished];
}

// Where AWS does not say which account it is, the subject is the same.
function keyOf({ rule, region, account, subject }: Finding): string {
  return [rule, region, subject.type, subject.id === account ? "the account" : subject.id].join(" ");
}
