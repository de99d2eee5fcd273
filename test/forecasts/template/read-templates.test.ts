import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Declaration, Declared } from "../../../src/core/declared.js";
import { Hole } from "../../../src/core/declared.js";
import type { Loaded } from "../../../src/core/diagnostic.js";
import { readTemplates } from "../../../src/forecasts/template/read-templates.js";
import type { TemplateOptions } from "../../../src/forecasts/template/read-templates.js";

const samples = join(import.meta.dirname, "../../support/iac/cloudformation");
const target = { account: { id: "111122223333", partition: "aws" }, region: "us-east-1" };
let folder = "";
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "templates-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<string> {
  const own = join(folder, (count++).toString());
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(own, name)), { recursive: true });
    await writeFile(join(own, name), text);
  }
  return own;
}

function read(options: Partial<TemplateOptions> & Pick<TemplateOptions, "files">) {
  return readTemplates({ parameters: [], target, ...options });
}

function valueOf(loaded: Loaded<Declaration>): Declaration {
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("; "));
  return loaded.value;
}

async function declared(text: string, options: Partial<TemplateOptions> = {}): Promise<Declaration> {
  const own = await write({ "watch.yaml": text });
  return valueOf(await read({ files: [join(own, "watch.yaml")], ...options }));
}

function find({ worlds }: Declaration, address: string, world = 0): Declared {
  const found = worlds[world]?.resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`no ${address}`);
  return found;
}

async function codes(files: readonly string[], options: Partial<TemplateOptions> = {}) {
  const loaded = await read({ files, ...options });
  return loaded.ok ? [] : loaded.diagnostics.map(({ code, position }) => [code, position?.line]);
}

const resource = (type: string, properties: string): string =>
  `Resources:\n  X:\n    Type: ${type}\n    Properties: ${properties}\n`;

describe("the sample of a stack", () => {
  const files = [join(samples, "monitoring.yaml")];
  const parameters = [join(samples, "parameters.json")];
  it("is declared whole, with names that formulas know and holes for what they do not", async () => {
    const declaration = valueOf(await read({ files, parameters, stackName: "monitoring" }));
    expect(declaration.worlds.map(({ given, open }) => [given, open])).toEqual([[[], []]]);
    const shown = declaration.worlds[0]!.resources.map(({ address, type, action, after, properties }) => ({
      address,
      type,
      action,
      after,
      properties,
    }));
    expect(shown).toMatchSnapshot();
  });
  it("places resources and their properties", async () => {
    const trail = find(valueOf(await read({ files, parameters })), "Trail");
    expect([trail.place?.line, trail.places?.["IsMultiRegionTrail"]?.line]).toEqual([43, 49]);
    const alarm = find(valueOf(await read({ files, parameters })), "ErrorsAlarm");
    expect([alarm.place?.line, alarm.places?.["AlarmActions"]?.line]).toEqual([65, 75]);
  });
  it("depends on the parameter that is not given", async () => {
    const declaration = valueOf(await read({ files, stackName: "monitoring" }));
    expect(declaration.worlds.map(({ given }) => given)).toEqual([
      ["parameter OncallEmail is empty"],
      ["parameter OncallEmail is not empty"],
    ]);
    expect(find(declaration, "AlarmTopic", 0).properties["Subscription"]).toEqual([]);
    expect(find(declaration, "AlarmTopic", 1).properties["Subscription"]).toEqual([
      { Protocol: "email", Endpoint: new Hole("parameter OncallEmail") },
    ]);
  });
  it("over the stack that is there, tells what is updated, replaced and deleted", async () => {
    const stack = join(samples, "stack-resources.json");
    const after = [join(samples, "after/monitoring.yaml")];
    const declaration = valueOf(await read({ files: after, parameters, stackName: "monitoring", stack }));
    const actions = declaration.worlds[0]!.resources.map(({ address, action }) => [address, action]);
    expect(Object.fromEntries(actions)).toEqual({
      TrailBucket: "update",
      TrailBucketPolicy: "update",
      TrailLogs: "update",
      Trail: "update",
      AlarmTopic: "replace",
      ErrorsAlarm: "update",
      ThrottlesAlarm: "delete",
      Either: "update",
      Archive: "update",
    });
    expect(find(declaration, "AlarmTopic").before?.id).toBe("alarms-prod");
    expect(find(declaration, "ErrorsAlarm").properties["AlarmActions"]).toEqual([
      "arn:aws:sns:us-east-1:111122223333:pager-prod",
      new Hole("parameter SharedTopic"),
    ]);
    expect(find(declaration, "Either").properties["AlarmRule"]).toBe(
      'ALARM("monitoring-ErrorsAlarm-1QX8C3T0ZB4R")',
    );
  });
});

