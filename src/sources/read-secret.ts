import type { Transport } from "../aws/transport.js";
import type { Operation } from "../core/collector.js";
import type { SecretAnswer, SecretRequest } from "../core/secret.js";
import { createCaller } from "./caller.js";
import { systemClock } from "./clock.js";
import type { Clock } from "./clock.js";
import { nameOf } from "./collected.js";
import { explain, failed } from "./failure.js";
import { usualLimits } from "./limits.js";
import type { Limits } from "./limits.js";
import { actionsOf } from "./planned-calls.js";
import type { PlannedCall } from "./planned-calls.js";

const getSecretValue: Operation = {
  service: "secretsmanager",
  name: "GetSecretValue",
  proof: { members: ["ARN"] },
};

/** With whose credentials and how patiently a secret is read. */
export type SecretTools = {
  readonly transport: Transport;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
};

/** Reads the text of a secret in AWS Secrets Manager. Of a failure only its kind is told: a message may repeat what was answered. */
export async function readSecret(
  { id, region, signal }: SecretRequest,
  { transport, clock = systemClock, limits }: SecretTools,
): Promise<SecretAnswer> {
  const { ask } = createCaller({
    transport,
    clock,
    limits: { ...usualLimits, ...limits },
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = await ask(getSecretValue, { region, input: { SecretId: id } });
  const failure = answer.ok ? failed("permanent", "NoSecretString", "") : answer.failure;
  const text = answer.ok ? textIn(answer.output) : undefined;
  if (text !== undefined) return { ok: true, text };
  const { reason, action } = explain(failure, getSecretValue, region);
  return { ok: false, because: { reason, action, region } };
}

/** The reading of a secret as it is planned: once for each resource of a type at most, fewer where they share it. */
export function secretCall(of: string): PlannedCall {
  return {
    operation: nameOf(getSecretValue),
    actions: actionsOf(getSecretValue),
    often: { kind: "each-resource", of },
    properties: [],
  };
}

function textIn(output: unknown): string | undefined {
  if (typeof output !== "object" || output === null || !("SecretString" in output)) return undefined;
  return typeof output.SecretString === "string" ? output.SecretString : undefined;
}
