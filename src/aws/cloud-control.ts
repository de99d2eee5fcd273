import type { GetResourceOutput, ListResourcesOutput } from "@aws-sdk/client-cloudcontrol";
import { listCall, readCall } from "../core/collector.js";
import type {
  Found,
  ListCall,
  ListedParent,
  Operation,
  Place,
  Properties,
  ReadCall,
} from "../core/collector.js";
import { parseArn } from "../shared/aws/arn.js";
import { given } from "../shared/aws/names.js";

/** A resource as CloudFormation describes it. */
export type Model = Readonly<Record<string, unknown>>;

/** What a type's Cloud Control list needs beside its name: the service's own action, and where and of whom it is asked. */
export type ControlList = {
  readonly type: string;
  /** Cloud Control asks with the caller's rights: this action is needed beside its own. */
  readonly action: string;
  readonly each?: string;
  /** What the list of a child type must be told of its parent. */
  readonly model?: (parent: ListedParent) => Readonly<Record<string, string>>;
};

/** What a type's Cloud Control reading needs. */
export type ControlRead = {
  readonly type: string;
  readonly action: string;
  readonly properties: readonly string[];
  readonly read: (model: Model) => Properties;
};

const operation = (name: string, action: string, member: string): Operation => ({
  service: "cloudcontrol",
  name,
  actions: [`cloudformation:${name}`, action],
  proof: { members: [member] },
});

/** Lists a type. AWS promises no more than identifiers. https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResources.html */
export function controlList({ type, action, each, model }: ControlList): ListCall {
  return listCall<ListResourcesOutput>({
    operation: operation("ListResources", action, "ResourceDescriptions"),
    at: each === undefined ? "each-region" : { each },
    input: (_place: Place, parent?: ListedParent) => ({
      TypeName: type,
      ...(model === undefined || parent === undefined
        ? {}
        : { ResourceModel: JSON.stringify(model(parent)) }),
    }),
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: [],
    found: ({ ResourceDescriptions }) =>
      given(ResourceDescriptions, "ResourceDescriptions").map(({ Identifier }) =>
        foundBy(given(Identifier, "Identifier")),
      ),
  });
}

// MediaPackage's identifiers are names, or ARNs that end in the name.
function foundBy(identifier: string): Found {
  const arn = parseArn(identifier);
  return arn === undefined
    ? { id: identifier, properties: {} }
    : { id: arn.resource.split("/").pop() ?? identifier, arn: identifier, properties: {} };
}

/** Reads all of one resource; `read` chooses what of it may be kept. */
export function controlRead({ type, action, properties, read }: ControlRead): ReadCall {
  return readCall<GetResourceOutput>({
    operation: operation("GetResource", action, "ResourceDescription.Properties"),
    input: ({ arn, id }) => ({ TypeName: type, Identifier: arn ?? id }),
    properties,
    read: ({ ResourceDescription }) =>
      read(parseModel(given(ResourceDescription?.Properties, "ResourceDescription.Properties"))),
    gone: ["ResourceNotFoundException"],
  });
}

function parseModel(text: string): Model {
  const model: unknown = JSON.parse(text);
  if (typeof model !== "object" || model === null) throw new Error("its properties are no object");
  return { ...model };
}
