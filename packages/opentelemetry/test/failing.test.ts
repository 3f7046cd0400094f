import { secrets } from "@infisical/secrets";
import { context, type Meter, ROOT_CONTEXT, type Tracer } from "@opentelemetry/api";
import { BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test } from "vitest";
import { failureOf, start } from "#test-kit";
import { telemetry } from "../src/index.ts";
import { record } from "./recorder.ts";

const seed = {
  projects: [
    {
      ...{ name: "Shop", slug: "shop", environments: [{ name: "Development", slug: "dev" }] },
      secrets: { dev: { "/": { KNOWN: "a-known-value" } } },
    },
  ],
};

/** Whatever is asked of it works, until the given number of functions have been called; then everything throws. */
function failingAfter<Value extends object>(working: Value, allowed: { left: number }): Value {
  return new Proxy(working, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== "function") return found;
      return (...parameters: unknown[]) => {
        allowed.left -= 1;
        if (allowed.left < 0) throw new Error("telemetry is broken");
        const result: unknown = found.apply(target, parameters);
        return typeof result === "object" && result !== null && result !== target
          ? failingAfter(result, allowed)
          : result;
      };
    },
  });
}

async function callWith(observerOf: () => ReturnType<typeof telemetry>) {
  const { client, location } = await start({ server: seed, plugins: [secrets()], observer: observerOf() });
  const read = (secretName: string) => client.secrets().getSecret({ ...location, secretName });
  expect((await read("KNOWN")).secretValue).toBe("a-known-value");
  expect((await failureOf(read("MISSING"))).code).toBe("NOT_FOUND");
  await client.close();
}

test.each([0, 1, 2, 3, 4, 5, 7, 9, 12])(
  "a tracer and a meter that fail from their call %i on cost no call its result",
  async (calls) => {
    const { tracer, meter } = record();
    const tracing = { left: calls };
    const metering = { left: calls };
    await callWith(() =>
      telemetry({
        tracer: failingAfter<Tracer>(tracer, tracing),
        meter: failingAfter<Meter>(meter, metering),
      }),
    );
    expect(tracing.left).toBeLessThan(0);
    expect(metering.left).toBeLessThan(0);
  },
);

test("a tracer that returns nothing, and a context that cannot be entered, cost no call its result", async () => {
  const nothing = () => undefined as never;
  await callWith(() => telemetry({ tracer: { startSpan: nothing, startActiveSpan: nothing } }));
  const ended: string[] = [];
  const none = async () => undefined;
  const onEnd = ({ name }: ReadableSpan) => ended.push(name);
  const spanProcessors = [{ onStart: nothing, onEnd, forceFlush: none, shutdown: none }];
  const tracer = new BasicTracerProvider({ spanProcessors }).getTracer("test");
  const refuse = () => {
    throw new Error("no context");
  };
  context.setGlobalContextManager({
    active: () => ROOT_CONTEXT,
    with: refuse,
    bind: refuse,
    enable: nothing,
    disable: nothing,
  });
  onTestFinished(() => context.disable());
  await callWith(() => telemetry({ tracer }));
  // They are told nevertheless, apart from each other.
  expect(ended).toEqual([
    "infisical auth.login",
    "infisical secrets.getSecret",
    "infisical secrets.getSecret",
  ]);
});
