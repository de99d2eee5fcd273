// Many accounts from a few recorded ones: other ids and names, some resources missing, some switches the other way. No randomness.
const RENAMED = new Set([
  "AWS::CloudTrail::Trail",
  "AWS::CloudWatch::Alarm",
  "AWS::Events::Rule",
  "AWS::Logs::LogGroup",
  "AWS::Logs::MetricFilter",
  "AWS::SNS::Topic",
]);
const [ACCOUNT, NUMBER] = ["{{account}}", "{{number}}"];

/** A recorded snapshot's text, prepared once: `vary(number)` is a snapshot of its own each time. */
export function variable(text) {
  const { account, resources } = JSON.parse(text);
  const names = [
    ...new Set(
      resources.filter(({ type, id }) => RENAMED.has(type) && !id.startsWith("/aws/")).map(({ id }) => id),
    ),
  ].sort((a, b) => b.length - a.length);
  const named = new RegExp(
    `(?<=["/:])(${names.map((name) => RegExp.escape?.(name) ?? name.replaceAll(/[^\w-]/g, String.raw`\$&`)).join("|")})(?=["/:])`,
    "g",
  );
  const template = (names.length === 0 ? text : text.replaceAll(named, `$1-${NUMBER}`)).replaceAll(
    account.id,
    ACCOUNT,
  );
  return {
    vary: (number) =>
      change(JSON.parse(template.replaceAll(ACCOUNT, accountId(number)).replaceAll(NUMBER, number)), number),
  };
}

/** The id of the account of this number. */
export const accountId = (number) => String(200_000_000_000 + number);

function change(snapshot, number) {
  const resources = snapshot.resources.filter((_, index) => scatter(number, index) % 12 !== 0);
  for (const [index, { properties }] of resources.entries())
    if (scatter(index, number) % 8 === 0) switchOne(properties, number);
  return { ...snapshot, resources };
}

function switchOne(properties, number) {
  const switches = Object.keys(properties).filter((name) => typeof properties[name] === "boolean");
  const name = switches[number % switches.length];
  if (name !== undefined) properties[name] = !properties[name];
}

// Neighbours get numbers far apart (Knuth's multiplicative hash).
function scatter(a, b) {
  return Math.imul(a * 131 + b + 1, 2_654_435_761) >>> 16;
}
