import { failed } from "./failure.js";
import type { Failure } from "./failure.js";

/** Remembers which hosts are dead or hang, so that a run does not wait for each of them again and again. */
export type Hosts = {
  /** Why this host is not tried again; undefined as long as it is. */
  givenUp(host: string): Failure | undefined;
  answered(host: string): void;
  refused(host: string): void;
  /** A request sent at `sentAt` was not answered in time. */
  timedOut(host: string, sentAt: number): void;
};

type Health = { refusals: number; timeouts: number; countedAt: number; everAnswered: boolean };

const refusalsAllowed = 2;
const timeoutsAllowed = 3;
const downAfter = 8;

/**
 * A host that refuses twice, or lets three rounds of requests time out, with no answer in between, is given up. Once
 * two hosts are given up, one that has never answered gets one round. While eight or more are silent, and more than
 * ever answered, the network is taken to be down: no new host is tried, and each silent one once more. So, however
 * many hosts hang, a run waits for them together, and not for one after the other.
 */
export function createHosts(now: () => number): Hosts {
  const known = new Map<string, Health>();
  const hanging = new Set<string>();
  const healthOf = (host: string): Health => {
    const health = known.get(host) ?? { refusals: 0, timeouts: 0, countedAt: -Infinity, everAnswered: false };
    known.set(host, health);
    return health;
  };
  const patience = ({ everAnswered, timeouts }: Health): number => {
    if (everAnswered) return timeoutsAllowed;
    if (isDown(known)) return timeouts === 0 ? 0 : 2;
    return hanging.size < 2 ? timeoutsAllowed : 1;
  };
  const hangs = (health: Health): boolean => health.timeouts >= patience(health);
  return {
    givenUp(host) {
      const health = healthOf(host);
      if (health.refusals >= refusalsAllowed)
        return failed("unreachable", "Unreachable", `${host} cannot be reached and is not tried again`);
      return hangs(health)
        ? failed("timed-out", "TimedOut", `${host} does not answer and is not tried again`)
        : undefined;
    },
    answered(host) {
      known.set(host, { refusals: 0, timeouts: 0, countedAt: -Infinity, everAnswered: true });
      hanging.delete(host);
    },
    refused(host) {
      healthOf(host).refusals += 1;
    },
    timedOut(host, sentAt) {
      const health = healthOf(host);
      // Requests that were under way together time out together, and are one round.
      if (sentAt < health.countedAt) return;
      health.countedAt = now();
      health.timeouts += 1;
      if (hangs(health)) hanging.add(host);
    },
  };
}

function isDown(known: ReadonlyMap<string, Health>): boolean {
  let silent = 0;
  let answering = 0;
  for (const { everAnswered, timeouts } of known.values()) {
    if (everAnswered) answering += 1;
    else if (timeouts > 0) silent += 1;
  }
  return silent >= downAfter && silent > answering;
}