const IS_PROD = `Parameters: { Environment: { Type: String } }
Conditions: { IsProd: !Equals [!Ref Environment, prod] }
`;

describe("worked cases", () => {
  it("W01: links a topic without a name by one that it may get", async () => {
    const declaration = await declared(`Resources:
  Topic: { Type: "AWS::SNS::Topic" }
  Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: { AlarmActions: [!Ref Topic] } }
  Mail: { Type: "AWS::SNS::Subscription", Properties: { TopicArn: !Ref Topic, Protocol: email, Endpoint: a@b.c } }`);
    const arn = "arn:aws:sns:us-east-1:111122223333:watch-Topic-XXXXXXXXXXXX";
    expect(find(declaration, "Alarm").properties["AlarmActions"]).toEqual([arn]);
    expect(find(declaration, "Mail").properties["TopicArn"]).toBe(arn);
    expect(find(declaration, "Topic").after).toEqual({
      id: "watch-Topic-XXXXXXXXXXXX",
      ref: arn,
      arn,
      placeholder: true,
    });
  });
  it("W06, W07: a condition over a parameter makes two worlds", async () => {
    const declaration = await declared(
      `${IS_PROD}${resource("AWS::CloudTrail::Trail", '{ EnableLogFileValidation: !If [IsProd, true, false], KMSKeyId: !If [IsProd, alias/a, !Ref "AWS::NoValue"] }')}`,
    );
    expect(declaration.worlds.map(({ given, resources }) => [given, resources[0]!.properties])).toEqual([
      [["parameter Environment is prod"], { EnableLogFileValidation: true, KMSKeyId: "alias/a" }],
      [["parameter Environment is not prod"], { EnableLogFileValidation: false }],
    ]);
  });
  it("W08: allowed values are worlds, and none where nothing that matters depends on them", async () => {
    const head = "Parameters: { Retention: { Type: Number, AllowedValues: [365, 400] } }\n";
    const log = await declared(head + resource("AWS::Logs::LogGroup", "{ RetentionInDays: !Ref Retention }"));
    expect(log.worlds.map(({ resources }) => resources[0]!.properties["RetentionInDays"])).toEqual([
      365, 400,
    ]);
    const other = await declared(head + resource("AWS::EC2::VPC", "{ CidrBlock: !Ref Retention }"));
    expect(other.worlds).toHaveLength(1);
  });
  it.each([
    ['W09: "365" is a number', "AWS::Logs::LogGroup", '{ RetentionInDays: "365" }', { RetentionInDays: 365 }],
    [
      "W10: yes is true",
      "AWS::CloudTrail::Trail",
      '{ EnableLogFileValidation: yes, IsLogging: "true" }',
      { EnableLogFileValidation: true, IsLogging: true },
    ],
    ["W11: NoValue is not set", "AWS::CloudTrail::Trail", '{ KMSKeyId: !Ref "AWS::NoValue" }', {}],
    [
      "a number is text where a text belongs",
      "AWS::Logs::LogGroup",
      "{ LogGroupName: 010, LogGroupClass: on }",
      { LogGroupName: "8", LogGroupClass: "true" },
    ],
    [
      "W19: logging without a bucket",
      "AWS::S3::Bucket",
      "{ LoggingConfiguration: { LogFilePrefix: l/ } }",
      { LoggingConfiguration: { LogFilePrefix: "l/" } },
    ],
    [
      "W21: an empty object is kept",
      "AWS::MediaPackage::Channel",
      "{ Id: a, IngressAccessLogs: {} }",
      { Id: "a", IngressAccessLogs: {} },
    ],
    [
      "W25: a recorder says what it says",
      "AWS::Config::ConfigurationRecorder",
      "{ RoleARN: a }",
      { RoleARN: "a" },
    ],
  ])("%s", async (_, type, properties, expected) => {
    expect(find(await declared(resource(type, properties)), "X").properties).toEqual(expected);
  });
  it("W12: says at its line that an action is a name", async () => {
    const { notes } = await declared(`Resources:
  Topic: { Type: "AWS::SNS::Topic" }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmActions: [!GetAtt Topic.TopicName]`);
    expect(notes.join()).toMatch(/watch\.yaml:6:7: AlarmActions\[0\] of Alarm is no ARN/u);
  });
  it("W13, W14: imports what a stack of the same account and region exports, and names what none does", async () => {
    const own = await write({
      "a.yaml": `Resources: { Topic: { Type: "AWS::SNS::Topic" } }
Outputs: { T: { Value: !Ref Topic, Export: { Name: !Sub "\${AWS::StackName}-topic" } } }`,
      "b.yaml": resource(
        "AWS::CloudWatch::Alarm",
        "{ AlarmActions: [!ImportValue a-topic, !ImportValue ops-topic-arn, !GetStackOutput { StackName: a, OutputName: T }] }",
      ),
      "notes.json": '{ "Resources": 1 }',
      "readme.yaml": "a: 1",
    });
    const declaration = valueOf(await read({ files: [own] }));
    const topic = "arn:aws:sns:us-east-1:111122223333:a-Topic-XXXXXXXXXXXX";
    expect(find(declaration, "b/X").properties["AlarmActions"]).toEqual([
      topic,
      new Hole("export ops-topic-arn"),
      topic,
    ]);
    expect(declaration.notes).toContain("2 files are no template and passed over.");
  });
  it("W20, W23: keys and deliveries by their ARNs", async () => {
    const declaration = await declared(`Resources:
  Key: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: {} } }
  Logs: { Type: "AWS::Logs::LogGroup", Properties: { KmsKeyId: !GetAtt Key.Arn } }
  Group: { Type: "AWS::MediaPackageV2::ChannelGroup", Properties: { ChannelGroupName: sports } }
  Source: { Type: "AWS::Logs::DeliverySource", Properties: { Name: s, LogType: EGRESS_ACCESS_LOGS, ResourceArn: !GetAtt Group.Arn } }
  Destination: { Type: "AWS::Logs::DeliveryDestination", Properties: { Name: d, DestinationResourceArn: !GetAtt Logs.Arn } }`);
    const key = find(declaration, "Key").after;
    expect(key?.arn).toMatch(/^arn:aws:kms:us-east-1:111122223333:key\/00000000-/u);
    expect(find(declaration, "Logs").properties["KmsKeyId"]).toBe(key?.arn);
    expect(find(declaration, "Source").properties["ResourceArn"]).toBe(
      "arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/sports",
    );
    expect(find(declaration, "Destination").properties["DestinationResourceArn"]).toBe(
      "arn:aws:logs:us-east-1:111122223333:log-group:watch-Logs-XXXXXXXXXXXX:*",
    );
  });
  it("keeps the link to a resource whose name is open", async () => {
    const declaration = await declared(`Parameters: { Prefix: { Type: String } }
Resources:
  Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: !Sub "\${Prefix}-logs" } }
  Trail: { Type: "AWS::CloudTrail::Trail", Properties: { S3BucketName: !Ref Bucket } }`);
    expect(find(declaration, "Trail").properties["S3BucketName"]).toBe("watch-bucket-xxxxxxxxxxxx");
    expect(find(declaration, "Bucket").properties["BucketName"]).toEqual(new Hole("parameter Prefix"));
    expect(declaration.notes.join()).toContain("The name of Bucket depends on parameter Prefix");
  });
});

