/** Any object of a plan's JSON. */
export type PlanObject = Readonly<Record<string, unknown>>;

/** What a plan does to one object of one resource: what `terraform show -json` lists under resource_changes. */
export type PlanChange = {
  readonly address: string;
  /** The module instance that holds it, such as `module.cis["RootUsage"]`; "" for the root. */
  readonly module: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** The key under for_each, the number under count. */
  readonly index?: string | number;
  /** Such as registry.terraform.io/hashicorp/aws. */
  readonly provider: string;
  /** Set for an old object that a replacement left behind. */
  readonly deposed?: string;
  readonly actions: readonly string[];
  readonly before: PlanObject;
  readonly after: PlanObject;
  readonly afterUnknown: PlanObject | true;
  readonly beforeSensitive: PlanObject | true;
  readonly afterSensitive: PlanObject | true;
};

/** The parts of a plan that are read. */
export type Plan = {
  readonly changes: readonly PlanChange[];
  /** Terraform leaves them for a later round; `reason` in its own word. */
  readonly deferred: readonly { readonly change: PlanChange; readonly reason: string }[];
  /** Why the plan does not show all that there is to do; undefined where it does. */
  readonly partial?: string;
  readonly variables: PlanObject;
  readonly configuration: PlanObject;
  readonly priorState: PlanObject;
};

/** Whether a value is an object, and no list. */
export function isPlanObject(value: unknown): value is PlanObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is an object; an empty one in the place of anything else. */
export function objectAt(object: PlanObject, name: string): PlanObject {
  const value = memberAt(object, name);
  return isPlanObject(value) ? value : {};
}

/** A member that is a list; an empty one in the place of anything else. */
export function listAt(object: PlanObject, name: string): readonly unknown[] {
  const value = memberAt(object, name);
  return Array.isArray(value) ? value : [];
}

/** A member that is a text. */
export function textAt(object: PlanObject, name: string): string | undefined {
  const value = memberAt(object, name);
  return typeof value === "string" ? value : undefined;
}

/** A member of an object, and of nothing that it inherits. */
export function memberAt(object: PlanObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Takes parsed JSON of format 1.x as a plan; or says, with its path, what in it is not as plans are. */
export function takePlan(root: PlanObject): Plan | { readonly fault: string } {
  const listed = memberAt(root, "resource_changes") ?? [];
  if (!Array.isArray(listed)) return { fault: "resource_changes is no list" };
  const changes: PlanChange[] = [];
  for (const [at, one] of listed.entries()) {
    const change = takeChange(one);
    if (typeof change === "string") return { fault: `resource_changes[${at.toString()}]${change}` };
    changes.push(change);
  }
  const partial = partialOf(root);
  return {
    changes,
    deferred: listAt(root, "deferred_changes").flatMap(takeDeferred),
    ...(partial === undefined ? {} : { partial }),
    variables: objectAt(root, "variables"),
    configuration: objectAt(root, "configuration"),
    priorState: objectAt(root, "prior_state"),
  };
}

function partialOf(root: PlanObject): string | undefined {
  if (memberAt(root, "errored") === true) return "a plan that ended in an error";
  if (memberAt(root, "complete") === false) return "a plan that is not complete";
  return undefined;
}

function takeDeferred(value: unknown): Plan["deferred"] {
  if (!isPlanObject(value)) return [];
  const change = takeChange(value["resource_change"]);
  return typeof change === "string" ? [] : [{ change, reason: textAt(value, "reason") ?? "unknown" }];
}

/** A change; or the path and the words of what is wrong with it. */
function takeChange(value: unknown): PlanChange | string {
  if (!isPlanObject(value)) return " is no object";
  const missing = ["address", "type", "name"].find((name) => textAt(value, name) === undefined);
  if (missing !== undefined) return `.${missing} is no text`;
  const change = value["change"];
  if (!isPlanObject(change)) return ".change is no object";
  const actions = change["actions"];
  if (!isTexts(actions)) return ".change.actions is no list of texts";
  return { ...whatChanges(value), actions, ...howItChanges(change) };
}

function whatChanges(value: PlanObject): Omit<PlanChange, "actions" | keyof ReturnType<typeof howItChanges>> {
  const text = (name: string): string => textAt(value, name) ?? "";
  const index = value["index"];
  const deposed = textAt(value, "deposed");
  return {
    address: text("address"),
    module: text("module_address"),
    mode: value["mode"] === "data" ? "data" : "managed",
    type: text("type"),
    name: text("name"),
    ...(typeof index === "string" || typeof index === "number" ? { index } : {}),
    provider: text("provider_name"),
    ...(deposed === undefined ? {} : { deposed }),
  };
}

function howItChanges(
  change: PlanObject,
): Pick<PlanChange, "before" | "after" | "afterUnknown" | "beforeSensitive" | "afterSensitive"> {
  return {
    before: objectAt(change, "before"),
    after: objectAt(change, "after"),
    afterUnknown: marksAt(change, "after_unknown"),
    beforeSensitive: marksAt(change, "before_sensitive"),
    afterSensitive: marksAt(change, "after_sensitive"),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function marksAt(change: PlanObject, name: string): PlanObject | true {
  return memberAt(change, name) === true ? true : objectAt(change, name);
}
