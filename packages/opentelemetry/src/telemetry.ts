import type { Observer } from "@infisical/core";
import { fieldsOf, oneOf, optionError } from "@infisical/core/authoring";
import type { Meter, Tracer } from "@opentelemetry/api";
import { Measurements } from "./measurements.ts";
import { ObservedState } from "./observed-state.ts";
import { meterSource, tracerOf } from "./providers.ts";
import { spansAround } from "./spans.ts";

/**
 * Where traces and metrics go.
 *
 * @example
 * import { telemetry } from "@infisical/opentelemetry";
 * import { metrics, trace } from "@opentelemetry/api";
 * const observer = telemetry({
 *   tracer: trace.getTracer("shop"),
 *   meter: metrics.getMeter("shop"),
 *   spanKind: "internal",
 * });
 */
export interface TelemetryOptions {
  /**
   * What creates the spans.
   *
   * @defaultValue the tracer `@infisical/opentelemetry` of the global provider, which can be registered later
   */
  readonly tracer?: Tracer | undefined;
  /**
   * What creates the metrics.
   *
   * @defaultValue the meter `@infisical/opentelemetry` of the global provider, which can be registered later
   */
  readonly meter?: Meter | undefined;
  /**
   * The kind of the spans: `"client"`, or `"internal"` where an instrumentation of HTTP makes spans of kind client within
   * them and a backend counts those.
   *
   * @defaultValue "client"
   */
  readonly spanKind?: "client" | "internal" | undefined;
}

const parseOptions = fieldsOf({
  "tracer?": having(["startSpan"], "a tracer, for example trace.getTracer(...)"),
  "meter?": having(
    ["createCounter", "createHistogram", "createObservableGauge", "createObservableUpDownCounter"],
    "a meter, for example metrics.getMeter(...)",
  ),
  "spanKind?": oneOf("client", "internal"),
});

/**
 * Makes traces and metrics of what clients do, for their option `observer`.
 *
 * Every call is a span, and so is every login. The span is active meanwhile, so that the spans of HTTP
 * instrumentations are its children. No span and no metric contains a credential or a value; names of secrets and their
 * places are in spans only with the client's `namesInEvents`. A tracer or a meter that fails changes nothing for a call.
 *
 * @param options - Where they go; see {@link TelemetryOptions}.
 * @returns An observer, for any number of clients.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { telemetry } from "@infisical/opentelemetry";
 * createClient({ observer: telemetry() });
 */
export function telemetry(options: TelemetryOptions = {}): Observer {
  const { tracer: passed, meter, spanKind = "client" } = parseOptions("", options) as TelemetryOptions;
  const tracer = tracerOf(passed);
  const measurements = new Measurements(meterSource(meter));
  return (client) => {
    const state = new ObservedState(client);
    measurements.follow(state);
    client.onClose(() => measurements.forget(state));
    return {
      onEvent: (event) => {
        state.update(event);
        measurements.record(event, state);
      },
      around: spansAround(tracer, spanKind, state),
    };
  };
}

/** The rule for an object with these functions. Tracers and meters of every release of the API have them. */
function having(functions: readonly string[], what: string) {
  return (option: string, value: unknown): unknown => {
    const found = Object(value) as Readonly<Record<string, unknown>>;
    if (functions.every((name) => typeof found[name] === "function")) return value;
    throw optionError(option, `must be ${what}`, value);
  };
}
