import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { KnownTypes, OptionProblem } from "../../core/evaluator.js";
import type { Need } from "../../core/need.js";
import { accessLogNeeds, judgeAccessLog } from "../../reasoning/access-log/access-log.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { reviewedType, reviewPath, reviewType } from "../../reasoning/condition/review-condition.js";

const texts = {
  type: "array",
  minItems: 1,
  uniqueItems: true,
  items: { type: "string", minLength: 1 },
} as const;

const plainOptions = {
  type: "object",
  additionalProperties: false,
  required: ["for"],
  properties: {
    for: {
      type: "string",
      minLength: 1,
      description: "The resource type that is logged, such as AWS::MediaPackage::Channel.",
    },
    noun: {
      type: "string",
      minLength: 1,
      description: "What a resource of the type is called in a sentence, such as channel.",
    },
    log: {
      type: "string",
      minLength: 1,
      default: "access log",
      description: "What the log is called in a sentence, such as egress access log.",
    },
    switch: {
      type: "object",
      additionalProperties: false,
      required: ["path"],
      description: "A property of the resource switches its log on and names where it goes.",
      properties: {
        path: {
          type: "string",
          pattern: "^[A-Z]\\w*(\\.\\w+)*$",
          description: "Where the name or ARN stands, such as EgressAccessLogs.LogGroupName.",
        },
        destination: {
          enum: ["log-group", "bucket"],
          default: "log-group",
          description: "What a plain name there names.",
        },
        "default-names": {
          ...texts,
          description: "The names that the service uses where the log is on and no name is given.",
        },
      },
    },
    "log-types": {
      ...texts,
      description:
        "CloudWatch Logs delivers the log: these types must be delivered, such as EGRESS_ACCESS_LOGS.",
    },
    sampling: {
      enum: ["refuse", "allow"],
      default: "refuse",
      description: "Whether a delivery source that keeps only a sample of the records is enough.",
    },
    "name-prefix": {
      type: "string",
      minLength: 1,
      description: "What the name of the log group must begin with, since the service can write to no other.",
    },
    "retention-days": {
      type: "integer",
      minimum: 1,
      description: "Days that the log group must keep its events at least. Default: any.",
    },
  },
} as const;

const options = { ...plainOptions, oneOf: [{ required: ["switch"] }, { required: ["log-types"] }] } as const;

/** Options of the evaluator `access-logging`. */
export type AccessLoggingOptions = FromSchema<typeof plainOptions, { keepDefaultedPropertiesOptional: true }>;

/** Whether each resource of a type writes its log to a place that exists and can take it; which resources, switch and place are data. */
export const accessLogging = defineEvaluator<AccessLoggingOptions>({
  id: "access-logging",
  summary:
    "Resources write an access log: it is on, and goes to a place that exists, with the name and retention demanded",
  options,
  review,
  needs: (given): readonly Need[] => accessLogNeeds(demandOf(given)),
  evaluate: (account: Account, given) => {
    const demand = demandOf(given);
    return judgeEach(account, {
      type: demand.type,
      noun: demand.noun,
      absence: "not-applicable",
      judge: (resource) => judgeAccessLog(account, resource, demand),
    });
  },
});

async function review(given: AccessLoggingOptions, types: KnownTypes): Promise<readonly OptionProblem[]> {
  const type = await reviewedType(given.for, types);
  if (type.properties === undefined) return reviewType(given.for, ["for"], types);
  return given.switch === undefined ? [] : reviewPath(given.switch.path, ["switch", "path"], type).problems;
}

function demandOf(given: AccessLoggingOptions): Parameters<typeof accessLogNeeds>[0] {
  const {
    switch: switched,
    "log-types": logTypes = [],
    "name-prefix": prefix,
    sampling,
    "retention-days": retentionDays,
  } = given;
  return {
    type: given.for,
    noun: given.noun ?? given.for,
    log: given.log ?? "access log",
    ...(switched === undefined
      ? {}
      : {
          switched: {
            path: switched.path,
            destination: switched.destination ?? "log-group",
            defaultNames: switched["default-names"] ?? [],
          },
        }),
    logTypes,
    destination: {
      ...(prefix === undefined ? {} : { prefix }),
      ...(sampling === "allow" ? { sampling } : {}),
      ...(retentionDays === undefined ? {} : { retentionDays }),
    },
  };
}