describe("a template over the template that is there", () => {
  const stack = (body: string) =>
    JSON.stringify({
      StackResourceSummaries: [
        {
          LogicalResourceId: "Sub",
          PhysicalResourceId: "arn:aws:sns:us-east-1:111122223333:t:11111111-2222-3333-4444-555555555555",
          ResourceType: "AWS::SNS::Subscription",
        },
        { LogicalResourceId: "Gone", PhysicalResourceId: "kept-bucket", ResourceType: "AWS::S3::Bucket" },
        {
          LogicalResourceId: "Logs",
          PhysicalResourceId: "watch-Logs-abcDEF123456",
          ResourceType: "AWS::Logs::LogGroup",
        },
        { LogicalResourceId: "Never", ResourceType: "AWS::SNS::Topic", ResourceStatus: "CREATE_FAILED" },
      ],
      TemplateBody: body,
      Parameters: [{ ParameterKey: "Mail", ParameterValue: "a@b.c" }],
    });
  const now = (endpoint: string, days: number) => `Parameters: { Mail: { Type: String } }
Resources:
  Sub: { Type: "AWS::SNS::Subscription", UpdateReplacePolicy: Retain, Properties: { TopicArn: "arn:aws:sns:us-east-1:111122223333:t", Protocol: email, Endpoint: ${endpoint} } }
  Logs: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: ${days.toString()} } }
`;
  const before = `${now("!Ref Mail", 365)}  Gone: { Type: "AWS::S3::Bucket", DeletionPolicy: Retain }`;
  it("replaces where a property that cannot change does, and forgets what is retained", async () => {
    const own = await write({ "watch.yaml": now("other@b.c", 30), "stack.js": stack(before) });
    const declaration = valueOf(
      await read({ files: [join(own, "watch.yaml")], stack: join(own, "stack.js") }),
    );
    expect(find(declaration, "Sub")).toMatchObject({
      action: "replace",
      keepsOld: true,
      before: {
        id: "arn:aws:sns:us-east-1:111122223333:t:11111111-2222-3333-4444-555555555555",
        properties: { Endpoint: "a@b.c" },
      },
    });
    expect(find(declaration, "Sub").after?.id).not.toBe(find(declaration, "Sub").before?.id);
    expect(find(declaration, "Logs")).toMatchObject({
      action: "update",
      before: { id: "watch-Logs-abcDEF123456", properties: { RetentionInDays: 365 } },
      after: { id: "watch-Logs-abcDEF123456" },
      properties: { RetentionInDays: 30 },
      complete: true,
    });
    expect(find(declaration, "Gone")).toMatchObject({ action: "forget", before: { id: "kept-bucket" } });
  });
  it("keeps the parameters that the stack has", async () => {
    const own = await write({ "watch.yaml": now("!Ref Mail", 365), "stack.js": stack(before) });
    const declaration = valueOf(
      await read({ files: [join(own, "watch.yaml")], stack: join(own, "stack.js") }),
    );
    expect(find(declaration, "Sub")).toMatchObject({ action: "update", properties: { Endpoint: "a@b.c" } });
  });
});

