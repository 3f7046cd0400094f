import { cache } from "@infisical/cache";
import { InfisicalSDK } from "@infisical/sdk";
import { secrets } from "@infisical/secrets";
import { context, SpanKind, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import { AlwaysOffSampler } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { expect, test } from "vitest";
import { failureOf, jumpingClock, type StartOptions, start, strategyFor } from "#test-kit";
import { type TelemetryOptions, telemetry } from "../src/index.ts";
import { followContexts, record } from "./recorder.ts";

followContexts();

const plugins = [secrets()] as const;
const project = { name: "Shop", slug: "shop", environments: [{ name: "Development", slug: "dev" }] };
const seed = { projects: [{ ...project, secrets: { dev: { "/": { KNOWN: "a-known-value" } } } }] };

async function startTraced(
  options: Omit<StartOptions, "plugins"> = {},
  telemetryOptions: TelemetryOptions = {},
) {
  const recorded = record();
  const observer = telemetry({ tracer: recorded.tracer, meter: recorded.meter, ...telemetryOptions });
  const started = await start({ server: seed, observer, ...options, plugins });
  const read = (secretName = "KNOWN", signal?: AbortSignal) =>
    started.client.secrets().getSecret({ ...started.location, secretName, signal });
  return { ...recorded, ...started, observer, read };
}

test("a token from elsewhere is not said to be of whoever logged in before", async () => {
  const { client, read, span } = await startTraced();
  await read();
  client.auth().accessToken(client.auth().getAccessToken() ?? "");
  await read();
  const { attributes } = span("infisical secrets.getSecret");
  expect(attributes["infisical.outcome"]).toBe("succeeded");
  expect(Object.keys(attributes).filter((name) => /identity|organization/.test(name))).toEqual([]);
});

test("a call is a span, and the login that it waits for is a span in it", async () => {
  const { read, tree, span, siteUrl } = await startTraced();
  await read();
  await read();
  expect(tree()).toEqual([
    "infisical secrets.getSecret > infisical auth.login",
    "infisical secrets.getSecret",
    "infisical secrets.getSecret",
  ]);
  const call = span("infisical secrets.getSecret");
  const server = { "server.address": "127.0.0.1", "server.port": Number(new URL(siteUrl).port) };
  const uuid = expect.stringMatching(/^[\da-f-]{36}$/);
  const owner = {
    "infisical.identity.auth_method": "universal-auth",
    "infisical.identity.id": uuid,
    "infisical.organization.id": uuid,
  };
  expect(call.kind).toBe(SpanKind.CLIENT);
  expect(call.status.code).toBe(SpanStatusCode.UNSET);
  expect(call.attributes).toEqual({
    ...server,
    ...owner,
    "infisical.operation": "secrets.getSecret",
    "infisical.outcome": "succeeded",
  });
  expect(span("infisical auth.login").attributes).toEqual({
    ...server,
    ...owner,
    "infisical.operation": "auth.login",
    "infisical.outcome": "succeeded",
    "infisical.identity.auth_result": "success",
  });
});

test("a call belongs to the span in which it is made, and is active while its middleware runs", async () => {
  const active: unknown[] = [];
  const { read, tree, tracer, span } = await startTraced({
    middleware: [
      async (request, next) => {
        const response = await next(request);
        active.push(trace.getActiveSpan()?.spanContext().spanId);
        return response;
      },
    ],
  });
  await tracer.startActiveSpan("handler", async (handler) => {
    await Promise.all([read(), read()]);
    handler.end();
  });
  expect(trace.getActiveSpan()).toBeUndefined();
  expect(tree().filter((name) => name === "handler > infisical secrets.getSecret")).toHaveLength(2);
  expect(new Set(active).size).toBe(2);
  expect(active).toContain(span("infisical secrets.getSecret").spanContext().spanId);
});

test("the attempts of a call are one span, which counts them and says why each was needed", async () => {
  const { server, read, spans, span } = await startTraced({ clock: jumpingClock() });
  await read();
  server.fail({ method: "GET", times: 2 }, { status: 503 });
  await read();
  expect(spans()).toHaveLength(3);
  const { attributes, events, status } = span("infisical secrets.getSecret");
  expect(attributes).toMatchObject({
    "http.request.resend_count": 2,
    "infisical.wait.duration": expect.any(Number),
    "infisical.outcome": "succeeded",
  });
  expect(status.code).toBe(SpanStatusCode.UNSET);
  const why = { "error.type": "SERVER_ERROR", "http.response.status_code": 503 };
  expect(
    events.map(({ name, attributes: { "infisical.wait.duration": wait, ...rest } = {} }) => [name, rest]),
  ).toEqual([
    ["infisical.retry", { "infisical.attempt": 1, ...why }],
    ["infisical.retry", { "infisical.attempt": 2, ...why }],
  ]);
});

test("a call that fails has its code and its status, and no text of the server", async () => {
  const { read, span } = await startTraced();
  const error = await failureOf(read("MISSING"));
  const { attributes, status, events } = span("infisical secrets.getSecret");
  expect(attributes).toMatchObject({
    "infisical.outcome": "failed",
    "error.type": "NOT_FOUND",
    "http.response.status_code": 404,
    "infisical.request.id": error.requestId,
  });
  expect(status).toEqual({ code: SpanStatusCode.ERROR });
  expect(events).toEqual([]);
});

test("an error that is not the SDK's has no code, and a login that is refused says so", async () => {
  const broken = await startTraced({
    middleware: [
      () => {
        throw new Error("not a code");
      },
    ],
  });
  await failureOf(broken.read()).catch(() => undefined);
  expect(broken.span("infisical secrets.getSecret").attributes["error.type"]).toBe("_OTHER");
  const { server, connect, location, span, observer } = await startTraced();
  const client = connect({ observer, auth: strategyFor(server, { clientSecret: "wrong-secret" }), plugins });
  await failureOf(client.secrets().getSecret({ ...location, secretName: "KNOWN" }));
  expect(span("infisical auth.login").attributes).toMatchObject({
    "error.type": "AUTH_FAILED",
    "infisical.identity.auth_result": "failure",
  });
  expect(span("infisical secrets.getSecret").attributes["error.type"]).toBe("AUTH_FAILED");
});

test("a call that its caller gives up is not an error", async () => {
  const { server, read, span } = await startTraced();
  const abort = new AbortController();
  server.fail({ method: "GET" }, { delay: 60_000 });
  const call = read("KNOWN", abort.signal);
  await expect.poll(() => server.requests.some(({ method }) => method === "GET")).toBe(true);
  abort.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
  const { attributes, status } = span("infisical secrets.getSecret");
  expect(attributes["infisical.outcome"]).toBe("aborted");
  expect(attributes).not.toHaveProperty("error.type");
  expect(status.code).toBe(SpanStatusCode.UNSET);
});

test("what a cache answers is told on the span, and a fetch that goes on afterwards leaves it alone", async () => {
  let now = 0;
  const reads = cache({ ttl: 1000, staleWhileRevalidate: 1000, clock: { now: () => now } });
  const { server, read, spans, connect } = await startTraced({
    middleware: [reads],
    retry: { baseDelay: 1 },
  });
  await read();
  await read();
  now += 1500;
  server.fail({ method: "GET" }, { status: 503 });
  await read();
  await expect.poll(() => reads.stats().requests).toBe(2);
  await connect().close();
  const results = spans()
    .filter(({ name }) => name === "infisical secrets.getSecret")
    .map(({ attributes, events }) => [
      attributes["infisical.cache.result"],
      ...events.map(({ name, attributes: of }) => [name, of]),
    ]);
  expect(results).toEqual([
    [undefined],
    ["hit", ["infisical.cache.hit", { "infisical.cache.age": 0 }]],
    [
      "stale",
      ["infisical.cache.stale", { "infisical.cache.age": 1.5, "infisical.cache.reason": "revalidating" }],
    ],
  ]);
});

test("names are on spans only with namesInEvents", async () => {
  const { connect, location, observer, span } = await startTraced({ namesInEvents: true });
  const call = { ...location, secretName: "KNOWN" };
  await connect({ observer, plugins }).secrets().getSecret(call);
  const unnamed = Object.values(span("infisical secrets.getSecret").attributes);
  for (const name of Object.values(call)) expect(unnamed).not.toContain(name);
  await connect({ observer, plugins, namesInEvents: true }).secrets().getSecret(call);
  expect(span("infisical secrets.getSecret").attributes).toMatchObject({
    "infisical.project.id": location.projectId,
    "infisical.environment.slug": "dev",
    "infisical.secret.path": "/",
    "infisical.secret.name": "KNOWN",
  });
});

test("an InfisicalSDK is traced as well, with logins and revocations of its own", async () => {
  const { siteUrl, server, observer, location, tree } = await startTraced();
  const sdk = new InfisicalSDK({ siteUrl, observer });
  await sdk.auth().universalAuth.login(server.credentials());
  await sdk.secrets().listSecrets(location);
  await sdk.request({ method: "GET", path: "/api/status" });
  await sdk.auth().renew();
  await sdk.auth().revoke();
  expect(tree()).toEqual([
    "infisical auth.login",
    "infisical secrets.listSecrets",
    "infisical GET",
    expect.stringMatching(/^infisical auth\.(?:login|renew)$/),
    "infisical auth.revoke",
  ]);
});

test("spans can be internal, where an instrumentation's are those of a client", async () => {
  const { read, spans } = await startTraced({}, { spanKind: "internal" });
  await read();
  expect(spans().map(({ kind }) => kind)).toEqual([SpanKind.INTERNAL, SpanKind.INTERNAL]);
});

test("what is in a span that nobody samples knows that it is not sampled", async () => {
  const flags: unknown[] = [];
  const tracer = new NodeTracerProvider({ sampler: new AlwaysOffSampler() }).getTracer("off");
  const { read, spans } = await startTraced(
    {
      middleware: [
        (request, next) => {
          flags.push(trace.getSpanContext(context.active())?.traceFlags);
          return next(request);
        },
      ],
    },
    { tracer },
  );
  expect((await read()).secretValue).toBe("a-known-value");
  expect(flags).toEqual([TraceFlags.NONE]);
  expect(spans()).toEqual([]);
});
