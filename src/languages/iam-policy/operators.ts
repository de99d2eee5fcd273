import { isInside, parseNetwork } from "../../shared/ip-network.js";
import { truthOf } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";
import { hasVariable, matchesPattern } from "./patterns.js";

/** How one value of the request is compared with one value of the policy. */
export type Comparison = (given: string, wanted: string) => Truth;

/** A condition operator: `negated` ones hold where no value of the policy fits. */
export type Operator = { readonly negated: boolean; readonly compare: Comparison };

/** The operator of a name in lower case; undefined for Null, which looks at the key alone, and for names that IAM does not have. */
export function operatorOf(name: string): Operator | undefined {
  const positive = comparisons[name];
  if (positive !== undefined) return { negated: false, compare: positive };
  const opposite = comparisons[negations[name] ?? ""];
  return opposite === undefined ? undefined : { negated: true, compare: opposite };
}

// Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
const comparisons: Readonly<Record<string, Comparison>> = {
  stringequals: plain((given, wanted) => given === wanted),
  stringequalsignorecase: plain((given, wanted) => given.toLowerCase() === wanted.toLowerCase()),
  stringlike: plain((given, wanted) => matchesPattern(wanted, given)),
  arnequals: plain(fitsArn),
  arnlike: plain(fitsArn),
  bool: plain((given, wanted) => given.toLowerCase() === wanted.toLowerCase()),
  binaryequals: plain((given, wanted) => given === wanted),
  ipaddress: inNetwork,
  numericequals: numeric((given, wanted) => given === wanted),
  numericlessthan: numeric((given, wanted) => given < wanted),
  numericlessthanequals: numeric((given, wanted) => given <= wanted),
  numericgreaterthan: numeric((given, wanted) => given > wanted),
  numericgreaterthanequals: numeric((given, wanted) => given >= wanted),
  dateequals: dated((given, wanted) => given === wanted),
  datelessthan: dated((given, wanted) => given < wanted),
  datelessthanequals: dated((given, wanted) => given <= wanted),
  dategreaterthan: dated((given, wanted) => given > wanted),
  dategreaterthanequals: dated((given, wanted) => given >= wanted),
};

const negations: Readonly<Record<string, string>> = {
  stringnotequals: "stringequals",
  stringnotequalsignorecase: "stringequalsignorecase",
  stringnotlike: "stringlike",
  arnnotequals: "arnequals",
  arnnotlike: "arnlike",
  notipaddress: "ipaddress",
  numericnotequals: "numericequals",
  datenotequals: "dateequals",
};

function plain(test: (given: string, wanted: string) => boolean): Comparison {
  return (given, wanted) => (hasVariable(wanted) ? "unknown" : truthOf(test(given, wanted)));
}

// Each of an ARN's six parts is compared by itself: a * never runs over a colon before the resource part.
function fitsArn(given: string, wanted: string): boolean {
  const parts = arnParts(given);
  const patterns = arnParts(wanted);
  return (
    wanted === "*" ||
    (parts.length === patterns.length &&
      patterns.every((pattern, place) => matchesPattern(pattern, parts[place] ?? "")))
  );
}

/** The six parts of an ARN or ARN pattern; the resource part keeps its colons. */
export function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= arnLength
    ? parts
    : [...parts.slice(0, arnLength - 1), parts.slice(arnLength - 1).join(":")];
}

const arnLength = 6;

function inNetwork(given: string, wanted: string): Truth {
  const network = parseNetwork(wanted);
  const address = parseNetwork(given);
  if (network === undefined || address === undefined) return "unknown";
  return truthOf(isInside(address, network));
}

function numeric(test: (given: number, wanted: number) => boolean): Comparison {
  return measured((text) => (text.trim() === "" ? Number.NaN : Number(text)), test);
}

function dated(test: (given: number, wanted: number) => boolean): Comparison {
  return measured(
    (text) => (/^\d+$/u.test(text) ? Number(text) * millisecondsPerSecond : Date.parse(text)),
    test,
  );
}

const millisecondsPerSecond = 1000;

function measured(
  read: (text: string) => number,
  test: (given: number, wanted: number) => boolean,
): Comparison {
  return (given, wanted) => {
    const [left, right] = [read(given), read(wanted)];
    return Number.isNaN(left) || Number.isNaN(right) ? "unknown" : truthOf(test(left, right));
  };
}
