/** Something that is tried in the project. */
export type Trial = { readonly title: string; readonly words: readonly string[]; readonly prints?: string };
export function writeConsumer(folder: string): void;
export function trials(version: string): readonly Trial[];
export function tryOut(trial: Trial, folder: string): string;
