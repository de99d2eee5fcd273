/** A limit on how much happens at once; first come, first served. */
export type Slots = {
  /** Runs the task when a slot is free. */
  run<T>(task: () => Promise<T>): Promise<T>;
};

/** Those of `own`, of which as many are under way as `shared` has free. */
export function sharedSlots(own: Slots, shared: Slots): Slots {
  return { run: (task) => own.run(() => shared.run(task)) };
}

/** `size` tasks at once. */
export function createSlots(size: number): Slots {
  const waiting: (() => void)[] = [];
  let free = size;
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async run(task) {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
