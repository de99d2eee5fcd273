/** The verbs by which the name of a call tells that it reads. */
const readVerbs = ["BatchGet", "Describe", "Get", "Head", "List", "Lookup", "Search"] as const;

/** The verbs by which the name of a call tells that it writes. */
const writeVerbs = [
  "Add",
  "Associate",
  "Attach",
  "Create",
  "Delete",
  "Deregister",
  "Detach",
  "Disable",
  "Disassociate",
  "Enable",
  "Modify",
  "Put",
  "Reboot",
  "Register",
  "Remove",
  "Restore",
  "Run",
  "Set",
  "Start",
  "Stop",
  "Tag",
  "Terminate",
  "Untag",
  "Update",
] as const;

/** Whether a call of this name reads, as far as its verb says so. `undefined`: its name does not tell. */
export function accessByVerb(name: string): "read" | "write" | undefined {
  if (beginsWith(name, readVerbs)) return "read";
  return beginsWith(name, writeVerbs) ? "write" : undefined;
}

// Settle is no Set: behind a verb another word begins.
function beginsWith(name: string, verbs: readonly string[]): boolean {
  return verbs.some((verb) => name.startsWith(verb) && !/^[a-z]/u.test(name.slice(verb.length)));
}
