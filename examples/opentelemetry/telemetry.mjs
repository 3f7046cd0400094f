import { register } from "node:module";
import { metrics } from "@opentelemetry/api";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

/**
 * Registers OpenTelemetry's SDK and the instrumentations of HTTP. Call it before the application is imported.
 *
 * @param {object} options
 * @param {import("@opentelemetry/sdk-trace-node").SpanExporter} options.spanExporter
 * @param {import("@opentelemetry/sdk-metrics").IMetricReader} options.metricReader
 */
export function startTelemetry({ spanExporter, metricReader }) {
  // Modules that import node:http get it with the instrumentation.
  register("@opentelemetry/instrumentation/hook.mjs", import.meta.url);
  const tracerProvider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(spanExporter)] });
  tracerProvider.register();
  const meterProvider = new MeterProvider({ readers: [metricReader] });
  metrics.setGlobalMeterProvider(meterProvider);
  registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()] });
  return {
    flush: () => Promise.all([tracerProvider.forceFlush(), meterProvider.forceFlush()]),
    stop: () => Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()]),
  };
}
