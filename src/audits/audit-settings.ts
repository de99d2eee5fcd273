import type { Config } from "../core/config.js";
import type { Loaded } from "../core/diagnostic.js";
import { openConfig } from "../loaders/config/load-config.js";

/** What a config says under `audit`; or every mistake in the config's form. What the config names is not looked up. Never throws. */
export async function loadAuditSettings(file: string): Promise<Loaded<NonNullable<Config["audit"]>>> {
  const { diagnostics, sound } = await openConfig(file);
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, value: sound.audit ?? {} };
}
