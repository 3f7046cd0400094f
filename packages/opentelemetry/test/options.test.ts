import { createClient } from "@infisical/core";
import { InfisicalSDK } from "@infisical/sdk";
import { expect, test } from "vitest";
import { type TelemetryOptions, telemetry } from "../src/index.ts";

test.each<[string, unknown, string]>([
  [
    "a tracer that is a provider",
    { tracer: { getTracer: () => undefined } },
    "tracer must be a tracer, for example trace.getTracer(...)",
  ],
  ["a tracer that is a text", { tracer: "spans" }, "tracer must be a tracer"],
  [
    "a text instead of a tracer, which is not shown",
    { tracer: "hunter2" },
    "tracer must be a tracer, for example trace.getTracer(...), got a string.",
  ],
  [
    "a text instead of a meter, which is not shown",
    { meter: "hunter2" },
    "meter must be a meter, for example metrics.getMeter(...), got a string.",
  ],
  ["a meter that is null", { meter: null }, "meter must be a meter, for example metrics.getMeter(...)"],
  ["a meter without histograms", { meter: { createCounter: () => undefined } }, "meter must be a meter"],
  ["another kind", { spanKind: "server" }, 'spanKind must be one of "client", "internal"'],
  ["an option that is misspelt", { tracr: {} }, "tracr is not an option; did you mean tracer?"],
  ["something else than options", [], "options must be an object with tracer, meter, spanKind"],
])("%s is refused by name", (_, options, message) => {
  const make = () => telemetry(options as TelemetryOptions);
  expect(make).toThrow(message);
  expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
});

test("what is not an observer is refused by name, by both clients", () => {
  const observer = "telemetry" as never;
  const refusal = "observer must be an observer, for example telemetry()";
  expect(() => createClient({ observer })).toThrow(refusal);
  expect(() => new InfisicalSDK({ observer })).toThrow(refusal);
  expect(() => createClient({ observer: telemetry as never })).toThrow("is not an option");
});
