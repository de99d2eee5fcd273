import type {
  Condition,
  FieldSlot,
  FilterPattern,
  FilterValue,
  Selector,
  SelectorStep,
  Term,
} from "./ast.js";

/** Writes a pattern with one space between tokens; parsing it gives the same pattern. */
export function printFilterPattern(pattern: FilterPattern): string {
  switch (pattern.kind) {
    case "everything":
      return "";
    case "json":
      return `{ ${printCondition(pattern.condition, printSelector)} }`;
    case "terms":
      return pattern.terms.map(printTerm).join(" ");
    case "fields":
      return `[${pattern.slots.map(printSlot).join(", ")}]`;
  }
}

/** Writes a selector, such as `$.userIdentity.type`. */
export function printSelector(selector: Selector): string {
  return `$${selector.map(printStep).join("")}`;
}

/** Writes a condition over places that are written as told. */
export function printCondition<Place>(
  condition: Condition<Place>,
  printPlace: (place: Place) => string,
): string {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts
        .map((part) => printPart(part, printPlace))
        .join(condition.kind === "and" ? " && " : " || ");
    case "compare":
      return `${printPlace(condition.place)} ${condition.operator} ${printValue(condition.value)}`;
    case "is":
      return `${printPlace(condition.place)} IS ${String(condition.word).toUpperCase()}`;
    case "not-exists":
      return `${printPlace(condition.place)} NOT EXISTS`;
  }
}

function printPart<Place>(part: Condition<Place>, printPlace: (place: Place) => string): string {
  const text = printCondition(part, printPlace);
  return part.kind === "and" || part.kind === "or" ? `(${text})` : text;
}

function printStep(step: SelectorStep): string {
  switch (step.kind) {
    case "name":
      return step.bracketed ? `.['${step.name}']` : `.${step.name}`;
    case "index":
      return `[${step.index}]`;
    case "all-items":
      return "[*]";
    case "all-members":
      return ".*";
  }
}

function printValue(value: FilterValue): string {
  switch (value.kind) {
    case "any":
      return "*";
    case "number":
      return value.text;
    case "regex":
      return `%${value.text}%`;
    case "text":
      return value.quoted ? `"${value.text}"` : value.text;
  }
}

/** Writes one word of a term pattern, with its mark. */
export function printTerm({ role, value }: Term): string {
  return { required: "", excluded: "-", alternative: "?" }[role] + printValue(value);
}

function printSlot(slot: FieldSlot): string {
  if (slot.kind === "rest") return "...";
  return slot.condition === undefined ? slot.name : printCondition(slot.condition, (place) => place);
}
