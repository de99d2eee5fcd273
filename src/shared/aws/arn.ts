/** The parts of an ARN; `resource` is all that follows the account, colons included. */
export type Arn = {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

/** Takes an ARN apart; undefined where the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [arn, partition = "", service = "", region = "", account = "", ...resource] = text.split(":");
  return arn === "arn" && resource.length > 0
    ? { partition, service, region, account, resource: resource.join(":") }
    : undefined;
}
