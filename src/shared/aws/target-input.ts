import { pickMembers } from "./names.js";

/** Stands for the object that an EventBridge target is sent in the place of the event. */
export const hiddenObject = "{…}";
/** Stands for any other constant that it is sent. */
const hiddenText = "…";

// Whereto, as whom, and which part of the event; of what is sent in its place only that it is. The parameters of HTTP, ECS or SQL targets decide nothing and may hold secrets.
const OF_TARGET = ["Id", "Arn", "RoleArn", "InputPath", "SqsParameters", "DeadLetterConfig", "RetryPolicy"];

/** What of an EventBridge target may be kept. */
export function targetFacts(target: object): Readonly<Record<string, unknown>> {
  return { ...pickMembers(target, OF_TARGET), ...inputFacts(target) };
}

type Inputs = { readonly Input?: string | undefined; readonly InputTransformer?: object | undefined };

/** What of a target's own input may be kept: that there is one, and whether it is an object. People put tokens of chat and paging services there. */
export function inputFacts({ Input, InputTransformer }: Inputs): Inputs {
  return {
    ...(Input === undefined ? {} : { Input: isObjectText(Input) ? hiddenObject : hiddenText }),
    ...(InputTransformer === undefined ? {} : { InputTransformer: { InputTemplate: hiddenText } }),
  };
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
