/** A place in a pattern's text and the first problem found there. Reading functions answer null once there is one. */
export type Cursor = {
  readonly text: string;
  at: number;
  problem?: { readonly at: number; readonly message: string };
};

/** A cursor at the start of a text. */
export function cursorOf(text: string): Cursor {
  return { text, at: 0 };
}

/** Notes what is wrong here (or at another offset), unless something was wrong before. */
export function refuse(cursor: Cursor, message: string, at: number = cursor.at): null {
  cursor.problem ??= { at, message };
  return null;
}

/** Passes spaces. */
export function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at += 1;
}

/** Passes spaces and then this text, if it is next. */
export function takeText(cursor: Cursor, text: string): boolean {
  skipSpace(cursor);
  if (!cursor.text.startsWith(text, cursor.at)) return false;
  cursor.at += text.length;
  return true;
}

/** Takes what a sticky expression finds right here. */
export function takeToken(cursor: Cursor, token: RegExp): string | undefined {
  token.lastIndex = cursor.at;
  const found = token.exec(cursor.text)?.[0];
  cursor.at += found?.length ?? 0;
  return found;
}

/** What is next, for a message. */
export function showNext(cursor: Cursor): string {
  skipSpace(cursor);
  return cursor.at < cursor.text.length
    ? JSON.stringify(/^\S{1,20}/.exec(cursor.text.slice(cursor.at, cursor.at + 20))?.[0] ?? "")
    : "the end";
}
