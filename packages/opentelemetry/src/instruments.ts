import type { Attributes, Counter, Histogram, Meter, Observable, ObservableResult } from "@opentelemetry/api";
import { quietly } from "./quietly.ts";

/** Takes a measurement. It never throws. */
type Measure = (value: number, attributes: Attributes) => void;

/** Figures that are asked for when metrics are collected. */
type Figures = () => Iterable<readonly [number, Attributes]>;

/** What is measured. */
export interface Instruments {
  readonly calls: Measure;
  readonly errors: Measure;
  readonly retries: Measure;
  readonly cacheHits: Measure;
  /** In seconds. */
  readonly callDuration: Measure;
  /** In seconds. */
  readonly loginDuration: Measure;
}

/** The bounds that OpenTelemetry recommends for the durations of HTTP requests, and some below, for answers of a cache. */
const bounds = [0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30];

/** Creates the instruments of a meter. */
export function createInstruments(
  meter: Meter,
  observed: { readonly tokenAges: Figures; readonly leases: Figures },
): Instruments {
  const count = (name: string, unit: string, description: string): Measure => {
    const counter: Counter = meter.createCounter(`infisical.client.${name}`, { unit, description });
    return (value, attributes) => void quietly(() => counter.add(value, attributes));
  };
  const time = (name: string, description: string): Measure => {
    const advice = { explicitBucketBoundaries: bounds };
    const options = { unit: "s", description, advice };
    const histogram: Histogram = meter.createHistogram(`infisical.client.${name}`, options);
    return (value, attributes) => void quietly(() => histogram.record(value, attributes));
  };
  observe(
    meter.createObservableGauge("infisical.client.token.age", {
      unit: "s",
      description: "Age of the oldest access token in use.",
    }),
    observed.tokenAges,
  );
  observe(
    meter.createObservableUpDownCounter("infisical.client.lease.count", {
      unit: "{lease}",
      description: "Leases that were created and are neither revoked nor expired.",
    }),
    observed.leases,
  );
  return {
    calls: count("calls", "{call}", "Calls that ended."),
    errors: count("errors", "{error}", "Calls and logins that failed."),
    retries: count("retries", "{retry}", "Requests that were sent again after a failure."),
    cacheHits: count("cache.hits", "{hit}", "Reads that a cache answered."),
    callDuration: time("call.duration", "Duration of calls, with their retries and waits."),
    loginDuration: time("login.duration", "Duration of logins and renewals."),
  };
}

function observe(instrument: Observable, figures: Figures): void {
  instrument.addCallback((result: ObservableResult) => {
    // An error would end the collection of other metrics as well.
    quietly(() => {
      for (const [value, attributes] of figures()) result.observe(value, attributes);
    });
  });
}
