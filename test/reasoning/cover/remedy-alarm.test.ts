import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { alarmCovers } from "../../../src/evaluators/alarm/covers.js";
import { alarmWorld } from "../../../src/reasoning/reach/alarm-world.js";
import { indexAlarms } from "../../../src/reasoning/cover/alarm-index.js";
import { judgeWatch } from "../../../src/reasoning/cover/person.js";
import type { Watch } from "../../../src/reasoning/cover/watch.js";
import { mended, missingFor, remedyFor } from "../../../src/reasoning/cover/remedy-alarm.js";
import {
  alarm,
  archive,
  channel,
  home,
  people,
  refused,
  REGION,
  state,
  thing,
  TOPIC,
  v2Channel,
} from "../../evaluators/alarm/state.js";
import { onErrors } from "../firing/alarms.js";

type Options = Parameters<typeof alarmCovers.evaluate>[1];
const mediapackage: Options = { "key-metrics": "mediapackage" };

const verdictOn = (
  resources: readonly Resource[],
  options: Options,
): Verdict & { readonly remediation?: Readonly<Record<string, string>> } =>
  alarmCovers.evaluate(state({ resources }), options)[0]!.verdict as never;

describe("the missing alarm", () => {
  it("is made for exactly the metrics that nobody hears of, with the account's own ARNs", () => {
    const { status, remediation } = verdictOn(
      [channel("live1"), ...people(), alarm("A01", { ...onErrors, AlarmActions: [TOPIC] })],
      mediapackage,
    );
    expect(status).toBe("fail");
    for (const form of ["cli", "cloudformation", "terraform"]) {
      expect(remediation![form]).toContain(TOPIC);
      expect(remediation![form]).toContain("live1-egress-4xx");
      expect(remediation![form]).toContain("live1-ingress-bytes");
      expect(remediation![form]).not.toContain("live1-egress-5xx");
    }
    expect(remediation!["text"]).toContain("reaches somebody already");
  });

  it("comes with a topic where none reaches anybody, to be confirmed", () => {
    const { remediation } = verdictOn([channel("live1")], mediapackage);
    expect(remediation!["text"]).toContain("confirm the subscription");
    expect(remediation!["cli"]).toContain(
      `aws sns subscribe --topic-arn arn:aws:sns:${REGION}:${home}:alarms`,
    );
  });

  it("takes no topic of another region, nor one that nobody confirmed", () => {
    const elsewhere = people({}, { arn: `arn:aws:sns:eu-west-1:${home}:far` });
    const { remediation } = verdictOn(
      [channel("live1"), ...elsewhere, ...people({ Subscriptions: [] })],
      mediapackage,
    );
    expect(remediation!["cli"]).not.toMatch(/:far|:ops/u);
  });

  it("does not replace an alarm of the same name", () => {
    const { remediation } = verdictOn(
      [channel("live1"), ...people(), alarm("live1-egress-5xx", { ...onErrors, Threshold: 1e6 })],
      mediapackage,
    );
    expect(remediation!["cli"]).toContain("live1-egress-5xx-2");
  });

  it("switches on request metrics where there are none", () => {
    const { remediation } = verdictOn([archive("b", { MetricsConfigurations: null }), ...people()], {
      "key-metrics": "glacier",
    });
    expect(remediation!["cli"]).toContain("put-bucket-metrics-configuration --bucket b --id EntireBucket");
    expect(remediation!["terraform"]).toContain("aws_s3_bucket_metric");
    expect(remediation!["cli"]).toContain("Name=FilterId,Value=EntireBucket");
  });

  it("names the generation's own dimensions", () => {
    expect(verdictOn([v2Channel("g", "c"), ...people()], mediapackage).remediation!["cli"]).toContain(
      "Name=ChannelGroup,Value=g Name=Channel,Value=c Name=StatusCode,Value=5xx",
    );
    expect(
      verdictOn([thing("AWS::MediaPackage::PackagingConfiguration", "hls", {}), ...people()], mediapackage)
        .remediation!["cli"],
    ).toContain("Name=PackagingConfiguration,Value=hls");
  });

  it("is not offered where it proves nothing: mute rules that cannot be listed may silence it", () => {
    const account = state({
      resources: [channel("live1"), ...people()],
      gaps: [refused("AWS::CloudWatch::AlarmMuteRule")],
    });
    const [{ verdict }] = alarmCovers.evaluate(account, mediapackage) as never as [
      { verdict: { status: string; remediation?: unknown } },
    ];
    expect([verdict.status, verdict.remediation]).toEqual(["fail", undefined]);
  });

  it("is not offered where settings are demanded that it does not have, or nobody said what is too much", () => {
    const metric = { namespace: "App", metric: "Lag" };
    const offered = (options: Options): boolean =>
      verdictOn([...people()], options).remediation !== undefined;
    expect([
      offered({ metrics: [metric] }),
      offered({ metrics: [metric], settings: { Period: 7 } }),
      offered({ metrics: [{ ...metric, values: "latency" }] }),
    ]).toEqual([true, false, false]);
  });

  it("says nothing of a series that has no name: a placeholder without a value is unknown", () => {
    expect(
      verdictOn([...people()], {
        metrics: [{ namespace: "App", metric: "Lag", dimensions: { Name: "{id}" } }],
      }),
    ).toMatchObject({ status: "unknown", reason: "undecidable" });
  });

  it("quotes what a shell or a template would take apart", () => {
    const odd = {
      metrics: [{ namespace: "App", metric: "It's $HOME", dimensions: { Name: '${ x } %{ y } "z"' } }],
    };
    const { remediation } = verdictOn([...people()], odd);
    expect(remediation!["cli"]).toContain(String.raw`--metric-name 'It'\''s $HOME'`);
    expect(remediation!["terraform"]).toContain(String.raw`"$$` + String.raw`{ x } %%{ y } \"z\""`);
    expect(remediation!["cloudformation"]).toContain(JSON.stringify('${ x } %{ y } "z"'));
    expect(remediation!["cli"]).toContain(String.raw`--dimensions '[{"Name":"Name","Value":"` + "${ x } ");
  });
});

