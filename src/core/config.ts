export type { Config } from "./formats/config.js";
