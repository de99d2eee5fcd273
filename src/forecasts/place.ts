import { Hole } from "../core/declared.js";
import type { Declared, Openness } from "../core/declared.js";
import type { Snapshot } from "../core/snapshot.js";
import { identify } from "../mappings/identify.js";
import { UNDECLARED } from "../mappings/undeclared.js";
import { attachmentsOf, mappingOf } from "../mappings/mappings.js";
import { isAccountId } from "../shared/aws/account-id.js";
import { sortedUnique } from "../shared/order.js";

/** A declared resource whose account and region are those of the state. */
export type Placed = Declared & { readonly account: string; readonly region: string };

/** What of a declaration concerns a state. */
export type Placement = {
  readonly placed: readonly Placed[];
  /** Declared without saying where. */
  readonly open: readonly Openness[];
  readonly notes: readonly string[];
};

/** The type that a declared one has in snapshots. */
export function typeOf({ type }: Pick<Declared, "type">): string {
  return mappingOf(type).as ?? type;
}

/** Sorts out what is declared for other accounts and regions, and for types that the state does not hold. */
export function place(resources: readonly Declared[], snapshot: Snapshot): Placement {
  const placed: Placed[] = [];
  const open: Openness[] = [];
  const others: string[] = [];
  for (const declared of resources.flatMap(expanded)) {
    const where = whereOf(declared, snapshot);
    if (typeof where === "string") others.push(where);
    else if (where instanceof Hole) open.push(opennessOf(declared, where));
    else if (Object.hasOwn(UNDECLARED, declared.type)) open.push(namelessOf(declared));
    else if (isCollected(declared, snapshot)) placed.push(where);
    else others.push("of a type that this state does not hold");
  }
  return { placed, open, notes: counted(others) };
}

function expanded(declared: Declared): readonly Declared[] {
  const { expand } = mappingOf(declared.type);
  const { after, account, region } = declared;
  if (expand === undefined || after === undefined) return [declared];
  const parts = expand(declared.properties, after).map(({ type, name, properties }): Declared => {
    const texts = Object.fromEntries(
      Object.entries(properties).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
    const home = { account: textOf(account), region: textOf(region), partition: partitionIn(after.arn) };
    const identity = identify(type, `${after.id} ${name}`, { home, properties: texts });
    const own = identity ?? { id: `${after.id} ${name}`, ref: name };
    return {
      ...declared,
      type,
      action: "create",
      properties,
      complete: true,
      after: { ...own, placeholder: true },
    };
  });
  return [declared, ...parts];
}

function textOf(place: string | Hole): string {
  return typeof place === "string" ? place : "";
}

function partitionIn(arn = ""): string {
  return arn.split(":")[1] ?? "aws";
}

function whereOf(declared: Declared, { account: own, regions, collected }: Snapshot): Placed | Hole | string {
  const { account, region } = declared;
  if (account instanceof Hole) return account;
  if (isAccountId(own.id) && account !== own.id) return `in account ${account}`;
  if (region instanceof Hole) return region;
  const isEverywhere = ownersOrSelf(declared).some((type) => collected[type]?.listed === "account");
  if (!regions.includes(region) && !isEverywhere) return `in ${region}, where nobody looked`;
  return { ...declared, account, region };
}

function ownersOrSelf(declared: Declared): readonly string[] {
  return [typeOf(declared), ...attachmentsOf(declared.type).map(({ to }) => to)];
}

function isCollected(declared: Declared, { collected }: Snapshot): boolean {
  return ownersOrSelf(declared).some((type) => Object.hasOwn(collected, type));
}

function opennessOf(declared: Declared, { cause }: Hole): Openness {
  const { place: at } = declared;
  return {
    types: ownersOrSelf(declared),
    cause: `where ${declared.address} is depends on ${cause}`,
    ...(at === undefined ? {} : { place: at }),
  };
}

// Which of the account's resources it is, nobody can say.
function namelessOf({ type, address, place: at }: Declared): Openness {
  return {
    types: [type],
    cause: `${address}: ${UNDECLARED[type] ?? "its name is not known"}`,
    ...(at === undefined ? {} : { place: at }),
  };
}

function counted(reasons: readonly string[]): readonly string[] {
  return sortedUnique(reasons).map((reason) => {
    const count = reasons.filter((other) => other === reason).length;
    return `${count.toString()} declared ${count === 1 ? "resource" : "resources"} ${reason}: left out`;
  });
}
