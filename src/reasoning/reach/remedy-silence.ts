import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import { parseArn } from "../../shared/aws/arn.js";
import { alarmSender, ownRoute } from "./alarm-route.js";
import type { Telling } from "./alarm-route.js";
import type { Told } from "./alarm-tell.js";
import { ALARM_TYPES } from "./alarm-world.js";
import type { AlarmWorld } from "./alarm-world.js";
import { targetRemedy } from "./remedy-target.js";

/** A remedy for the link at which the way from an alarm to a person breaks that gets furthest; undefined where none is known for it. */
export function silenceRemedy(world: AlarmWorld, telling: Telling, told: Told): Remediation | undefined {
  const { alarm: speaker, link, target } = told.witness ?? {};
  if (link === "subscription" && typeof target === "string") return subscriptionRemedy(target);
  const alarm = [telling.alarm, ...world.above(telling.alarm)].find((one) => refOf(one) === speaker);
  if (alarm === undefined || typeof link !== "string") return undefined;
  const make = Object.hasOwn(remedies, link) ? remedies[link] : undefined;
  if (make !== undefined) return make({ world, telling: { ...telling, alarm }, child: telling.alarm });
  return typeof target === "string" ? mendedTarget(world, alarm, target) : undefined;
}

type Silent = { readonly world: AlarmWorld; readonly telling: Telling; readonly child: Resource };

const remedies: Readonly<Record<string, (silent: Silent) => Remediation>> = {
  action: actionRemedy,
  "actions-enabled": enableRemedy,
  mute: muteRemedy,
  suppressor: suppressorRemedy,
  rule: ruleRemedy,
};

const commands: Readonly<Record<string, string>> = {
  [ALARM_TYPES.metric]: "put-metric-alarm",
  [ALARM_TYPES.composite]: "put-composite-alarm",
};

function actionRemedy({ telling: { alarm, through } }: Silent): Remediation {
  const command = commands[alarm.type];
  const action = through === "ALARM" ? "ALARM action" : "action for INSUFFICIENT_DATA";
  const flag = through === "ALARM" ? "--alarm-actions" : "--insufficient-data-actions";
  const other = `Or let a composite alarm, or an EventBridge rule on its changes of state, speak for it.`;
  return {
    text: `Give ${alarm.id} an ${action}: a topic of ${alarm.region} that reaches a person.${command === undefined ? "" : ` ${command} replaces all of an alarm, so give all of its other settings as well.`} ${other}`,
    ...(command === undefined
      ? {}
      : {
          cli: `aws cloudwatch ${command} --alarm-name ${shell(alarm.id)} ${flag} TOPIC_ARN --region ${alarm.region}  # and all other settings\n`,
        }),
  };
}

function enableRemedy({ world, telling }: Silent): Remediation {
  const { alarm } = telling;
  const { type, id, arn, region } = alarm;
  const properties = { ActionsEnabled: true };
  const after = ownRoute(world, {
    ...telling,
    alarm: { ...alarm, properties: { ...alarm.properties, ...properties } },
  });
  const rest = after.claim.is === "yes" ? "" : ` Behind that, this is open: ${after.claim.because}.`;
  return {
    text: `Switch on the actions of ${id}.${rest}`,
    cli: `aws cloudwatch enable-alarm-actions --alarm-names ${shell(id)} --region ${region}\n`,
    ...(after.claim.is === "yes"
      ? { changes: [{ kind: "set", type, id, ...(arn === undefined ? {} : { arn }), region, properties }] }
      : {}),
  };
}

function muteRemedy({ telling: { alarm } }: Silent): Remediation {
  return {
    text: `Give the mute rule that the finding names an end, or take ${alarm.id} out of its targets. Deleting it unmutes everything that it holds.`,
    cli: `aws cloudwatch get-alarm-mute-rule --alarm-mute-rule-name MUTE_RULE --region ${alarm.region}\n`,
  };
}

function suppressorRemedy({ telling: { alarm } }: Silent): Remediation {
  return {
    text: `Let the suppressor of ${alarm.id} leave ALARM while ${alarm.id} is in ALARM: mend what holds it there, or name another one. put-composite-alarm replaces all of an alarm, so give all of its other settings as well.`,
    cli: `aws cloudwatch describe-alarms --alarm-names ${shell(alarm.id)} --alarm-types CompositeAlarm --region ${alarm.region}\n`,
  };
}

function ruleRemedy({ telling: { alarm, through }, child }: Silent): Remediation {
  return {
    text: `Give ${child.id} an action of its own, or write the rule of ${alarm.id} so that ${child.id} alone in ${through} puts it into ALARM. put-composite-alarm replaces all of an alarm, so give all of its other settings as well.`,
  };
}

function subscriptionRemedy(target: string): Remediation {
  const { region = "REGION" } = parseArn(target) ?? {};
  return {
    text: `Subscribe a person to ${target}, with a filter that lets the message through if there must be one, and confirm from the e-mail.`,
    cli: `aws sns subscribe --topic-arn ${target} --protocol email --notification-endpoint YOUR_EMAIL_ADDRESS --region ${region}\n`,
  };
}

function mendedTarget({ account }: AlarmWorld, alarm: Resource, target: string): Remediation | undefined {
  return targetRemedy(account, { arn: target, sender: alarmSender(account, alarm) });
}

function refOf({ arn, id }: Resource): string {
  return arn ?? id;
}

function shell(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
