// What an install takes: the package as npm packs it, and the dependencies that come with it, as the lockfile has them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The package: files, and bytes packed and unpacked. */
export function packed() {
  const text = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ entryCount: files, size: packedBytes, unpackedSize: unpackedBytes }] = Object.values(
    JSON.parse(text),
  );
  return { files, packedBytes, unpackedBytes };
}

/** The dependencies at run time: how many are named, how many come along, and the bytes of all of them. */
export function dependencies() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const folders = Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true)
    .map(([path]) => join(root, path))
    .filter((path) => existsSync(path));
  const direct = Object.keys(packages[""].dependencies).length;
  return { direct, all: folders.length, bytes: folders.reduce((sum, path) => sum + bytesOf(path), 0) };
}

// Packages inside a package stand in the lockfile themselves.
function bytesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .reduce(
      (sum, entry) =>
        sum +
        (entry.isDirectory() ? bytesOf(join(folder, entry.name)) : statSync(join(folder, entry.name)).size),
      0,
    );
}
