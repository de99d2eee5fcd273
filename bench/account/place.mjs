// Where the resources of the generated account stand, and how one is written down.

export const ACCOUNT = "111122223333";
export const HOME = "us-east-1";
export const REGIONS = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

export const count = (length, make) => Array.from({ length }, (_, index) => make(index));
export const regionOf = (index) => REGIONS[index % REGIONS.length];
export const arn = (service, region, rest) => `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;
export const policy = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A resource as a collector shows it; `seenIn` is left out for what no regional list shows. */
export function resource(type, { id, arn: name, region, properties = {}, observed = {}, seenIn }) {
  const seen = seenIn === undefined ? {} : { SeenIn: seenIn };
  return {
    type,
    id,
    ...(name === undefined ? {} : { arn: name }),
    account: ACCOUNT,
    region,
    properties,
    observed: { ...observed, ...seen },
  };
}
