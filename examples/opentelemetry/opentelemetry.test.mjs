import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { createTestServer } from "@infisical/test-server";
import { SpanKind } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter } from "@opentelemetry/sdk-trace-node";
import { startTelemetry } from "./telemetry.mjs";

const spanExporter = new InMemorySpanExporter();
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const metricReader = new PeriodicExportingMetricReader({ exporter: metricExporter });
const sdk = startTelemetry({ spanExporter, metricReader });
const { createApplication } = await import("./application.mjs");

const infisical = createTestServer();
const place = { projectId: infisical.projectId(), environment: "dev" };
/** @type {ReturnType<typeof createApplication>} */
let application;
let url = "";

before(async () => {
  infisical.secrets.set({ environment: "dev", key: "FEATURE", value: "on" });
  const { siteUrl } = await infisical.listen();
  application = createApplication({ siteUrl, ...infisical.credentials(), ...place });
  application.server.listen(0, "127.0.0.1");
  await once(application.server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (application.server.address());
  url = `http://127.0.0.1:${port}/`;
});
after(async () => {
  application.server.close();
  await application.close();
  await infisical.close();
  await sdk.stop();
});

/** The spans of the last requests, each with its parent; those that the test server makes are left out. */
async function takeSpans() {
  await sdk.flush();
  const spans = spanExporter
    .getFinishedSpans()
    .filter(({ kind, attributes }) => kind !== SpanKind.SERVER || attributes["url.path"] === "/");
  spanExporter.reset();
  return spans.map((span) => {
    const parent = spans.find((each) => each.spanContext().spanId === span.parentSpanContext?.spanId);
    return [`${parent ? `${parent.name} > ` : ""}${span.name}`, SpanKind[span.kind]];
  });
}

test("a request's trace leads from the server through the call to the requests that it needs", async () => {
  assert.equal(await (await fetch(url)).text(), "on");
  assert.deepEqual(await takeSpans(), [
    ["infisical auth.login > POST", "CLIENT"],
    ["infisical secrets.getSecret > infisical auth.login", "CLIENT"],
    ["infisical secrets.getSecret > GET", "CLIENT"],
    ["GET > infisical secrets.getSecret", "CLIENT"],
    ["GET > GET", "SERVER"],
    ["GET", "CLIENT"],
  ]);
});

test("the metrics say how many calls there were, and which failed why", async () => {
  infisical.fail({ method: "GET", path: /secrets/ }, { status: 403 });
  assert.equal((await fetch(url)).status, 503);
  await sdk.flush();
  const measured =
    metricExporter
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? [];
  const of = (/** @type {string} */ name) =>
    measured
      .find(({ descriptor }) => descriptor.name === name)
      ?.dataPoints.map(({ value, attributes }) => [value, attributes["error.type"]]);
  assert.deepEqual(of("infisical.client.calls"), [
    [1, undefined],
    [1, "FORBIDDEN"],
  ]);
  assert.deepEqual(of("infisical.client.errors"), [[1, "FORBIDDEN"]]);
  assert.equal(of("infisical.client.token.age")?.length, 1);
});
