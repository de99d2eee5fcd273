/** Whether a text can be a CDN identifier of MediaPackage: 8 to 128 characters, fit for a header. */
export function isCdnIdentifier(text: string): boolean {
  return /^[\x21-\x7e]{8,128}$/u.test(text);
}

/** Stands for the secret that each origin endpoint itself names. */
export const OWN_SECRET = "own";
