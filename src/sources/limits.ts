/** How patient a run is. */
export type Limits = {
  /** Milliseconds for one attempt. */
  readonly attemptTime: number;
  /** Attempts when a host is down, slow or in trouble. */
  readonly attempts: number;
  /** Requests under way at the same time. */
  readonly inFlight: number;
  /** Milliseconds during which an operation may be throttled without one request taken. */
  readonly throttledTime: number;
  /** Milliseconds for finding credentials, AssumeRole and helper programs included. */
  readonly credentialsTime: number;
};

/** The limits of a run that says nothing else. */
export const usualLimits: Limits = {
  attemptTime: 5000,
  attempts: 3,
  inFlight: 64,
  throttledTime: 30_000,
  credentialsTime: 20_000,
};
