import { afterEach, describe, expect, it } from "vitest";
import type { ReadSecret, SecretAnswer } from "../../src/core/secret.js";
import type { Resource } from "../../src/core/resource.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { manifestUpdates } from "../../src/evaluators/mediapackage/manifest-updates.js";
import { nodeWeb } from "../../src/probes/node-web.js";
import { probingSource } from "../../src/probes/probing-source.js";
import type { ProbeOptions } from "../../src/probes/probing-source.js";
import { viewAccount } from "../../src/shared/view-account.js";
import { accountId, resource, snapshot } from "../support/build.js";
import { media, originServer, parent, status, text, updated } from "./origin-server.js";
import type { Answerer } from "./origin-server.js";

const host = "abc.mediapackage.us-east-1.amazonaws.com";
const none = {
  ChannelId: "live",
  Origination: "ALLOW",
  Whitelist: null,
  TimeDelaySeconds: 0,
  Authorization: null,
  HlsPackage: null,
  CmafPackage: null,
  DashPackage: null,
  MssPackage: null,
};
const endpoint = (
  id: string,
  part: Partial<Resource["properties"]> = {},
  url = `https://${host}/out/${id}/index.m3u8`,
): Resource =>
  resource({
    type: "AWS::MediaPackage::OriginEndpoint",
    id,
    arn: `arn:aws:mediapackage:us-east-1:${accountId}:origin_endpoints/${id}`,
    properties: { ...none, HlsPackage: { SegmentDurationSeconds: 6 }, ...part },
    observed: { Url: url },
  });

let server: Awaited<ReturnType<typeof originServer>> | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

type Probed = { readonly state: Snapshot; readonly status: string; readonly message: string };

async function probe(
  paths: Readonly<Record<string, Answerer>>,
  one: Resource,
  options: ProbeOptions = {},
): Promise<Probed> {
  server = await originServer(paths);
  const web = nodeWeb({ testEndpoint: server.url, limits: { time: 250, size: 10_000 } });
  const state = await probingSource(
    { kind: "live", read: () => Promise.resolve(snapshot({ resources: [one] })) },
    { web, pause: () => Promise.resolve(), ...options },
  ).read({ needs: [] });
  // A replay: the snapshot as it is written and read again.
  const replayed = JSON.parse(JSON.stringify(state)) as Snapshot;
  const [first] = manifestUpdates.evaluate(viewAccount(replayed), {});
  return { state, status: first!.verdict.status, message: first!.verdict.message };
}

const hls = "/out/e/index.m3u8";
const child = "/out/e/index_1.m3u8";

