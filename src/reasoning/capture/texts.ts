/** A set of texts, usually infinite, such as "every object ARN of this bucket". */
export type TextSet = {
  /** All members begin so. */
  readonly prefix: string;
  has(text: string): boolean;
  /** Readable ways to go on after `text`, best first; each may or may not lead to a member. */
  words(text: string): readonly string[];
  /** The characters that may come next, or undefined where any may. */
  follow(text: string): readonly string[] | undefined;
};

const anything = (): undefined => undefined;

/** Every text. */
export function anyText(words: (text: string) => readonly string[]): TextSet {
  return { prefix: "", has: () => true, words, follow: anything };
}

/** Every text but some. */
export function textsBut(excluded: readonly string[], words: readonly string[]): TextSet {
  return { prefix: "", has: (text) => !excluded.includes(text), words: () => words, follow: anything };
}

/** Every text that begins with a prefix and is longer. */
export function textsAfter(prefix: string, words: readonly string[]): TextSet {
  return {
    prefix,
    has: (text) => text.startsWith(prefix) && text.length > prefix.length,
    words: () => words,
    follow: anything,
  };
}

/** The principals that can make a call; the account's own come first. */
export function principals(partition: string, account: string): TextSet {
  const iam = `arn:${partition}:iam::${account}:`;
  const whole = [
    `${iam}user/someone`,
    `${iam}role/someone`,
    `arn:${partition}:sts::${account}:assumed-role/someone/session`,
  ];
  return anyText((text) => (text === "" ? whole : ["/someone", "someone"]));
}

/** Every object of every bucket of a partition; bucket names follow S3's naming rules. */
export function everyObject(partition: string): TextSet {
  const prefix = `arn:${partition}:s3:::`;
  const parts = (text: string): readonly [string, string | undefined] => {
    const rest = text.slice(prefix.length);
    const slash = rest.indexOf("/");
    return slash < 0 ? [rest, undefined] : [rest.slice(0, slash), rest.slice(slash + 1)];
  };
  return {
    prefix,
    has: (text) => {
      const [bucket, key = ""] = parts(text);
      return text.startsWith(prefix) && key !== "" && bucketName.test(bucket);
    },
    words: (text) => {
      const [bucket, key] = parts(text);
      if (key !== undefined) return ["object"];
      return bucket === ""
        ? ["example-bucket/object"]
        : ["/object", "-example/object", "example/object", "0/object"];
    },
    follow: (text) => {
      const [bucket, key] = parts(text);
      if (key !== undefined) return undefined;
      return bucketName.test(bucket) ? ["/", ...nameCharacters(bucket)] : nameCharacters(bucket);
    },
  };
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucketName = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/u;
const alphanumeric: readonly string[] = Array.from("abcdefghijklmnopqrstuvwxyz0123456789");

function nameCharacters(bucket: string): readonly string[] {
  if (bucket.length >= 63) return [];
  return bucket === "" || bucket.length === 62 ? alphanumeric : [...alphanumeric, "-", "."];
}
