import type { DeclaredIdentity, DeclaredPlace, Given, GivenObject } from "../../core/declared.js";
import type { JsonObject } from "../../core/json.js";
import type { Scope, TemplateFault } from "../../languages/template/scope.js";
import type { Session } from "../../languages/template/worlds.js";
import type { Entry, OpenEntry } from "../../languages/template/loops.js";
import type { Home } from "../../mappings/identify.js";
import type { TemplateFile } from "./template-file.js";

/** A stack that is to be deployed: a template, and what it is deployed with. */
export type StackSource = {
  readonly name: string;
  /** Begins the addresses of its resources: "", or ended by "/". */
  readonly address: string;
  readonly home: Home;
  readonly file: TemplateFile;
  readonly given: (parameter: string) => Given | undefined;
  /** Values behind parameters that name SSM parameters. */
  readonly resolved: (parameter: string) => Given | undefined;
  /** Tells its parameters from those of other stacks: "", or " of stack Trail". */
  readonly whose: string;
  readonly existing?: ExistingStack;
  /** Where the source of a resource is, if not in the template. */
  readonly sourceOf?: (logicalId: string, resource: JsonObject) => DeclaredPlace | undefined;
};

/** What a stack is before the deployment. */
export type ExistingStack = {
  /** Logical id → physical id and type. */
  readonly resources: ReadonlyMap<string, { readonly physicalId: string; readonly type: string }>;
  readonly file?: TemplateFile;
  /** Whether a change set says that a resource is replaced; absent: names and templates tell. */
  readonly replaces?: (logicalId: string) => boolean;
  /** Whether the name of a resource is told; absent: what has no physical id is new. */
  readonly isSeen?: (logicalId: string) => boolean;
  readonly given: (parameter: string) => Given | undefined;
  readonly resolved: (parameter: string) => Given | undefined;
};

/** What is known of one way through all stacks. */
export type World = {
  readonly session: Session;
  readonly stacks: Stack[];
  readonly faults: { readonly file: TemplateFile; readonly fault: TemplateFault }[];
  /** Export names being worked out, against circles. */
  readonly exports: Map<string, Given | undefined>;
};

/** A stack in one world: its resources, loops written out, and everything worked out on demand, once. */
export type Stack = {
  readonly source: StackSource;
  readonly world: World;
  readonly scope: Scope;
  readonly entries: ReadonlyMap<string, ResourceEntry>;
  readonly open: readonly OpenEntry[];
  readonly nested: Map<string, Stack>;
  readonly names: Map<string, Naming | undefined>;
  readonly properties: Map<string, GivenObject>;
  readonly outputs: Map<string, Given | undefined>;
  readonly replaced: Map<string, boolean>;
  /** The stack as it is, for comparing; its template must be known. */
  readonly old?: Stack;
  /** The stack is the one that is: each resource has its physical id. */
  readonly isOld: boolean;
};

/** A resource as it is written. */
export type ResourceEntry = Entry & { readonly type: string; readonly resource: JsonObject };

/** What a resource is called. `hole`: its name depends on that, and a placeholder stands for it. */
export type Naming = {
  readonly name: string;
  readonly isPlaceholder: boolean;
  readonly identity: DeclaredIdentity;
  /** Texts that fill the formulas of its type. */
  readonly words: Readonly<Record<string, string>>;
  /** Why Ref's value is not known. */
  readonly unknownRef?: Given;
  readonly open?: Given;
};