describe("asking manifests", () => {
  it("a fresh media playlist below its parent passes, and its own host is named", async () => {
    expect(
      await probe({ [hls]: text(parent), [child]: text(media, updated(5)) }, endpoint("e")),
    ).toMatchObject({ status: "pass" });
    expect(server?.seen.map(({ path, host: named }) => [path, named])).toEqual([
      [hls, host],
      [child, host],
    ]);
  });

  it.each<[string, Readonly<Record<string, Answerer>>, string, string]>([
    [
      "a stale one fails",
      { [hls]: text(parent), [child]: text(media, updated(90)) },
      "fail",
      "was last updated",
    ],
    ["no headers are unknown", { [hls]: text(parent), [child]: text(media) }, "unknown", "ad insertion"],
    [
      "headers of the parent alone do not count",
      { [hls]: text(parent, updated(1)), [child]: text(media) },
      "unknown",
      "ad insertion",
    ],
    [
      "an ended stream is not judged",
      { [hls]: text(`${media}#EXT-X-ENDLIST\n`, updated(9_000)) },
      "not-applicable",
      "has ended",
    ],
    [
      "a redirect to another host is not followed",
      { [hls]: status(302, { location: "https://elsewhere.example/index.m3u8" }) },
      "unknown",
      "redirects",
    ],
    [
      "nor one to another port",
      { [hls]: status(302, { location: `https://${host}:8443${child}` }) },
      "unknown",
      "redirects",
    ],
    [
      "nor one that gives up TLS",
      { [hls]: status(301, { location: `http://${host}${child}` }) },
      "unknown",
      "redirects",
    ],
    [
      "nor one with credentials",
      { [hls]: status(301, { location: `https://a:b@${host}${child}` }) },
      "unknown",
      "redirects",
    ],
    [
      "a redirect within the host is",
      { [hls]: status(302, { location: child }), [child]: text(media, updated(5)) },
      "pass",
      "updated",
    ],
    ["redirects in a circle end", { [hls]: status(302, { location: hls }) }, "unknown", "redirects"],
    [
      "a playlist on another host is not asked",
      { [hls]: text("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttps://169.254.169.254/latest/meta-data\n") },
      "unknown",
      "another host",
    ],
    [
      "a parent of parents is not followed for ever",
      { [hls]: text(parent), [child]: text(parent) },
      "unknown",
      "no media playlist",
    ],
    [
      "an endless body is cut off",
      {
        [hls]: (_, response) => {
          endless(response);
        },
      },
      "unknown",
      "larger than the probe reads",
    ],
    ["a slow answer is given up", { [hls]: () => undefined }, "unknown", "did not answer in time"],
    [
      "so is one that trickles",
      {
        [hls]: (_, response) => {
          trickle(response);
        },
      },
      "unknown",
      "did not answer in time",
    ],
    ["a refusal is unknown, with its likely causes", { [hls]: status(403) }, "unknown", "CDN authorization"],
    ["a missing manifest is unknown", {}, "unknown", "no manifest (404)"],
    ["a broken server is unknown", { [hls]: status(503) }, "unknown", "could not be reached (503)"],
    [
      "an HTML page is no manifest",
      { [hls]: text("<html></html>", updated(1)) },
      "unknown",
      "could not be read",
    ],
    [
      "a header that is no number is malformed",
      {
        [hls]: text(media, {
          "X-MediaPackage-Manifest-Last-Updated": "yesterday",
          "X-MediaPackage-Manifest-Last-Sequence": "1",
        }),
      },
      "unknown",
      "malformed",
    ],
    [
      "a header as long as a page is cut",
      {
        [hls]: text(media, {
          "X-MediaPackage-Manifest-Last-Updated": "1".repeat(5_000),
          "X-MediaPackage-Manifest-Last-Sequence": "1",
        }),
      },
      "unknown",
      "malformed",
    ],
  ])("%s", async (_, paths, verdict, said) => {
    const { status: got, message, state } = await probe(paths, endpoint("e"));
    expect([got, message]).toEqual([verdict, expect.stringContaining(said)]);
    expect(JSON.stringify(state).length).toBeLessThan(5_000);
  });

  it("one failure that may pass is asked again, and no more than once", async () => {
    let calls = 0;
    const flaky: Answerer = (request, response) => {
      (calls++ === 0 ? status(500) : text(media, updated(5)))(request, response);
    };
    expect(await probe({ [hls]: flaky }, endpoint("e"))).toMatchObject({ status: "pass" });
    expect(calls).toBe(2);
  });

  it("an endpoint that answers nobody is not asked", async () => {
    expect(await probe({}, endpoint("e", { Origination: "DENY" }))).toMatchObject({
      status: "not-applicable",
    });
    expect(server?.seen).toEqual([]);
  });

  it("CMAF manifests are asked one by one, and the worst decides", async () => {
    const cmaf = {
      HlsPackage: null,
      CmafPackage: {
        SegmentDurationSeconds: 6,
        HlsManifests: [
          { Id: "a", Url: `https://${host}/a.m3u8` },
          { Id: "b", Url: `https://${host}/b.m3u8` },
        ],
      },
    };
    expect(
      await probe(
        { "/a.m3u8": text(media, updated(5)), "/b.m3u8": text(media, updated(500)) },
        endpoint("e", cmaf),
      ),
    ).toMatchObject({ status: "fail" });
  });

  it("DASH and Smooth Streaming carry the headers on their one manifest", async () => {
    const dash = { HlsPackage: null, DashPackage: { SegmentDurationSeconds: 6 } };
    expect(
      await probe(
        { "/index.mpd": text('<MPD type="dynamic">', updated(5)) },
        endpoint("e", dash, `https://${host}/index.mpd`),
      ),
    ).toMatchObject({ status: "pass" });
  });

  it("what does not come in time is not asked", async () => {
    let time = 0;
    const late = await probe({ [hls]: text(media, updated(5)) }, endpoint("e"), {
      time: 10,
      now: () => (time += 20),
    });
    expect([late.status, late.message]).toEqual(["unknown", expect.stringContaining("ran out of time")]);
  });

  it("neither a retry nor a redirect begins when the time is over", async () => {
    for (const first of [status(503), status(302, { location: "/elsewhere.m3u8" })]) {
      let time = 0;
      let asked = 0;
      const counted: Answerer = (request, response) => {
        asked += 1;
        time = 100;
        first(request, response);
      };
      const late = await probe({ [hls]: counted, "/elsewhere.m3u8": counted }, endpoint("e"), {
        time: 50,
        now: () => time,
      });
      expect([late.message, asked]).toEqual([expect.stringContaining("ran out of time"), 1]);
    }
  });
});

