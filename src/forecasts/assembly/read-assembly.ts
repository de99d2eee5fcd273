import type { Declaration, DeclarationTarget, DeclaredPlace } from "../../core/declared.js";
import type { Diagnostic, Loaded } from "../../core/diagnostic.js";
import { own } from "../../languages/template/template.js";
import { isObject } from "../../languages/template/values.js";
import type { JsonObject } from "../../core/json.js";
import { diagnoseFile } from "../../loaders/diagnostics/source-text.js";
import { loadAssembly } from "../../loaders/load-assembly.js";
import type { AssemblyStack } from "../../loaders/load-assembly.js";
import { loadTemplate } from "../../loaders/template-documents.js";
import { loadParameters } from "../../loaders/template-parameters.js";
import type { TemplateParameters } from "../../loaders/template-parameters.js";
import { partitionOf } from "../../shared/aws/partitions.js";
import { sortedUnique } from "../../shared/order.js";
import { declareStacks } from "../template/declare.js";
import { templateSearch } from "../template/search.js";
import type { StackSource } from "../template/stack.js";
import { openTemplateFile } from "../template/template-file.js";
import type { TemplateFile } from "../template/template-file.js";
import { addAll } from "../../shared/many.js";

/** What an assembly is read with. */
export type AssemblyOptions = {
  /** As for templates; every stack that has a parameter of that name takes it. */
  readonly parameters: readonly string[];
  /** Where stacks go whose account or region the app leaves open. */
  readonly target: DeclarationTarget;
};

type Opened = { readonly stack: AssemblyStack; readonly file: TemplateFile };

/** Reads what `cdk synth` wrote: the stacks of all stages, each of its own account and region. Never throws for what is in the files. */
export async function readAssembly(folder: string, options: AssemblyOptions): Promise<Loaded<Declaration>> {
  const parameters = await loadParameters(options.parameters);
  const assembly = await loadAssembly(folder);
  if (!parameters.ok) return parameters;
  if (!assembly.ok) return assembly;
  const opened: Opened[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const stack of assembly.value) {
    const document = await loadTemplate(stack.templateFile, templateSearch(stack.assets));
    if (document.ok) opened.push({ stack, file: openTemplateFile(document.value) });
    else addAll(diagnostics, document.diagnostics);
  }
  if (opened.length === 0 && diagnostics.length === 0)
    diagnostics.push(
      diagnoseFile(folder, { code: "not-an-assembly", message: "there are no stacks in this assembly" }),
    );
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  return declareAssembly(opened, parameters.value, options.target);
}

function declareAssembly(
  opened: readonly Opened[],
  parameters: TemplateParameters,
  target: DeclarationTarget,
): Loaded<Declaration> {
  const isAlone = opened.length === 1;
  const sources = opened.map((one) => sourceOf(one, { parameters, target, isAlone }));
  const { worlds, diagnostics } = declareStacks(sources);
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  return {
    ok: true,
    value: {
      worlds: worlds.map(({ given, resources, open }) => ({ given, resources, open })),
      notes: sortedUnique([...notesOf(opened, target), ...worlds.flatMap(({ notes }) => notes)]),
      files: [...opened.flatMap(({ file }) => allFiles(file)), ...parameters.files],
    },
  };
}

type Context = {
  readonly parameters: TemplateParameters;
  readonly target: DeclarationTarget;
  readonly isAlone: boolean;
};

function sourceOf({ stack, file }: Opened, { parameters, target, isAlone }: Context): StackSource {
  const region = stack.region ?? target.region;
  return {
    name: stack.stackName,
    address: isAlone ? "" : `${stack.displayName}/`,
    home: { account: stack.account ?? target.account.id, region, partition: partitionOf(region) },
    file,
    given: (name) => parameters.values.get(name) ?? stack.parameters.get(name),
    resolved: (name) => parameters.resolved.get(name),
    whose: isAlone ? "" : ` of stack ${stack.displayName}`,
    sourceOf: (id, resource) => sourcePlace(stack, id, resource),
  };
}

function sourcePlace(
  { sources }: AssemblyStack,
  id: string,
  resource: JsonObject,
): DeclaredPlace | undefined {
  const metadata = own(resource, "Metadata");
  const path = isObject(metadata) ? own(metadata, "aws:cdk:path") : undefined;
  return typeof path === "string" ? (sources.get(path) ?? sources.get(id)) : sources.get(id);
}

function allFiles({ file, nested }: TemplateFile): readonly string[] {
  return [file, ...[...nested.values()].flatMap(allFiles)];
}

function notesOf(opened: readonly Opened[], { account, region }: DeclarationTarget): readonly string[] {
  const open = opened.filter(({ stack }) => stack.account === undefined || stack.region === undefined);
  const names = open.map(({ stack }) => stack.displayName).join(", ");
  return [
    "What a stack would lose cannot be seen without its resources: nothing is taken to be deleted.",
    ...(open.length === 0
      ? []
      : [`The app leaves open where ${names} goes: taken to be account ${account.id}, region ${region}.`]),
  ];
}
