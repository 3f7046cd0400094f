import { type Meter, metrics, type Tracer, trace } from "@opentelemetry/api";
import { version } from "../package.json";

/** The instrumentation scope of what is created here. */
const scope = "@infisical/opentelemetry";

/** Returns the tracer that was passed, or that of the global provider, which can be registered later. */
export function tracerOf(passed: Tracer | undefined): Tracer {
  return passed ?? trace.getTracer(scope, version);
}

/** Returns the meter that was passed, or that of the global provider: another one once another provider is registered. */
export function meterSource(passed: Meter | undefined): () => Meter {
  if (passed) return () => passed;
  let provider: unknown;
  let meter: Meter | undefined;
  return () => {
    const current = metrics.getMeterProvider();
    if (!meter || current !== provider) meter = current.getMeter(scope, version);
    provider = current;
    return meter;
  };
}
