import { context, propagation, type Tracer, trace } from "@opentelemetry/api";
import { AggregationTemporality, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { afterAll, beforeAll } from "vitest";

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** What a metric says of one set of attributes; of a histogram, how many were recorded, and their sum. */
export interface Point {
  readonly value: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Makes contexts follow calls while the tests of a file run, as the SDK of OpenTelemetry does. */
export function followContexts(): void {
  beforeAll(() => new NodeTracerProvider().register());
  afterAll(() => {
    trace.disable();
    context.disable();
    propagation.disable();
  });
}

/** Creates the SDK of OpenTelemetry, which keeps everything in memory. */
export function record({ temporality = AggregationTemporality.CUMULATIVE } = {}) {
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [new SimpleSpanProcessor(exporter)];
  const tracer: Tracer = new NodeTracerProvider({ spanProcessors }).getTracer("test");
  const reader = new Reader({ aggregationTemporalitySelector: () => temporality });
  const provider = new MeterProvider({ readers: [reader] });
  const spans = (): readonly ReadableSpan[] => exporter.getFinishedSpans();
  return {
    tracer,
    meter: provider.getMeter("test"),
    provider,
    spans,
    /** The last span with a name. */
    span: (name: string): ReadableSpan => {
      const found = [...spans()].reverse().find((span) => span.name === name);
      if (!found) throw new Error(`No span is called ${name}, but ${names(spans())}`);
      return found;
    },
    /** The names of the spans, each with its parent's. */
    tree: (): readonly string[] =>
      spans().map(({ name, parentSpanContext }) => {
        const parent = spans().find((span) => span.spanContext().spanId === parentSpanContext?.spanId);
        return parent ? `${parent.name} > ${name}` : name;
      }),
    /** What a metric says, by its attributes. */
    points: async (name: string): Promise<readonly Point[]> => {
      const { resourceMetrics } = await reader.collect();
      return resourceMetrics.scopeMetrics
        .flatMap(({ metrics }) => metrics)
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPoints }) => dataPoints.map(({ value, attributes }) => ({ value, attributes })));
    },
    /** Everything that was measured. */
    collect: () => reader.collect(),
  };
}

function names(spans: readonly ReadableSpan[]): string {
  return spans.map(({ name }) => name).join(", ");
}
