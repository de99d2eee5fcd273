// Generated from the schema of pack, in schemas/, by `npm run generate`. Do not edit.

/**
 * A named set of rules: a service's, or a framework version that maps controls to rule ids. Holds no rule text.
 */
export interface Pack {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /**
   * Rule ids, or patterns with * such as cloudtrail.*; a pattern never takes templates.
   *
   * @minItems 1
   */
  readonly rules?: readonly string[];
  /** Control id → its title and the rules that meet it. */
  readonly controls?: {
    readonly [k: string]: {
      readonly title: string;
      /** @minItems 1 */
      readonly rules: readonly string[];
    };
  };
}
