import { chmod, mkdir, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFileAtomically } from "./write-atomically.js";

const EVERYBODY_READS = 0o644;

/** Writes a file that people share, atomically: through a symbolic link, and with the permissions that it had (0644 for a new one). Its folder is made where there is none. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => EVERYBODY_READS,
  );
  await mkdir(dirname(target), { recursive: true });
  await writeFileAtomically(target, text);
  await chmod(target, mode);
}
