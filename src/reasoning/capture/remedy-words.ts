import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import type { EventCategory } from "../../languages/event-selector/event-selector.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { listed } from "../../shared/text/words.js";
import type { SinkChange } from "./remedy-gap.js";

/** A change of a sink as a person makes it: in words, by the AWS CLI, in CloudFormation and in Terraform. */
export function remedyWords(
  change: SinkChange,
  category: EventCategory,
  proof = "Tried on the state that was read: with this change alone, everything demanded is captured.",
): Remediation {
  return {
    text: textOf(change, category, proof),
    cli: cliOf(change),
    cloudformation: cloudformationOf(change),
    terraform: terraformOf(change),
  };
}

const STORE = "AWS::CloudTrail::EventDataStore";

function textOf(
  { resource, start, multiRegion, selectors }: SinkChange,
  category: EventCategory,
  proof: string,
): string {
  const isStore = resource.type === STORE;
  const steps = [
    ...(multiRegion ? ["make it multi-region"] : []),
    ...(selectors === undefined ? [] : [selectors.says]),
    ...(start ? [isStore ? "start its ingestion" : "start it"] : []),
  ];
  const kept =
    selectors === undefined
      ? ""
      : " All its other selectors stay as they are: the command names them again, since it replaces the whole list.";
  const cost =
    category === "Management"
      ? ""
      : ` ${category === "Data" ? "Data" : "Network activity"} events are charged for.`;
  return `On ${isStore ? "event data store" : "trail"} ${resource.id}: ${listed(steps)}.${kept} ${proof}${cost}`;
}

function cliOf(change: SinkChange): string {
  return (change.resource.type === STORE ? storeCommands(change) : trailCommands(change))
    .map((command) => `aws cloudtrail ${command} --region ${change.resource.region}\n`)
    .join("");
}

function trailCommands({ resource, start, multiRegion, selectors }: SinkChange): readonly string[] {
  const arn = quoted(resource.arn ?? resource.id);
  return [
    // AWS refuses a multi-region trail without global service events.
    ...(multiRegion
      ? [`update-trail --name ${arn} --is-multi-region-trail --include-global-service-events`]
      : []),
    ...(selectors === undefined
      ? []
      : [
          `put-event-selectors --trail-name ${arn} ${selectors.list === "EventSelectors" ? "--event-selectors" : "--advanced-event-selectors"} ${quoted(JSON.stringify(selectors.selectors))}`,
        ]),
    ...(start ? [`start-logging --name ${arn}`] : []),
  ];
}

function storeCommands({ resource, start, multiRegion, selectors }: SinkChange): readonly string[] {
  const store = `--event-data-store ${quoted(resource.arn ?? resource.id)}`;
  const update = [
    ...(multiRegion ? ["--multi-region-enabled"] : []),
    ...(selectors === undefined
      ? []
      : [`--advanced-event-selectors ${quoted(JSON.stringify(selectors.selectors))}`]),
  ];
  return [
    ...(update.length === 0 ? [] : [`update-event-data-store ${store} ${update.join(" ")}`]),
    ...(start ? [`start-event-data-store-ingestion ${store}`] : []),
  ];
}

function quoted(text: string): string {
  return /^[\w:/.@-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function cloudformationOf({ resource, start, multiRegion, selectors }: SinkChange): string {
  const isStore = resource.type === STORE;
  const settings: JsonObject = {
    ...(start ? { [isStore ? "IngestionEnabled" : "IsLogging"]: true } : {}),
    ...(multiRegion
      ? isStore
        ? { MultiRegionEnabled: true }
        : { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true }
      : {}),
    ...(selectors === undefined ? {} : { [selectors.list]: selectors.selectors }),
  };
  // JSON is YAML, so that each value fits on its line.
  const lines = Object.entries(settings).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}\n`);
  return `# ${resource.arn ?? resource.id}\n${isStore ? "EventDataStore" : "Trail"}:\n  Type: ${resource.type}\n  Properties:\n${lines.join("")}`;
}

function terraformOf({ resource, start, multiRegion, selectors }: SinkChange): string {
  const isStore = resource.type === STORE;
  const settings = [
    // The ingestion of a store is started by the command.
    ...(start && !isStore ? ["  enable_logging = true\n"] : []),
    ...(multiRegion
      ? isStore
        ? ["  multi_region_enabled = true\n"]
        : ["  is_multi_region_trail = true\n", "  include_global_service_events = true\n"]
      : []),
    ...(selectors === undefined
      ? []
      : selectors.selectors.map(selectors.list === "EventSelectors" ? basicBlock : advancedBlock)),
  ];
  return `# ${resource.arn ?? resource.id}\nresource "${isStore ? "aws_cloudtrail_event_data_store" : "aws_cloudtrail"}" ${hcl(label(resource))} {\n${settings.join("")}}\n`;
}

function label({ id }: Resource): string {
  return id.replace(/^(?=[0-9-])/u, "_").replaceAll(/[^\w-]/gu, "_");
}

function basicBlock(selector: JsonObject): string {
  const {
    ReadWriteType: access,
    IncludeManagementEvents: management,
    ExcludeManagementEventSources: excluded,
    DataResources: resources,
  } = selector;
  const blocks = itemsOf(resources)
    .filter(isObject)
    .map(
      ({ Type: type = "", Values: values = [] }) =>
        `    data_resource {\n      type   = ${hcl(type)}\n      values = ${hcl(values)}\n    }\n`,
    );
  const settings = [
    ...set("read_write_type", access),
    ...set("include_management_events", management),
    ...(itemsOf(excluded).length === 0 ? [] : set("exclude_management_event_sources", excluded)),
  ];
  return `  event_selector {\n${settings.join("")}${blocks.join("")}  }\n`;
}

function set(name: string, value: JsonValue | undefined): readonly string[] {
  return value === undefined || value === null ? [] : [`    ${name} = ${hcl(value)}\n`];
}

const operators: Readonly<Record<string, string>> = {
  Field: "field",
  Equals: "equals",
  StartsWith: "starts_with",
  EndsWith: "ends_with",
  NotEquals: "not_equals",
  NotStartsWith: "not_starts_with",
  NotEndsWith: "not_ends_with",
};

function advancedBlock({ Name: name, FieldSelectors: fields }: JsonObject): string {
  const blocks = itemsOf(fields)
    .filter(isObject)
    .map(
      (field) =>
        `    field_selector {\n${Object.entries(field)
          .filter(([, value]) => value !== null)
          .map(([key, value]) => `      ${operators[key] ?? key} = ${hcl(value)}\n`)
          .join("")}    }\n`,
    );
  return `  advanced_event_selector {\n${set("name", name).join("")}${blocks.join("")}  }\n`;
}

function itemsOf(value: JsonValue | undefined): JsonArray {
  return isArray(value) ? value : [];
}

// In HCL, ${ and %{ begin a template.
function hcl(value: JsonValue): string {
  return JSON.stringify(value).replaceAll("${", "$$${").replaceAll("%{", "%%{");
}
