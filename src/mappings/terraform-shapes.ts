import { Hole } from "../core/declared.js";
import type { Given, GivenObject } from "../core/declared.js";
import { holeIn, isGivenObject, plainText } from "./given.js";
import { blocksOf, mapMembers, readerOf } from "./terraform.js";
import type { Members, Origin, ReadAttribute } from "./terraform.js";

/** A property made of one attribute by a function that is asked only where it is set and known. */
export function shaped(attribute: string, shape: (value: Given) => Given | undefined): Origin {
  return {
    from: [attribute],
    shape: (read) => {
      const value = read(attribute);
      return value === undefined || value instanceof Hole ? value : shape(value);
    },
  };
}

/** Dimensions: a map, as a list of names and values. */
export function dimensions(attribute = "dimensions", key = "Name"): Origin {
  return shaped(attribute, (map) =>
    isGivenObject(map) ? Object.entries(map).map(([name, Value]) => ({ [key]: name, Value })) : undefined,
  );
}

/** A text or number as a number; anything else stays as it is. */
export function asNumber(attribute: string): Origin {
  return shaped(attribute, (value) =>
    typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
      ? Number(value)
      : value,
  );
}

/** A claim that a text makes: `when` is true. */
export function whenText(attribute: string, words: Readonly<Record<string, Given>>): Origin {
  return shaped(attribute, (value) => {
    const word = plainText(value) ?? "";
    return Object.hasOwn(words, word) ? words[word] : undefined;
  });
}

/** The queries of an alarm's metric maths. Without return_data the provider asks for no data. */
export const metricQueries: Origin = {
  from: ["metric_query"],
  shape: (read) => eachBlock(read("metric_query"), metricQuery),
};

const QUERY: Members = {
  Id: "id",
  Expression: "expression",
  Label: "label",
  Period: "period",
  AccountId: "account_id",
  MetricStat: {
    block: "metric",
    members: {
      Metric: {
        from: ["namespace", "metric_name", "dimensions"],
        shape: (read) =>
          mapMembers({ Namespace: "namespace", MetricName: "metric_name", Dimensions: dimensions() }, read),
      },
      Period: "period",
      Stat: "stat",
      Unit: "unit",
    },
  },
};

function metricQuery(read: ReadAttribute): GivenObject {
  return { ...mapMembers(QUERY, read), ReturnData: read("return_data") ?? false };
}

/** Each block of a list by a function; a hole stays one. */
export function eachBlock(
  value: Given | undefined,
  shape: (read: ReadAttribute) => Given,
): Given | undefined {
  const blocks = blocksOf(value);
  if (blocks === undefined || blocks instanceof Hole) return blocks;
  return blocks.map((block) => (block instanceof Hole ? block : shape(readerOf(block))));
}

/** The statement that lets others put events on a bus; `*` with a condition is an organization. */
export const busCondition: Origin = {
  block: "condition",
  members: { Type: "type", Key: "key", Value: "value" },
};

/** The function that a permission is about, with its version or alias. */
export const permittedFunction: Origin = {
  from: ["function_name", "qualifier"],
  shape: (read) => {
    const [name, qualifier] = [read("function_name"), read("qualifier")];
    const hole = holeIn(name) ?? holeIn(qualifier);
    if (hole !== undefined || qualifier === undefined || name === undefined) return hole ?? name;
    return [name, qualifier].map((part) => plainText(part) ?? "").join(":");
  },
};

/** An attribute of the one block of a name, as a property beside it. */
export function memberOf(block: string, attribute: string): Origin {
  return {
    from: [block],
    shape: (read) => {
      const blocks = blocksOf(read(block));
      if (blocks === undefined || blocks instanceof Hole) return blocks;
      const [first] = blocks;
      return first === undefined || first instanceof Hole ? first : readerOf(first)(attribute);
    },
  };
}

/** A list of the one value of an attribute. */
export function listed(attribute: string): Origin {
  return {
    from: [attribute],
    shape: (read) => {
      const value = read(attribute);
      return value === undefined ? undefined : [value];
    },
  };
}