describe("CDN authorization", () => {
  const secret = "3f0e6a8c-dead-beef-8c35-a0b9d6e7f112";
  const locked = endpoint("e", {
    Authorization: {
      CdnIdentifierSecret: "arn:aws:secretsmanager:us-east-1:1:secret:x",
      SecretsRoleArn: "arn:aws:iam::1:role/x",
    },
  });
  const guarded: Answerer = (request, response) => {
    (request.headers["x-mediapackage-cdnidentifier"] === secret ? text(media, updated(5)) : status(403))(
      request,
      response,
    );
  };

  it("without an identifier nothing is asked", async () => {
    const { status: got, message } = await probe({ [hls]: guarded }, locked);
    expect([got, message]).toEqual(["unknown", expect.stringContaining("no identifier was given")]);
    expect(server?.seen).toEqual([]);
  });

  it("with it the manifest is read, and the snapshot does not hold it", async () => {
    const { status: got, state } = await probe({ [hls]: guarded }, locked, { cdnIdentifier: secret });
    expect(got).toBe("pass");
    expect(JSON.stringify(state)).not.toContain(secret);
  });

  it("a wrong one is refused, and not shown", async () => {
    const {
      status: got,
      state,
      message,
    } = await probe({ [hls]: guarded }, locked, { cdnIdentifier: "another-identifier" });
    expect(got).toBe("unknown");
    expect(JSON.stringify(state) + message).not.toContain("another-identifier");
  });

  it.each([
    ["as it is", secret],
    ["with more around it", `${"x".repeat(50)}${secret}`],
    ["in part", secret.slice(0, 20)],
    ["turned around", secret.split("").toReversed().join("")],
    ["as a number", "12345678901234567"],
  ])("a server that answers with it, %s, does not bring it into the snapshot", async (_, echo) => {
    const cdnIdentifier = echo.startsWith("1") ? echo : secret;
    const headers = {
      "X-MediaPackage-Manifest-Last-Updated": echo,
      "X-MediaPackage-Manifest-Last-Sequence": echo,
      Age: echo,
    };
    const {
      status: got,
      state,
      message,
    } = await probe({ [hls]: text(media, headers) }, locked, { cdnIdentifier });
    expect(got).toBe("unknown");
    expect(JSON.stringify(state) + message).not.toContain(echo.slice(-12));
  });

  describe("from a secret", () => {
    const own = "arn:aws:secretsmanager:us-east-1:1:secret:x";
    const reader = (answer: SecretAnswer): { readonly read: ReadSecret; readonly asked: string[] } => {
      const asked: string[] = [];
      return {
        asked,
        read: ({ id, region }) => {
          asked.push(`${region} ${id}`);
          return Promise.resolve(answer);
        },
      };
    };
    const holding = (value: unknown): SecretAnswer => ({
      ok: true,
      text: JSON.stringify({ MediaPackageCDNIdentifier: value }),
    });

    it.each([
      ["own", `us-east-1 ${own}`],
      ["cdn", "us-east-1 cdn"],
      [
        "arn:aws:secretsmanager:eu-west-1:1:secret:cdn",
        "eu-west-1 arn:aws:secretsmanager:eu-west-1:1:secret:cdn",
      ],
    ])("%s is asked for as %s", async (id, question) => {
      const { read, asked } = reader(holding(secret));
      const { status: got, state } = await probe({ [hls]: guarded }, locked, { cdnSecret: { id, read } });
      expect([got, asked, state.calls["secretsmanager:GetSecretValue"]]).toEqual(["pass", [question], 1]);
      expect(JSON.stringify(state)).not.toContain(secret);
    });

    it("is read once for all manifests of an endpoint", async () => {
      const { read, asked } = reader(holding(secret));
      const cmaf = endpoint("e", {
        ...locked.properties,
        HlsPackage: null,
        CmafPackage: {
          SegmentDurationSeconds: 6,
          HlsManifests: [
            { Id: "a", Url: `https://${host}/a.m3u8` },
            { Id: "b", Url: `https://${host}/b.m3u8` },
          ],
        },
      });
      expect(
        await probe({ "/a.m3u8": guarded, "/b.m3u8": guarded }, cmaf, { cdnSecret: { id: "own", read } }),
      ).toMatchObject({ status: "pass" });
      expect(asked).toHaveLength(1);
    });

    it("is not read for an endpoint that wants none", async () => {
      const { read, asked } = reader(holding(secret));
      const { state } = await probe({ [hls]: text(media, updated(5)) }, endpoint("e"), {
        cdnSecret: { id: "cdn", read },
      });
      expect([asked, state.calls]).toEqual([[], {}]);
    });

    it("a refused one is unreadable, with the action to grant, and nothing is asked", async () => {
      const { read } = reader({
        ok: false,
        because: { reason: "AccessDenied", action: "secretsmanager:GetSecretValue", region: "us-east-1" },
      });
      const {
        status: got,
        message,
        state,
      } = await probe({ [hls]: guarded }, locked, { cdnSecret: { id: "own", read } });
      expect([got, message]).toEqual([
        "unknown",
        expect.stringContaining("AccessDenied; grant secretsmanager:GetSecretValue in us-east-1"),
      ]);
      expect(state.resources.find(({ type }) => type.endsWith("ManifestProbe"))?.unreadable).toMatchObject({
        Samples: { action: "secretsmanager:GetSecretValue" },
      });
      expect(server?.seen).toEqual([]);
      expect(manifestUpdates.evaluate(viewAccount(state), {})[0]?.verdict).toMatchObject({
        reason: "unreadable",
      });
    });

    it.each<[string, SecretAnswer]>([
      ["is no JSON", { ok: true, text: "hidden-identifier" }],
      ["has another key", { ok: true, text: '{"identifier":"hidden-identifier"}' }],
      ["holds a number", holding(12345678)],
      ["holds something too short", holding("hidden")],
      ["holds a line break", holding("hidden-identifier\r\nx: y")],
    ])("one that %s is unknown, and nothing of it is shown", async (_, answer) => {
      const {
        status: got,
        message,
        state,
      } = await probe({ [hls]: guarded }, locked, { cdnSecret: { id: "own", read: reader(answer).read } });
      expect([got, message]).toEqual(["unknown", expect.stringContaining("MediaPackageCDNIdentifier")]);
      expect(JSON.stringify(state) + message).not.toMatch(/hidden|12345678/u);
      expect(server?.seen).toEqual([]);
    });

    it("an endpoint that names no secret of its own is not asked", async () => {
      const { read, asked } = reader(holding(secret));
      const nameless = endpoint("e", { Authorization: { SecretsRoleArn: "arn:aws:iam::1:role/x" } });
      expect(await probe({}, nameless, { cdnSecret: { id: "own", read } })).toMatchObject({
        status: "unknown",
      });
      expect(asked).toEqual([]);
    });
  });

  it("an endpoint that does not ask for it does not get it", async () => {
    await probe({ [hls]: text(media, updated(5)) }, endpoint("e"), { cdnIdentifier: secret });
    expect(server?.seen.map(({ headers }) => headers["x-mediapackage-cdnidentifier"])).toEqual([undefined]);
  });
});