describe("what is offered", () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _.$'"-]{0,12}$/u);
  const watch: fc.Arbitrary<Watch> = fc
    .record({
      namespace: name,
      metric: name,
      dimensions: fc.dictionary(name, name, { maxKeys: 3 }),
      side: fc.constantFrom("high" as const, "low" as const),
      values: fc.constantFrom(
        "count" as const,
        "rate01" as const,
        "latency" as const,
        "bytes" as const,
        "gauge" as const,
      ),
      sparse: fc.boolean(),
      limit: fc.constantFrom(undefined, 0, 0.05, 10, 2000),
      maxDelay: fc.constantFrom(60, 300, 900, 86_400),
    })
    .map(({ limit, ...demand }) => ({
      name: "trouble",
      region: REGION,
      demand: { ...demand, ...(limit === undefined ? {} : { limit }) },
    }));

  it("always mends the state that it is offered for, and brings no alarm that exists", () => {
    let offered = 0;
    fc.assert(
      fc.property(watch, fc.boolean(), (one, hasPeople) => {
        const world = alarmWorld(state({ resources: hasPeople ? people() : [] }));
        const unwatched = { subject: "thing", watches: [one], options: {} };
        const remedy = remedyFor(world, unwatched);
        if (remedy === undefined) return;
        offered += 1;
        const after = mended(world, missingFor(world, unwatched)!);
        expect(judgeWatch({ world, index: indexAlarms(world), options: {} }, one).status).not.toBe("pass");
        expect(judgeWatch({ world: after, index: indexAlarms(after), options: {} }, one).status).toBe("pass");
      }),
      { numRuns: 200 },
    );
    expect(offered).toBeGreaterThan(50);
  });
});
