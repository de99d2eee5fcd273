import type { JsonValue } from "../../core/json.js";
import type { PropertyShape } from "../../core/property-shape.js";
import { stepInto, isListShape } from "../../shared/property-shape.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { sayPath } from "../diagnostics/describe.js";
import type { Fault, Path } from "../diagnostics/fault.js";

/** Where a value of a case stands: in the file, and below its property. */
type ValuePlace = { readonly path: Path; readonly at: string };

/** Members of a value that AWS does not know there: no account could look like this. */
export function checkValue(
  value: JsonValue | undefined,
  shape: PropertyShape,
  { path, at }: ValuePlace,
): readonly Fault[] {
  if (shape === "open") return [];
  if (isArray(value))
    return isListShape(shape)
      ? value.flatMap((item, index) =>
          checkValue(item, shape[0], { path: [...path, index], at: `${at}[${index.toString()}]` }),
        )
      : [];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, below]): readonly Fault[] => {
    const place = { path: [...path, name], at: `${at}.${name}` };
    const stepped = stepInto(shape, name, at);
    if ("shape" in stepped) return checkValue(below, stepped.shape, place);
    const { message, hint } = stepped.misstep;
    return [
      {
        path: place.path,
        at: "key",
        code: "unknown-property",
        message: `${sayPath(place.path)}: ${message}`,
        hint: isListShape(shape) ? "write a list" : hint,
      },
    ];
  });
}
