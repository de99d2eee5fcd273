/** An attribute as it is written; lines and columns from 1. */
export type SourceAttribute = {
  readonly line: number;
  readonly column: number;
  /** In HCL, comments included. */
  readonly expression: string;
};

/** A block as it is written: `resource "aws_sns_topic" "alarms" { … }` has two labels. */
export type SourceBlock = {
  readonly type: string;
  readonly labels: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly attributes: ReadonlyMap<string, SourceAttribute>;
  readonly blocks: readonly SourceBlock[];
};
