import type { Declared, DeclaredPlace, Given } from "../../core/declared.js";
import { Hole } from "../../core/declared.js";
import { isGivenObject, isList } from "../../languages/template/values.js";
import type { Naming } from "./stack.js";

/** What a person should know of one resource: what was taken for granted, and what AWS accepts and will not do. */
export function notesOnResource(declared: Declared, naming: Naming | undefined): readonly string[] {
  const { address, type, place } = declared;
  const notes: string[] = [];
  if (naming?.open instanceof Hole)
    notes.push(
      `The name of ${address} depends on ${naming.open.cause}: it is taken to be new, and none that the account has.`,
    );
  if (type === "Custom::AWS")
    notes.push(`${address} (Custom::AWS) may call any API of AWS: what it changes is not looked at.`);
  for (const { path, property } of namesForArns(declared))
    notes.push(
      `${where(declared.places?.[property] ?? place)}${path} of ${address} is no ARN, and AWS will not find it: use !Ref or !GetAtt of its ARN.`,
    );
  return notes;
}

const ACTIONS = ["AlarmActions", "OKActions", "InsufficientDataActions"];
const ALARMS = ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm", "AWS::CloudWatch::LogAlarm"];

function namesForArns({
  type,
  properties,
}: Declared): readonly { readonly path: string; readonly property: string }[] {
  if (ALARMS.includes(type))
    return ACTIONS.flatMap((property) =>
      listOf(properties[property]).flatMap((action, at) =>
        isNoArn(action) ? [{ path: `${property}[${at}]`, property }] : [],
      ),
    );
  if (type !== "AWS::Events::Rule") return [];
  return listOf(properties["Targets"]).flatMap((target, at) =>
    isGivenObject(target) && isNoArn(target["Arn"])
      ? [{ path: `Targets[${at}].Arn`, property: "Targets" }]
      : [],
  );
}

function listOf(value: Given | undefined): readonly Given[] {
  return value !== undefined && isList(value) ? value : [];
}

function isNoArn(value: Given | undefined): boolean {
  return typeof value === "string" && !value.startsWith("arn:");
}

function where(place: DeclaredPlace | undefined): string {
  if (place === undefined) return "";
  const column = place.column === undefined ? "" : `:${place.column}`;
  return `${place.file}:${place.line}${column}: `;
}
