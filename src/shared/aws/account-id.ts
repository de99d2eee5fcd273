/** Whether a text is an account's id, and not "unknown": twelve digits. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/u.test(text);
}
