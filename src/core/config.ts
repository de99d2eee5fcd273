export type { Config } from "./formats.js";
