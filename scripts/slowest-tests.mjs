/** Files that are listed. */
const MOST = 20;

/** A reporter of vitest's: the files that took longest, in seconds, and the share of the whole that they are. */
export default class SlowestTests {
  onTestRunEnd(modules) {
    const files = modules
      .map((module) => {
        const { duration, collectDuration, setupDuration } = module.diagnostic();
        return {
          file: module.relativeModuleId,
          seconds: (duration + collectDuration + setupDuration) / 1000,
        };
      })
      .sort((a, b) => b.seconds - a.seconds);
    const all = files.reduce((sum, { seconds }) => sum + seconds, 0);
    const slowest = files.slice(0, MOST);
    const most = slowest.reduce((sum, { seconds }) => sum + seconds, 0);
    console.log(`\nThe slowest of ${files.length} files: ${most.toFixed(0)} of ${all.toFixed(0)} s`);
    for (const { file, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(8)} s  ${file}`);
  }
}
