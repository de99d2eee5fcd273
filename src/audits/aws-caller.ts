import type { ApiCall, Transport } from "../aws/transport.js";
import { failureOf } from "../sources/failure.js";
import type { FailureKind } from "../sources/failure.js";
import type { CallAws } from "../notifiers/call-aws.js";

/** The ways to AWS of each account, and how to pass time between attempts. */
export type CallerWays = {
  readonly transportOf: (account?: string) => Transport;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly timeout?: number;
};

const ATTEMPTS = 4;
const TIMEOUT = 15_000;
const FIRST_PAUSE = 500;
const worthAnother: readonly FailureKind[] = ["throttled", "timed-out", "transient"];

/** Sends single requests to AWS: four attempts where AWS is busy or in trouble, and a failure in our words. */
export function awsCaller({ transportOf, sleep, timeout = TIMEOUT }: CallerWays): CallAws {
  const transports = new Map<string | undefined, Transport>();
  const transportFor = (account: string | undefined): Transport => {
    const made = transports.get(account) ?? transportOf(account);
    transports.set(account, made);
    return made;
  };
  return async (call: ApiCall, account) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return {
          ok: true,
          value: await transportFor(account).send(call, {
            signal: AbortSignal.timeout(timeout),
            onHost: () => undefined,
          }),
        };
      } catch (error) {
        const { kind, reason, message } = failureOf(error);
        if (attempt === ATTEMPTS || !(worthAnother.includes(kind) || reason === BUSY))
          return { ok: false, reason, message };
      }
      await sleep(FIRST_PAUSE * 2 ** (attempt - 1));
    }
  };
}

// Security Hub's name for throttling. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
const BUSY = "LimitExceededException";
