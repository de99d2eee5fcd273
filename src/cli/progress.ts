import type { LiveProgress } from "../index.js";
import type { Terminal } from "./terminal.js";

const CLEAR = "\r\u001b[2K";

/** One line on a watched terminal that says how far the reading is; nothing elsewhere. */
export function liveProgress({ isWatched, err }: Terminal): (progress: LiveProgress) => void {
  if (!isWatched) return () => undefined;
  return ({ done, total }) => {
    err(done < total ? `${CLEAR}reading: ${done.toString()} of ${total.toString()} calls` : CLEAR);
  };
}
