export type { Baseline, BaselineEntry } from "./formats/baseline.js";
