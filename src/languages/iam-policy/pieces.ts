import type { Truth } from "../../shared/truth.js";
import type { Choice, PolicyPrincipal, PolicyStatement } from "./iam-policy.js";

/** How one dimension of a statement's piece is met: by the grant itself, and by each denial in turn. */
export type Profile = readonly Truth[];

/** What each dimension of a piece is judged by. Pieces of one dimension with equal profiles are decided alike. */
export type Profiles = {
  readonly principals: (piece: Choice<PolicyPrincipal>) => Profile;
  /** Undefined where the question names an action or a resource: the statement's own choice then stands whole. */
  readonly actions?: (piece: Choice<string>) => Profile;
  readonly resources?: (piece: Choice<string>) => Profile;
};

/** Beyond this many different pieces a statement is too complex to decide; a policy of 20 KB written by people has a few dozen. */
const MOST_PIECES = 2_000;

/**
 * A grant cut into pieces of one principal, action and resource each: several denials may together take away what one
 * statement grants, and piece by piece each is enough. Who asks, what and where are judged apart, so of pieces that no
 * denial tells apart only the first is kept, and the pieces do not multiply. Undefined when too many differ.
 */
export function piecesOf(grant: PolicyStatement, profiles: Profiles): readonly PolicyStatement[] | undefined {
  const principals = distinct(each(grant.principals), profiles.principals);
  const actions = apart(grant.actions, profiles.actions);
  const resources = apart(grant.resources, profiles.resources);
  if (principals.length * actions.length * resources.length > MOST_PIECES) return undefined;
  return principals.flatMap((principalPiece) =>
    actions.flatMap((actionPiece) =>
      resources.map((resourcePiece) => ({
        ...grant,
        principals: principalPiece,
        actions: actionPiece,
        resources: resourcePiece,
      })),
    ),
  );
}

function apart(
  choice: Choice<string>,
  profileOf: ((piece: Choice<string>) => Profile) | undefined,
): readonly Choice<string>[] {
  return profileOf === undefined ? [choice] : distinct(each(choice), profileOf);
}

/** The first piece of each profile, in order. */
function distinct<T>(
  pieces: readonly Choice<T>[],
  profileOf: (piece: Choice<T>) => Profile,
): readonly Choice<T>[] {
  const first = new Map<string, Choice<T>>();
  for (const piece of pieces) {
    const key = profileOf(piece).join();
    if (!first.has(key)) first.set(key, piece);
  }
  return [...first.values()];
}

function each<T>(choice: Choice<T>): readonly Choice<T>[] {
  return choice.not ? [choice] : choice.of.map((one) => ({ not: false, of: [one] }));
}
