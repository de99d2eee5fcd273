/** A step of an address or a reference: a name, or an index in brackets. */
export type Step = { readonly name: string } | { readonly index: string | number };

/** Takes an address such as `module.cis["a.b"].aws_sns_topic.x[0].arn` apart. What follows a mistake is left out. */
export function stepsOf(text: string): readonly Step[] {
  const steps: Step[] = [];
  const pattern = /\.?([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/uy;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) break;
    const [, name, number, quoted] = found;
    if (name !== undefined) steps.push({ name });
    else steps.push({ index: number === undefined ? unquoted(quoted ?? "") : Number(number) });
  }
  return steps;
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

/** The name of a step; undefined for an index or no step. */
export function nameOf(step: Step | undefined): string | undefined {
  return step !== undefined && "name" in step ? step.name : undefined;
}

/** The index of a step; undefined for a name or no step. */
export function indexOf(step: Step | undefined): string | number | undefined {
  return step !== undefined && "index" in step ? step.index : undefined;
}

/** An index as addresses write it. */
export function bracketed(index: string | number): string {
  return `[${typeof index === "number" ? index.toString() : JSON.stringify(index)}]`;
}

/** One instance of a module on the way to another: the call's name and its key. */
export type ModuleStep = { readonly name: string; readonly index?: string | number };

/** The way to a module instance from the root; `module.a["x"].module.b` leads by a["x"] and b. */
export function moduleSteps(address: string): readonly ModuleStep[] {
  const steps = stepsOf(address);
  const found: ModuleStep[] = [];
  for (const [at, step] of steps.entries()) {
    if (nameOf(step) !== "module") continue;
    const name = nameOf(steps[at + 1]);
    const index = indexOf(steps[at + 2]);
    if (name !== undefined) found.push({ name, ...(index === undefined ? {} : { index }) });
  }
  return found;
}

/** The address of a module instance within another. */
export function childModule(parent: string, { name, index }: ModuleStep): string {
  const own = `module.${name}${index === undefined ? "" : bracketed(index)}`;
  return parent === "" ? own : `${parent}.${own}`;
}

/** The module instance that holds another, and the step from it; undefined for the root. */
export function parentModule(
  address: string,
): { readonly parent: string; readonly step: ModuleStep } | undefined {
  const steps = moduleSteps(address);
  const step = steps.at(-1);
  if (step === undefined) return undefined;
  const parent = steps.slice(0, -1).reduce((above, one) => childModule(above, one), "");
  return { parent, step };
}