describe("nested stacks", () => {
  const inner = `Parameters: { TopicArn: { Type: String } }
Resources:
  Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: { AlarmActions: [!Ref TopicArn] } }
Outputs: { Name: { Value: !Ref Alarm } }`;
  const outer = `Resources:
  Topic: { Type: "AWS::SNS::Topic", Properties: { TopicName: pager } }
  Nested: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: inner/alarms.yaml, Parameters: { TopicArn: !Ref Topic } } }
  Both: { Type: "AWS::CloudWatch::CompositeAlarm", Properties: { AlarmRule: !Sub "ALARM(\${Nested.Outputs.Name})" } }`;
  it("are read with their parent, which feeds and reads them", async () => {
    const own = await write({ "outer.yaml": outer, "inner/alarms.yaml": inner });
    const declaration = valueOf(await read({ files: [own], stackName: "main" }));
    expect(find(declaration, "Nested/Alarm").properties["AlarmActions"]).toEqual([
      "arn:aws:sns:us-east-1:111122223333:pager",
    ]);
    expect(find(declaration, "Nested/Alarm").place?.file).toBe(join(own, "inner/alarms.yaml"));
    expect(find(declaration, "Both").properties["AlarmRule"]).toBe(
      "ALARM(main-Nested-XXXXXXXXXXXX-Alarm-XXXXXXXXXXXX)",
    );
    expect(declaration.files).toHaveLength(2);
  });
  it("are open where their template is not at hand", async () => {
    const declaration = await declared(outer);
    expect(declaration.worlds[0]!.open).toMatchObject([
      { types: "*", cause: "nested stack Nested, whose template is not at hand" },
    ]);
    expect(find(declaration, "Both").properties["AlarmRule"]).toEqual(new Hole("output Name of Nested"));
  });
});

describe("what a template leaves open", () => {
  it.each([
    [
      "a transform of the serverless kind",
      `Transform: AWS::Serverless-2016-10-31\n${resource("AWS::Serverless::Function", "{ FunctionName: f, Role: !GetAtt XRole.Arn }")}`,
      "*",
      "the transform AWS::Serverless-2016-10-31",
    ],
    [
      "a loop over a parameter",
      `Transform: AWS::LanguageExtensions\nParameters: { Names: { Type: CommaDelimitedList } }\nResources:\n  Fn::ForEach::Topics: [N, !Ref Names, { "T\${N}": { Type: "AWS::SNS::Topic" } }]\n`,
      ["AWS::SNS::Topic"],
      "Fn::ForEach::Topics over parameter Names",
    ],
    ["a stack set", resource("AWS::CloudFormation::StackSet", "{}"), "*", "AWS::CloudFormation::StackSet X"],
    ["a module", resource("My::Own::Thing::MODULE", "{}"), "*", "module X (My::Own::Thing::MODULE)"],
    [
      "an include among properties",
      resource(
        "AWS::SNS::Topic",
        '{ TopicName: t, "Fn::Transform": { Name: AWS::Include, Parameters: { Location: s3://a/b } } }',
      ),
      ["AWS::SNS::Topic"],
      "the transform AWS::Include",
    ],
  ])("%s", async (_, text, types, cause) => {
    const { worlds } = await declared(text);
    expect(worlds[0]!.open).toMatchObject([{ types, cause }]);
  });
  it("and a function of the serverless kind is a function", async () => {
    const text = `Transform: AWS::Serverless-2016-10-31\n${resource("AWS::Serverless::Function", "{ FunctionName: f, CodeUri: src/ }")}`;
    expect(find(await declared(text), "X")).toMatchObject({
      type: "AWS::Lambda::Function",
      properties: { FunctionName: "f" },
    });
  });
  it("and retention that the CDK's function sets is the log group's", async () => {
    const text = resource("Custom::LogRetention", '{ LogGroupName: /aws/lambda/f, RetentionInDays: "30" }');
    expect(find(await declared(text), "X")).toMatchObject({
      type: "AWS::Logs::LogGroup",
      complete: false,
      after: { id: "/aws/lambda/f" },
      properties: { LogGroupName: "/aws/lambda/f", RetentionInDays: 30 },
    });
  });
});

