import type { Subject } from "../core/judgement.js";
import type { RemedyWords, Remediation } from "../core/verdict.js";

/** The place that a failure is about; `words`: what else is known to stand for words in capitals. */
export type RemedyPlace = {
  readonly region: string;
  readonly subject: Subject;
  readonly words?: RemedyWords;
};

/**
 * A rule's remediation with what is known of the subject in the place of words such as REGION or TRAIL_ARN. Words in
 * capitals that nobody knows a value for stay, and so does all prose.
 */
export function fillRemediation(remediation: Remediation, place: RemedyPlace): Remediation {
  const known = knownWords(place);
  const fill = (form: "cli" | "cloudformation" | "terraform"): Remediation => {
    const text = remediation[form];
    return text === undefined
      ? {}
      : { [form]: text.replaceAll(/(?<!\w)[A-Z][A-Z_]+(?!\w)/gu, filler(known, form)) };
  };
  return { ...remediation, ...fill("cli"), ...fill("cloudformation"), ...fill("terraform") };
}

type Known = ReadonlyMap<string, string>;

const namesOf: Readonly<Record<string, readonly string[]>> = {
  "AWS::CloudWatch::Alarm": ["ALARM"],
  "AWS::CloudWatch::CompositeAlarm": ["ALARM"],
  "AWS::S3::Bucket": ["BUCKET", "BUCKET_NAME"],
  "AWS::Logs::LogGroup": ["LOG_GROUP"],
  "AWS::Events::Rule": ["RULE_NAME"],
  "AWS::Glacier::Vault": ["VAULT"],
  "AWS::MediaPackage::Channel": ["CHANNEL"],
  "AWS::MediaPackage::PackagingGroup": ["PACKAGING_GROUP"],
  "AWS::MediaPackageV2::ChannelGroup": ["GROUP"],
  "AWS::KMS::Key": ["KEY_ID"],
};
const arnsOf: Readonly<Record<string, string>> = {
  "AWS::CloudTrail::Trail": "TRAIL_ARN",
  "AWS::CloudTrail::EventDataStore": "EVENT_DATA_STORE_ARN",
  "AWS::SNS::Topic": "TOPIC_ARN",
  "AWS::KMS::Key": "KEY_ARN",
  "AWS::MediaPackageV2::ChannelGroup": "CHANNEL_GROUP_ARN",
};
const regionsOf: Readonly<Record<string, string>> = {
  "AWS::CloudTrail::Trail": "HOME_REGION",
  "AWS::CloudTrail::EventDataStore": "HOME_REGION",
  "AWS::KMS::Key": "KEY_REGION",
};

function knownWords({ region, subject: { kind, type, id, arn }, words = {} }: RemedyPlace): Known {
  const known = new Map(Object.entries(words));
  const isPlace = /^[a-z]{2}(?:-[a-z]+)+-\d+$/u.test(region);
  if (isPlace) known.set("REGION", region);
  if (kind !== "resource") return known;
  for (const word of own(namesOf, type) ?? []) known.set(word, id);
  const [arnWord, regionWord] = [own(arnsOf, type), own(regionsOf, type)];
  if (arnWord !== undefined && arn !== undefined) known.set(arnWord, arn);
  if (regionWord !== undefined && isPlace) known.set(regionWord, region);
  return known;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

// A name that a shell or a template could misread is only put where it stands alone, and is then quoted.
function filler(known: Known, form: keyof Remediation): (word: string, at: number, text: string) => string {
  return (word, at, text) => {
    const value = known.get(word);
    if (value === undefined) return word;
    if (/^[\w@%+=:,./-]+$/u.test(value)) return value;
    const isAlone = /\s$/u.test(text.slice(0, at)) && /^(?:\s|$)/u.test(text.slice(at + word.length));
    return form === "cli" && isAlone ? `'${value.replaceAll("'", String.raw`'\''`)}'` : word;
  };
}
