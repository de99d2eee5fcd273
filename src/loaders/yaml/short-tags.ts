/** The intrinsic function that a short tag of CloudFormation stands for: `!If` → `Fn::If`, `!Ref` → `Ref`. */
export function longTag(tag: string): string {
  const name = tag.slice(1);
  return name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
}