describe("files that are none", () => {
  it.each([
    ["no YAML", "a: b: c\n  - d", "yaml-syntax", 1],
    ["cut off", '{ "Resources": { "X": { "Type": ', "yaml-syntax", 1],
    ["no template", "a: 1", "not-cloudformation", undefined],
    [
      "no resources",
      'AWSTemplateFormatVersion: "2010-09-09"\nResources: {}',
      "not-cloudformation",
      undefined,
    ],
    ["an alias", "Resources: { X: &x { Type: AWS::SNS::Topic }, Y: *x }", "bad-alias", 1],
    [
      "a circle",
      "Resources:\n  A: { Type: AWS::SNS::Topic, DependsOn: B }\n  B: { Type: AWS::SNS::Topic, DependsOn: A }",
      "cyclic-reference",
      2,
    ],
    ["an unknown name", resource("AWS::SNS::Topic", "{ TopicName: !Ref Nobody }"), "unknown-name", 4],
    [
      "an unknown name in a branch not taken",
      `${IS_PROD}${resource("AWS::SNS::Topic", "{ TopicName: !If [IsProd, a, !Ref Nobody] }")}`,
      "unknown-name",
      6,
    ],
    [
      "an unknown condition",
      "Resources: { X: { Type: AWS::SNS::Topic, Condition: Never } }",
      "unknown-name",
      1,
    ],
    ["nothing", "", "empty-file", undefined],
    ["no text", "Resources\0", "not-cloudformation", undefined],
  ])("%s", async (_, text, code, line) => {
    const own = await write({ "t.yaml": text });
    expect(await codes([join(own, "t.yaml")])).toEqual([[code, line]]);
  });
  it("are passed over in folders, unless they say that they are templates", async () => {
    const own = await write({ "a.json": "{ Resources", "b.yaml": resource("AWS::SNS::Topic", "{}") });
    expect(await codes([own])).toEqual([]);
    expect(await codes([await write({ "a.yaml": "AWSTemplateFormatVersion: x: y\nResources" })])).toEqual([
      ["yaml-syntax", 1],
    ]);
  });
  it("and values that are not allowed", async () => {
    const own = await write({
      "t.yaml": `Parameters: { P: { Type: String, AllowedValues: [a] } }\n${resource("AWS::SNS::Topic", "{}")}`,
    });
    expect(await codes([join(own, "t.yaml")], { parameters: ["P=b"] })).toEqual([["bad-value", 1]]);
  });
  it("and a stack that is none, or one for several templates", async () => {
    const own = await write({
      "a.yaml": resource("AWS::SNS::Topic", "{}"),
      "b.yaml": resource("AWS::SNS::Topic", "{}"),
      "s.js": "{}",
      "t.js": '{ "StackResourceSummaries": [] }',
    });
    expect(await codes([join(own, "a.yaml")], { stack: join(own, "s.js") })).toEqual([
      ["not-a-stack", undefined],
    ]);
    expect(await codes([own], { stack: join(own, "t.js") })).toEqual([["not-a-stack", undefined]]);
  });
  it("no secret of a parameter is in what is read", async () => {
    const declaration = await declared(
      `Parameters: { P: { Type: String, NoEcho: yes, Default: hunter2 } }\n${resource("AWS::SNS::Subscription", '{ Endpoint: !Sub "https://u:\${P}@h", Protocol: https, TopicArn: "{{resolve:secretsmanager:hunter3}}" }')}`,
      { parameters: ["P=hunter4"] },
    );
    expect(JSON.stringify(declaration)).not.toMatch(/hunter/u);
    expect(find(declaration, "X").properties["Endpoint"]).toEqual(new Hole("parameter P", "sensitive"));
  });
});
