export type { AccountIdentity, Collected, Gap, Snapshot } from "./formats/snapshot.js";

/** The `type` of a gap that says: the account's enabled regions could not be listed. */
export const REGIONS_TYPE = "Watchproof::Account::Regions";

/** The `type` of a gap that says: it could not be read who is asking, and so which account this is. */
export const IDENTITY_TYPE = "Watchproof::Account::Identity";
