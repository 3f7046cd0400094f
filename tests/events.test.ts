import { readFileSync } from "node:fs";
import { telemetry } from "@infisical/opentelemetry";
import {
  type ClientEvent,
  cache,
  InfisicalSDK,
  type Logger,
  logEvents,
  type Middleware,
} from "@infisical/sdk";
import { createTestServer, type Failure, type TestServer } from "@infisical/test-server";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterEach, describe, expect, test } from "vitest";
import { LeakHunt } from "./leak-hunt/leak-hunt.ts";

const value = "a-value-that-no-event-may-show";
const redisPassword = "the-password-of-the-redis-admin";

/** Where the calls work. */
interface World {
  readonly sdk: InfisicalSDK;
  readonly server: TestServer;
  readonly projectId: string;
  readonly leaseId: string;
  readonly keyId: string;
  readonly keyProjectId: string;
  /** Shows what was measured to the hunt. */
  readonly seeMetrics: () => Promise<void>;
}

/** Errors can repeat what a server's text reveals that the client neither sent nor holds; events must not. */
const hunt = new LeakHunt();

const place = { environment: "dev" } as const;
const dynamic = { projectSlug: "shop", environmentSlug: "dev" } as const;

/** A call of every resource. */
const calls: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  listSecrets: ({ sdk, projectId }) => sdk.secrets().listSecrets({ projectId, ...place }),
  getSecret: ({ sdk, projectId }) => sdk.secrets().getSecret({ projectId, ...place, secretName: "KNOWN" }),
  missingSecret: ({ sdk, projectId }) => sdk.secrets().getSecret({ projectId, ...place, secretName: "NOPE" }),
  createSecret: ({ sdk, projectId }) =>
    sdk.secrets().createSecret("NEW", { projectId, ...place, secretValue: value }),
  createSecrets: ({ sdk, projectId }) =>
    sdk.secrets().createSecrets({ projectId, ...place, secrets: [{ secretKey: "B", secretValue: value }] }),
  updateSecret: ({ sdk, projectId }) =>
    sdk.secrets().updateSecret("KNOWN", { projectId, ...place, secretValue: value, secretComment: value }),
  deleteSecret: ({ sdk, projectId }) => sdk.secrets().deleteSecret("B", { projectId, ...place }),
  strictList: ({ sdk, projectId }) => sdk.secrets().listSecrets({ projectId, ...place, strict: true }),
  createFolder: ({ sdk, projectId }) => sdk.folders().create({ projectId, ...place, name: "app" }),
  listFolders: ({ sdk, projectId }) => sdk.folders().listFolders({ projectId, ...place }),
  createImport: ({ sdk, projectId }) =>
    sdk.secretImports().create({ projectId, ...place, import: { environment: "prod", path: "/" } }),
  createEnvironment: ({ sdk, projectId }) => sdk.environments().create({ projectId, name: "QA", slug: "qa" }),
  createTag: ({ sdk, projectId }) => sdk.tags().create({ projectId, slug: "blue", color: "#00f" }),
  getProject: ({ sdk, projectId }) => sdk.projects().get({ projectId }),
  invite: ({ sdk, projectId }) => sdk.projects().inviteMembers({ projectId, emails: ["a@example.com"] }),
  createKey: ({ sdk, keyProjectId }) => sdk.kms().keys().create({ projectId: keyProjectId, name: "another" }),
  encrypt: ({ sdk, keyId }) =>
    sdk
      .kms()
      .encryption()
      .encrypt({ keyId, plaintext: btoa(value) }),
  listDynamic: ({ sdk }) => sdk.dynamicSecrets().list(dynamic),
  getDynamic: ({ sdk }) => sdk.dynamicSecrets().get("cache", dynamic),
  useLease: ({ sdk }) =>
    sdk
      .dynamicSecrets()
      .leases.use({ ...dynamic, dynamicSecretName: "cache", onRevokeFailed: ignore }, ({ data }) =>
        hunt.hide(...Object.values(data)),
      ),
  renewLease: ({ sdk, leaseId }) => sdk.dynamicSecrets().leases.renew(leaseId, { ...dynamic, ttl: "1m" }),
  request: ({ sdk }) => sdk.request({ method: "GET", path: "/api/status", headers: { "x-key": value } }),
  renew: ({ sdk }) => sdk.auth().renew(),
  relogin: ({ sdk, server }) => sdk.auth().universalAuth.login(server.credentials()),
  revokedToken: async (world) => {
    world.server.tokens.revoke();
    await world.sdk.request({
      method: "GET",
      path: "/api/v1/folders",
      query: { workspaceId: world.projectId, ...place },
    });
  },
};

