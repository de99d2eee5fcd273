import type { Diagnostic, Position } from "./diagnostic.js";
import type { Cases } from "./formats/cases.js";
import type { Status } from "./verdict.js";

export type { Cases };

/** One case: a state, and the verdicts that are expected of it. */
export type Case = Cases["cases"][number];

/** The state of an account in the author's words. */
export type CaseState = NonNullable<Case["state"]>;

/** What an expectation demands of a finding beside its subject. */
export type ExpectedVerdict = Exclude<Extract<Case["expect"], { readonly verdict: Status }>, string>;

/** The statuses that cases can show a rule to reach. */
export type Reachable = "pass" | "fail" | "unknown";

/** The statuses that a rule's cases should reach. */
export const reachable: readonly Reachable[] = ["pass", "fail", "unknown"];

/** Something that was expected and did not come. `path` leads to the expectation within the case. */
export type Difference = {
  readonly path: readonly (string | number)[];
  /** The finding's subject; absent where the case as a whole is meant. */
  readonly subject?: string;
  readonly what: "verdict" | "message" | "reason" | "witness" | "subject";
  readonly expected: string;
  readonly got: string;
  /** What the finding said, where that helps to understand `got`. */
  readonly because?: string;
};

/** How one case went. */
export type CaseResult = {
  readonly name: string;
  /** The place of its name. */
  readonly position: Position;
  readonly differences: readonly (Difference & { readonly position: Position })[];
};

/** One side of a condition that no case took: `when` says which. */
export type Untaken = {
  /** The condition as it was written. */
  readonly text: string;
  readonly when: "true" | "false";
  /** Where it stands within the rule's options, such as `assert.all[1]`. */
  readonly at: string;
  /** Where it stands in the rule's file, which a built-in rule does not have. */
  readonly position?: Position;
};

/** What the cases of a rule showed of it. */
export type RuleCoverage = {
  /** Statuses that no case reached, those left out that the file calls impossible. */
  readonly unreached: readonly Reachable[];
  /** Statuses that a case reached, though the file calls them impossible. */
  readonly refuted: readonly Reachable[];
  /** How many sides its conditions have (two each), and which were not taken. */
  readonly sides: number;
  readonly untaken: readonly Untaken[];
};

/** How the cases of one file went. */
export type CaseFileResult = {
  readonly file: string;
  /** The id of the rule. */
  readonly rule: string;
  /** The rule's file; absent for a built-in rule. */
  readonly ruleFile?: string;
  readonly cases: readonly CaseResult[];
  readonly coverage: RuleCoverage;
};

/** How all cases went. Files with mistakes have diagnostics and no results. */
export type TestRun = {
  readonly files: readonly CaseFileResult[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file and folder that was looked at: when one of them changes, the run may end otherwise. */
  readonly inputs: readonly string[];
};
