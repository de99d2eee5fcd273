import { open } from "node:fs/promises";

/** Whether a file is a ZIP archive, as plans are that Terraform saves for itself. False for one that cannot be opened. */
export async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1") === "PK\u0003\u0004";
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}