const echo = (error: string) => ({ error, message: `refused ${value} ${redisPassword}`, reqId: "req-1" });

/** Everything that can go wrong on the way, of which the server's texts repeat what must not be shown. */
const failures: readonly Failure[] = [
  ...[400, 401, 403, 404, 409, 422, 429, 500, 503].map((status) => ({ status, body: echo("BadRequest") })),
  { rateLimit: { retryAfter: 1 } },
  { drop: "before" },
  { drop: "after" },
  { truncate: "connection" },
  { garbage: true },
  { redirect: "https://elsewhere.example.com/login" },
];

afterEach(() => {
  expect(hunt.leaks()).toEqual([]);
});

/** A login carries no value, so its failures repeat none. */
const notLogins = /^(?!\/api\/v1\/auth\/)/;
const aboutLogins = /^(?:renew|relogin|revokedToken)$/;

const shapes = new Map<string, Set<string>>();

/** Notes the fields of each type of event, and shows the event to the hunt for leaks. */
function see(event: ClientEvent): void {
  hunt.see(event);
  const fields = shapes.get(event.type) ?? new Set();
  for (const [name, field] of Object.entries(event)) if (field !== undefined) fields.add(name);
  shapes.set(event.type, fields);
}

/** Shows every span to the hunt, with its events and its status, and notes what it is called. */
function seeSpan({ name, attributes, events, status }: ReadableSpan): void {
  const inEvents = events.map((event) => [event.name, event.attributes]);
  hunt.see([name, attributes, inEvents, status]);
  spanNames.add(name);
}

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

const spanNames = new Set<string>();
const metricNames = new Set<string>();

/** What makes spans and metrics, and a function that shows the metrics to the hunt. */
function startTelemetry() {
  const reader = new Reader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter("hunt");
  const none = async () => undefined;
  const processor = { onStart: () => undefined, onEnd: seeSpan, forceFlush: none, shutdown: none };
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("hunt");
  const seeMetrics = async () => {
    const { resourceMetrics } = await reader.collect();
    for (const { metrics } of resourceMetrics.scopeMetrics) {
      hunt.see(metrics);
      for (const { descriptor } of metrics) metricNames.add(descriptor.name);
    }
  };
  return { observer: telemetry({ tracer, meter }), seeMetrics };
}

/** A logger whose lines the hunt sees. */
const seeLine = (line: string): void => hunt.see(line);
const logger: Logger = { debug: seeLine, info: seeLine, warn: seeLine, error: seeLine };

