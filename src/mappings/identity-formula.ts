/** How a type's Ref, ARN and snapshot id follow from its name. */
export type IdentityFormula = {
  /** The property that names it; absent where AWS alone makes the name. */
  readonly name?: string;
  /** What AWS names it that has no name given, where that is not made of stack and logical id. */
  readonly fallback?: string;
  /** AWS makes its name, from nothing that is declared. */
  readonly random?: true;
  /**
   * With {partition}, {region}, {account}, {suffix}, {name}, {uuid}, and any other property in braces; absent: it has none, or one
   * that nothing names. {uuid} is what AWS makes up: the name where that is one, else made from it.
   */
  readonly arn?: string;
  /** What Ref gives, "{name}" unless said; "{arn}" for the ARN. */
  readonly ref?: string;
  /** The snapshot's id, "{name}" unless said. */
  readonly id?: string;
  /** GetAtt attribute → text with the same braces, and {arn}, {ref}; the ARN under Arn unless said. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The name of a resource without one is in lower case. */
  readonly lower?: true;
  /** More words for the braces, made of its properties. */
  readonly words?: (properties: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
};

/** How ARNs begin. */
export const ARN = "arn:{partition}:";

/** Stands for an id that AWS makes up. */
export const UUID = "{uuid}";
