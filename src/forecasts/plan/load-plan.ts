import type { Diagnostic, Loaded } from "../../core/diagnostic.js";
import { diagnoseFile } from "../../loaders/diagnostics/source-text.js";
import type { SourceText } from "../../loaders/diagnostics/source-text.js";
import { isArchive } from "../../loaders/is-archive.js";
import { parseJson, refuse } from "../../loaders/load-json.js";
import { readText } from "../../loaders/read-text.js";
import { isPlanObject, memberAt, takePlan, textAt } from "./document.js";
import type { Plan, PlanObject } from "./document.js";

/** The largest plan that is read: 512 MiB. */
const MAX_PLAN = 512 * 1024 * 1024;

const WRITES =
  "`terraform show -json PLAN > plan.json`, or `tofu show -json PLAN > plan.json`, writes what is read here";

/** Reads a plan as `show -json` writes it, of format 1.x; or tells in one line why the file is none. Never throws. */
export async function loadPlan(file: string): Promise<Loaded<Plan>> {
  const text = await readText(file, MAX_PLAN);
  if (text.ok) return parsePlan(text.value);
  const [first, ...others] = text.diagnostics;
  return first === undefined ? text : { ok: false, diagnostics: [await explained(file, first), ...others] };
}

async function explained(file: string, diagnostic: Diagnostic): Promise<Diagnostic> {
  const { code, message } = diagnostic;
  if (code === "too-large")
    return diagnoseFile(file, { code, message, hint: "plan a part of it with -target" });
  if (code !== "not-utf8" || !(await isArchive(file))) return diagnostic;
  return diagnoseFile(file, {
    code: "not-a-plan",
    message: "this is a plan as `terraform plan -out` saves it, which only Terraform reads",
    hint: WRITES,
  });
}

/** Takes a text as a plan. */
export function parsePlan(source: SourceText): Loaded<Plan> {
  const parsed = parseJson(source, WRITES);
  if (!parsed.ok) return parsed;
  const { value: root } = parsed;
  const mistaken = mistake(root);
  if (mistaken !== undefined || !isPlanObject(root)) return notAPlan(source, mistaken ?? "this is no plan");
  const version = textAt(root, "format_version") ?? "";
  if (version.split(".")[0] !== "1")
    return refuse(
      diagnoseFile(source.file, {
        code: "plan-version",
        message: `format_version ${JSON.stringify(version.slice(0, 20))} cannot be read; this version of watchproof reads 1.x`,
        hint: "install a version of watchproof that knows it",
      }),
    );
  const plan = takePlan(root);
  return "fault" in plan ? notAPlan(source, plan.fault) : { ok: true, value: plan };
}

function notAPlan({ file }: SourceText, message: string): Loaded<never> {
  return refuse(diagnoseFile(file, { code: "not-a-plan", message, hint: WRITES }));
}

function mistake(root: unknown): string | undefined {
  if (!isPlanObject(root)) return "this is JSON, and no plan";
  if (memberAt(root, "@level") !== undefined) return "these are the messages of a run, and no plan";
  if (textAt(root, "format_version") !== undefined)
    return isState(root) ? "this is a state, and no plan" : undefined;
  if (memberAt(root, "lineage") !== undefined) return "this is a state, and no plan";
  return "this is JSON, and no plan: it has no format_version";
}

const PLAN_MEMBERS = ["resource_changes", "planned_values", "configuration", "output_changes"];

function isState(root: PlanObject): boolean {
  return (
    memberAt(root, "values") !== undefined && !PLAN_MEMBERS.some((name) => memberAt(root, name) !== undefined)
  );
}