async function start(options: {
  readonly namesInEvents: boolean;
  readonly middleware?: readonly Middleware[];
}) {
  const server = createTestServer({
    clock: { frozen: true },
    projects: [
      // The first one is where the calls work.
      {
        ...{ name: "Shop", slug: "shop" },
        environments: [
          { name: "Development", slug: "dev" },
          { name: "Production", slug: "prod" },
        ],
        secrets: { dev: { "/": { KNOWN: value } } },
        dynamicSecrets: {
          dev: {
            "/": {
              cache: {
                type: "redis",
                inputs: {
                  ...{ host: "redis.example.com", port: 6379, username: "default", password: redisPassword },
                  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
                  revocationStatement: "ACL DELUSER {{username}}",
                  renewStatement: "ACL SETUSER {{username}} on",
                },
                defaultTTL: "1h",
              },
            },
          },
        },
      },
      { name: "Keys", slug: "keys", type: "kms", environments: [] },
    ],
  });
  const log = logEvents({ level: "debug", logger });
  const { observer, seeMetrics } = startTelemetry();
  const sdk = new InfisicalSDK({
    transport: server.transport,
    // Waits end at once, whatever they are for.
    clock: { now: () => server.clock.now(), sleep: async (time) => server.clock.advance(time) },
    maxConcurrent: 2,
    ...options,
    observer,
    onEvent: (event) => {
      see(event);
      log(event);
    },
  });
  hunt.hide(value, btoa(value), redisPassword, server.credentials().clientSecret);
  await sdk.auth().universalAuth.login(server.credentials());
  const projectId = server.projectId();
  const keyProjectId = server.projectId("keys");
  const key = await sdk.kms().keys().create({ projectId: keyProjectId, name: "key" });
  const lease = await sdk.dynamicSecrets().leases.create({ ...dynamic, dynamicSecretName: "cache" });
  hunt.hide(...Object.values(lease.data));
  return { sdk, server, projectId, keyProjectId, leaseId: lease.lease.id, keyId: key.id, seeMetrics };
}

describe.each([{ namesInEvents: false }, { namesInEvents: true }])("with %j", (options) => {
  test.each(Object.keys(calls))(
    "no event, line, span or metric of %s shows a credential or a value, whatever fails",
    async (name) => {
      const world = await start(options);
      await calls[name]?.(world).catch(ignore);
      for (const failure of failures) {
        world.server.fail({ times: 2, path: aboutLogins.test(name) ? undefined : notLogins }, failure);
        await calls[name]?.(world).catch(ignore);
      }
      await world.seeMetrics();
      await world.sdk.close();
    },
  );

  test("none of a cache, a queue or a lease that ends shows one either", async () => {
    let now = 0;
    const reads = cache({ ttl: 1000, staleIfError: "1h", clock: { now: () => now } });
    const world = await start({ ...options, middleware: [reads] });
    const read = calls["getSecret"] as (world: World) => Promise<unknown>;
    await read(world);
    await read(world);
    now += 2000;
    world.server.fail({ times: 5 }, { status: 503, body: echo("InternalServerError") });
    await read(world);
    await Promise.all(
      ["listFolders", "getProject", "listDynamic", "createTag"].map((name) => calls[name]?.(world)),
    );
    world.server.leases.failRevocations({ message: `cannot drop ${value}` });
    await calls["useLease"]?.(world);
    await world.seeMetrics();
    await world.sdk.close();
  });
});

test("the fields of every event are these", () => {
  const seen = [...shapes].sort(([one], [other]) => one.localeCompare(other));
  expect(Object.fromEntries(seen.map(([type, fields]) => [type, [...fields].sort()]))).toMatchSnapshot();
});

test("the hunt has seen a span of every resource and every metric", () => {
  const operations = [...spanNames].map((name) => name.replace(/^infisical /, "").replace(/\..*/, ""));
  expect([...new Set(operations)].sort()).toEqual([
    ...["GET", "auth", "dynamicSecrets", "environments", "folders", "kms"],
    ...["projects", "secretImports", "secrets", "tags"],
  ]);
  expect([...metricNames].sort()).toEqual(
    [
      ...["call.duration", "calls", "cache.hits", "errors", "lease.count"],
      ...["login.duration", "retries", "token.age"],
    ]
      .map((name) => `infisical.client.${name}`)
      .sort(),
  );
});

test("docs/events.md lists every event with its fields", () => {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
  const declared = [...read("packages/core/src/contracts/events.ts").matchAll(/^ {2}"([a-z-]+)": /gm)];
  const documented = [...read("docs/events.md").matchAll(/^\| `([a-z-]+)`/gm)];
  expect(declared.length).toBeGreaterThan(10);
  expect(documented.map(([, type]) => type)).toEqual(declared.map(([, type]) => type));
});

function ignore(): void {}
