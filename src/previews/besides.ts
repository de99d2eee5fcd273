import type { Declaration, DeclarationTarget } from "../core/declared.js";
import type { Resource } from "../core/resource.js";
import { foresee } from "../forecasts/foresee.js";
import { builtins } from "../run/builtins.js";
import { planNeeds } from "../run/check.js";
import { blankAccount, regionsOf } from "./blank-account.js";
import type { JudgeOptions } from "./judge.js";

/** What a live account must be read beside: the resources that would be new or changed, as they would be. */
export async function besides({
  declaration,
  target,
  ...options
}: JudgeOptions & {
  readonly declaration: Declaration;
  readonly target: DeclarationTarget;
}): Promise<readonly Resource[]> {
  const { closed } = await blankAccount({
    needs: await planNeeds(options),
    collectors: (options.plugins ?? builtins).collectors,
    target,
    regions: regionsOf(declaration, target),
    takenAt: "1970-01-01T00:00:00.000Z",
  });
  return declaration.worlds.flatMap((world) => foresee(closed, world).snapshot.resources);
}
