import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { CollectionTag, ScalarTag } from "yaml";

/** A resource of a template, with every intrinsic function resolved. */
export type TemplateResource = {
  readonly logicalId: string;
  readonly type: string;
  readonly id: string;
  readonly arn?: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** Where a stack stands, and what its parameters and the exports of other stacks are. */
export type Stack = {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, unknown>>;
};

/** The resources of a CloudFormation template, and what it exports, as a stack of it would have them: physical names are made up. */
export function deployTemplate(
  file: string,
  stack: Stack,
): { readonly resources: readonly TemplateResource[]; readonly exports: Readonly<Record<string, unknown>> } {
  const template = parse(readFileSync(file, "utf8"), {
    customTags: tags,
    version: "1.2",
    schema: "core",
  }) as Template;
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters ?? {}).map(([name, { Default }]) => [
      name,
      stack.parameters[name] ?? Default,
    ]),
  );
  const resolve = resolver({ template, parameters, stack });
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties = {} }]) => ({
    logicalId,
    type: Type,
    id: physicalId(logicalId, stack),
    ...(Type in arnShapes ? { arn: arnOf(logicalId, Type, stack) } : {}),
    properties: resolve(Properties) as TemplateResource["properties"],
  }));
  const exports = Object.values(template.Outputs ?? {}).flatMap(({ Value, Export }) =>
    Export === undefined ? [] : [[String(resolve(Export.Name)), resolve(Value)] as const],
  );
  return { resources, exports: Object.fromEntries(exports) };
}

type Template = {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
};
type Surroundings = {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly stack: Stack;
};

const short = ["Ref", "GetAtt", "Sub", "If", "Equals", "Not"];
const long = (name: string): string => (name === "Ref" ? name : `Fn::${name}`);
const tags = short.flatMap((name): (ScalarTag | CollectionTag)[] => [
  {
    tag: `!${name}`,
    resolve: (text: string) => ({ [long(name)]: name === "GetAtt" ? text.split(".") : text }),
  },
  {
    tag: `!${name}`,
    collection: "seq",
    resolve: (items) => ({ [long(name)]: (items as unknown as { toJSON(): unknown }).toJSON() }),
  },
]);

const absent = Symbol("AWS::NoValue");

function resolver(around: Surroundings): (value: unknown) => unknown {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== absent);
    if (typeof value !== "object" || value === null) return value;
    const [only, ...others] = Object.entries(value);
    if (only !== undefined && others.length === 0 && (only[0] === "Ref" || only[0].startsWith("Fn::")))
      return call(only[0], only[1]);
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [key, resolve(inner)])
        .filter(([, inner]) => inner !== absent),
    );
  };
  const functions: Readonly<Record<string, (argument: unknown) => unknown>> = {
    Ref: (name) => reference(String(name), around),
    "Fn::GetAtt": (parts) => attribute(parts as readonly string[], around),
    "Fn::Sub": (argument) => {
      const [text, names] = Array.isArray(argument)
        ? (argument as [string, Record<string, unknown>])
        : [String(argument), {}];
      return text.replaceAll(/\$\{([^}]+)\}/gu, (_whole, name: string) =>
        String(
          name in names
            ? resolve(names[name])
            : name.includes(".")
              ? attribute(name.split("."), around)
              : reference(name, around),
        ),
      );
    },
    "Fn::If": (argument) => {
      const [condition, yes, no] = argument as [string, unknown, unknown];
      return resolve(resolve(around.template.Conditions?.[condition]) === true ? yes : no);
    },
    "Fn::Equals": (pair) => new Set((resolve(pair) as unknown[]).map(String)).size === 1,
    "Fn::Not": (one) => (resolve(one) as unknown[])[0] === false,
    "Fn::Select": (argument) => {
      const [at, list] = resolve(argument) as [number, unknown[]];
      return list[at];
    },
    "Fn::Split": (argument) => {
      const [by, text] = resolve(argument) as [string, string];
      return text.split(by);
    },
    "Fn::ImportValue": (name) => given(around.stack.imports ?? {}, String(resolve(name))),
  };
  const call = (name: string, argument: unknown): unknown => {
    const known = functions[name];
    if (known === undefined) throw new Error(`${name} is not resolved here`);
    return known(argument);
  };
  return resolve;
}

function reference(name: string, { template, parameters, stack }: Surroundings): unknown {
  const pseudo: Readonly<Record<string, unknown>> = {
    "AWS::AccountId": stack.account,
    "AWS::Region": stack.region,
    "AWS::Partition": "aws",
    "AWS::StackName": stack.name,
    "AWS::NoValue": absent,
  };
  if (name in pseudo) return pseudo[name];
  if (name in parameters) return parameters[name];
  const type = template.Resources[name]?.Type;
  if (type === undefined) throw new Error(`${name} is neither a parameter nor a resource`);
  return /SNS::Topic$|StateMachine$/u.test(type) ? arnOf(name, type, stack) : physicalId(name, stack);
}

function attribute([name = "", key = ""]: readonly string[], { template, stack }: Surroundings): string {
  const type = given(
    Object.fromEntries(Object.entries(template.Resources).map(([id, { Type }]) => [id, Type])),
    name,
  );
  return key === "Arn" ? arnOf(name, type, stack) : physicalId(name, stack);
}

function physicalId(logicalId: string, { name }: Pick<Stack, "name">): string {
  return `${name}-${logicalId}`.toLowerCase();
}

function arnOf(logicalId: string, type: string, stack: Pick<Stack, "name" | "account" | "region">): string {
  return `arn:aws:${given(arnShapes, type)(physicalId(logicalId, stack), stack)}`;
}

type Shape = (id: string, stack: Pick<Stack, "account" | "region">) => string;
const arnShapes: Readonly<Record<string, Shape>> = {
  "AWS::KMS::Key": (_id, { region, account }) =>
    `kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`,
  "AWS::S3::Bucket": (id) => `s3:::${id}`,
  "AWS::Logs::LogGroup": (id, { region, account }) => `logs:${region}:${account}:log-group:${id}`,
  "AWS::IAM::Role": (id, { account }) => `iam::${account}:role/${id}`,
  "AWS::Lambda::Function": (id, { region, account }) => `lambda:${region}:${account}:function:${id}`,
  "AWS::SQS::Queue": (id, { region, account }) => `sqs:${region}:${account}:${id}`,
  "AWS::SNS::Topic": (id, { region, account }) => `sns:${region}:${account}:${id}`,
  "AWS::StepFunctions::StateMachine": (id, { region, account }) =>
    `states:${region}:${account}:stateMachine:${id}`,
};

function given<Value>(record: Readonly<Record<string, Value>>, key: string): Value {
  const value = record[key];
  if (value === undefined) throw new Error(`there is no ${key}`);
  return value;
}