describe("what may be asked", () => {
  it.each([
    ["http", `http://${host}/x.m3u8`],
    ["a host that is not AWS's", "https://example.com/x.m3u8"],
    ["a host that only looks like it", "https://amazonaws.com.example.com/x.m3u8"],
    ["an address", "https://169.254.169.254/x.m3u8"],
    ["no URL", "index.m3u8"],
  ])("%s is not asked", async (_, url) => {
    const { message } = await probe({ "/x.m3u8": text(media, updated(5)) }, endpoint("e", {}, url));
    expect(message).toContain("none that the probe may ask");
    expect(server?.seen).toEqual([]);
  });

  type Resolve = NonNullable<NonNullable<Parameters<typeof nodeWeb>[0]>["resolve"]>;
  const leadingTo = (...addresses: readonly string[]): Resolve =>
    ((_: string, __: object, callback: (error: null, found: readonly object[]) => void) => {
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    }) as unknown as Resolve;

  it.each([
    ["the instance's own credentials", ["169.254.169.254"]],
    ["this machine", ["127.0.0.1"]],
    ["a private network", ["10.0.0.5"]],
    ["a private address behind a public one", ["52.94.236.248", "10.0.0.5"]],
    ["this machine in IPv6", ["::1"]],
  ])("a name that leads to %s is not connected to", async (_, addresses) => {
    const web = nodeWeb({ resolve: leadingTo(...addresses), limits: { time: 2_000 } });
    expect(await web(new URL(`https://${host}/x`), {})).toMatchObject({
      kind: "failed",
      reason: "not_allowed",
      message: expect.stringContaining("not a public address"),
    });
  });

  it("a plain server where TLS is expected is a TLS failure", async () => {
    server = await originServer({});
    expect(
      await nodeWeb({ testEndpoint: server.url.replace("http:", "https:") })(
        new URL(`https://${host}/x`),
        {},
      ),
    ).toMatchObject({ kind: "failed", reason: "tls" });
  });

  it("nobody listening is unreachable", async () => {
    server = await originServer({});
    const { url } = server;
    await server.stop();
    expect(await nodeWeb({ testEndpoint: url })(new URL(`https://${host}/x`), {})).toMatchObject({
      kind: "failed",
      reason: "unreachable",
    });
  });
});

function endless(response: Parameters<Answerer>[1]): void {
  response.writeHead(200, updated(1));
  const more = (): void => {
    while (!response.destroyed && response.write("#".repeat(8_192)));
  };
  response.on("drain", more);
  more();
}

function trickle(response: Parameters<Answerer>[1]): void {
  response.writeHead(200, updated(1));
  const timer = setInterval(() => response.write("#"), 50);
  response.on("close", () => {
    clearInterval(timer);
  });
}
