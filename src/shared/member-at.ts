/** What stands at a path of member names ("logging.clusterLogging"), "." for the value itself; undefined where the path leads nowhere. */
export function memberAt(value: unknown, path: string): unknown {
  if (path === ".") return value;
  return path.split(".").reduce<unknown>((at, name) => {
    if (typeof at !== "object" || at === null) return undefined;
    return Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined;
  }, value);
}
