import type { Declaration, DeclarationTarget } from "../../core/declared.js";
import type { Diagnostic, Loaded } from "../../core/diagnostic.js";
import { loadStack } from "../../loaders/stack-file.js";
import type { StackRecord } from "../../loaders/stack-file.js";
import { findTemplates, stemOf } from "../../loaders/template-documents.js";
import { loadParameters } from "../../loaders/template-parameters.js";
import type { TemplateParameters } from "../../loaders/template-parameters.js";
import { diagnoseFile } from "../../loaders/diagnostics/source-text.js";
import { sortedUnique } from "../../shared/order.js";
import { checkParameters } from "./check-parameters.js";
import { declareStacks } from "./declare.js";
import { templateSearch } from "./search.js";
import type { ExistingStack, StackSource } from "./stack.js";
import { openTemplateFile } from "./template-file.js";
import type { TemplateFile } from "./template-file.js";

/** What templates are read with. */
export type TemplateOptions = {
  /** Files, and folders that are read deep. */
  readonly files: readonly string[];
  /** `KEY=VALUE`, or files: CloudFormation's list of parameters, or a plain map. */
  readonly parameters: readonly string[];
  /** The name of the stack; of several templates, each is named by its file. */
  readonly stackName?: string;
  /** A file that tells what the stack has: `{ "StackResourceSummaries": […], "TemplateBody"?, "Parameters"? }`. */
  readonly stack?: string;
  readonly target: DeclarationTarget;
};

/** Reads CloudFormation templates, all as stacks of one account and region. Never throws for what is in the files. */
export async function readTemplates(options: TemplateOptions): Promise<Loaded<Declaration>> {
  const search = templateSearch();
  const found = await findTemplates(options.files, search);
  const parameters = await loadParameters(options.parameters);
  const stack = options.stack === undefined ? undefined : await loadStack(options.stack, search);
  const diagnostics = [
    ...found.diagnostics,
    ...(parameters.ok ? [] : parameters.diagnostics),
    ...(stack === undefined || stack.ok ? [] : stack.diagnostics),
  ];
  if (diagnostics.length > 0 || !parameters.ok) return { ok: false, diagnostics };
  const files = found.documents.map(openTemplateFile);
  if (stack?.ok === true && files.length !== 1)
    return { ok: false, diagnostics: [severalForOne(stack.value.file)] };
  return declareTemplates(files, {
    ...options,
    parameters: parameters.value,
    skipped: found.skipped,
    ...(stack?.ok === true ? { existing: stack.value } : {}),
  });
}

function severalForOne(file: string): Diagnostic {
  const message = "this tells of one stack, and there are several templates";
  return diagnoseFile(file, { code: "not-a-stack", message, hint: "name the stack's own template alone" });
}

type Context = {
  readonly parameters: TemplateParameters;
  readonly stackName?: string;
  readonly skipped: number;
  readonly existing?: StackRecord;
  readonly target: DeclarationTarget;
};

function declareTemplates(files: readonly TemplateFile[], context: Context): Loaded<Declaration> {
  const wrong = files.flatMap((file) => checkParameters(file, context.parameters.values));
  if (wrong.length > 0) return { ok: false, diagnostics: wrong };
  const { worlds, diagnostics } = declareStacks(files.map((file) => sourceOf(file, files, context)));
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const { parameters, existing } = context;
  return {
    ok: true,
    value: {
      worlds: worlds.map(({ given, resources, open }) => ({ given, resources, open })),
      notes: sortedUnique([...notesOf(files, context), ...worlds.flatMap(({ notes }) => notes)]),
      files: [
        ...files.flatMap(allFiles),
        ...parameters.files,
        ...(existing === undefined ? [] : [existing.file]),
      ],
    },
  };
}

function sourceOf(file: TemplateFile, files: readonly TemplateFile[], context: Context): StackSource {
  const { parameters, existing, target } = context;
  const name = nameOf(file, files, context);
  const isAlone = files.length === 1;
  const before = existing === undefined ? undefined : existingOf(existing);
  return {
    name,
    address: isAlone ? "" : `${name}/`,
    home: { account: target.account.id, region: target.region, partition: target.account.partition },
    file,
    // A stack keeps the values that it was given before.
    given: (key) => parameters.values.get(key) ?? before?.given(key),
    resolved: (key) => parameters.resolved.get(key) ?? before?.resolved(key),
    whose: isAlone ? "" : ` of stack ${name}`,
    ...(before === undefined ? {} : { existing: before }),
  };
}

function nameOf(file: TemplateFile, files: readonly TemplateFile[], { stackName }: Context): string {
  if (stackName !== undefined && files.length === 1) return stackName;
  const stem = stemOf(file.file);
  const before = files.slice(0, files.indexOf(file)).filter((other) => stemOf(other.file) === stem).length;
  return before === 0 ? stem : `${stem}-${before + 1}`;
}

function existingOf({ resources, template, parameters: { values, resolved } }: StackRecord): ExistingStack {
  return {
    resources,
    given: (key) => values.get(key),
    resolved: (key) => resolved.get(key),
    ...(template === undefined ? {} : { file: openTemplateFile(template) }),
  };
}

function allFiles({ file, nested }: TemplateFile): readonly string[] {
  return [file, ...[...nested.values()].flatMap(allFiles)];
}

function notesOf(files: readonly TemplateFile[], context: Context): readonly string[] {
  const { stackName, skipped, existing, parameters } = context;
  const notes: string[] = [];
  if (stackName === undefined || files.length > 1) {
    const names = files.map((file) => nameOf(file, files, context)).join(", ");
    notes.push(`Stacks are taken to be called as their files: ${names}; names that AWS makes up begin so.`);
  }
  if (skipped > 0)
    notes.push(`${skipped} file${skipped === 1 ? " is" : "s are"} no template and passed over.`);
  if (existing === undefined)
    notes.push(
      "What a stack would lose cannot be seen without its resources: nothing is taken to be deleted.",
    );
  else if (existing.template === undefined)
    notes.push(
      "The stack's template as it is was not given: what is removed is taken to be deleted, and only a changed name to replace.",
    );
  const known = new Set(files.flatMap(({ template }) => [...template.parameters.keys()]));
  const unused = [...parameters.values.keys()].filter((key) => !known.has(key));
  if (unused.length > 0) notes.push(`No template has these parameters: ${unused.join(", ")}.`);
  return notes;
}
