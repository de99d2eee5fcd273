/** A value that tells how often its members were read, at any depth. */
export type Counted<T> = { readonly value: T; readonly reads: () => number };

/** Wraps plain JSON data, so that work that grows faster than the data shows itself without a clock. */
export function countReads<T extends object>(data: T): Counted<T> {
  let count = 0;
  const wrapped = new WeakMap<object, object>();
  const wrap = (inner: unknown): unknown => {
    if (typeof inner !== "object" || inner === null) return inner;
    const proxy = wrapped.get(inner) ?? new Proxy(inner, handler);
    wrapped.set(inner, proxy);
    return proxy;
  };
  const handler: ProxyHandler<object> = {
    get: (target, name, receiver) => {
      count += 1;
      return wrap(Reflect.get(target, name, receiver));
    },
  };
  return { value: wrap(data) as T, reads: () => count };
}
