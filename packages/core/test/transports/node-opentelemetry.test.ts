import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { serve } from "#test-kit";
import { run } from "./node-program.ts";

test("OpenTelemetry's instrumentation sees every request and passes its context on", async () => {
  const traced: unknown[] = [];
  const { url } = await serve(({ method, headers }, response) => {
    traced.push(method, String(headers["traceparent"]).split("-")[1]);
    response.end();
  });
  // The instrumentation has to be there before node:http is imported.
  const program = `
    import { createRequire } from "node:module";
    const require = createRequire(process.argv[3]);
    const { HttpInstrumentation } = require("@opentelemetry/instrumentation-http");
    const tracing = require("@opentelemetry/sdk-trace-base");
    const { context, propagation, trace } = require("@opentelemetry/api");
    const exporter = new tracing.InMemorySpanExporter();
    const spanProcessors = [new tracing.SimpleSpanProcessor(exporter)];
    const provider = new tracing.BasicTracerProvider({ spanProcessors });
    trace.setGlobalTracerProvider(provider);
    propagation.setGlobalPropagator({
      inject: (at, carrier, setter) => {
        const { traceId, spanId } = trace.getSpanContext(at);
        setter.set(carrier, "traceparent", "00-" + traceId + "-" + spanId + "-01");
      },
      extract: (at) => at,
      fields: () => ["traceparent"],
    });
    const instrumentation = new HttpInstrumentation();
    instrumentation.setTracerProvider(provider);
    require("node:http");
    require("node:https");
    const { nodeTransport } = await import("node-transport");
    const transport = nodeTransport({ maxSockets: 1 });
    const url = process.argv[2] + "/path";
    const { signal } = new AbortController();
    for (const method of ["GET", "POST"]) {
      await transport({ method, url, headers: {}, idempotent: method === "GET", signal });
    }
    const spans = exporter.getFinishedSpans();
    console.log(JSON.stringify(spans.map((span) => [span.name, span.spanContext().traceId])));`;
  const spans: [string, string][] = JSON.parse(await run(program, [url, fileURLToPath(import.meta.url)]));
  expect(spans.map(([name]) => name)).toEqual(["GET", "POST"]);
  expect(traced).toEqual(spans.flat());
});
