export type { Baseline, BaselineEntry } from "./formats.js";
