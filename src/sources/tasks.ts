/** Starts a task that the whole waits for. */
export type Spawn = (task: () => Promise<void>) => void;

/** Runs a task, and all tasks that it and they spawn; resolves when the last is done, rejects with the first error. */
export function runTasks(first: (spawn: Spawn) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 0;
    const spawn: Spawn = (task) => {
      open += 1;
      task().then(() => {
        open -= 1;
        if (open === 0) resolve();
      }, reject);
    };
    spawn(() => first(spawn));
  });
}
