import { InfisicalSDK, type TransportRequest, tokenAuth } from "@infisical/sdk";
import { beforeAll, expect, test } from "vitest";
import { type KnownMethod, learnMethods } from "./known-methods.ts";
import { testTimeout } from "./settings.ts";

let known: readonly KnownMethod[] = [];
beforeAll(async () => {
  known = await learnMethods();
}, testTimeout);

/** What a call sent, and whether it succeeded. */
async function sent(method: KnownMethod, args: readonly unknown[]): Promise<string> {
  const requests: TransportRequest[] = [];
  const replay = method.replay((response) => response);
  const client = new InfisicalSDK({
    auth: tokenAuth({ token: "some-token" }),
    retry: false,
    clock: { now: () => 1_700_000_000_000, sleep: () => new Promise(() => {}) },
    transport: (request) => {
      requests.push(request);
      return replay(request);
    },
  });
  let succeeded = true;
  try {
    await method.call(client, args);
  } catch {
    succeeded = false;
  }
  const shown = requests.map(({ method: verb, url, body = "" }) => `${verb} ${url} ${withoutProof(body)}`);
  return [...shown, `succeeded: ${succeeded}`].join("\n");
}

/** A signature is another one each time. */
function withoutProof(body: string): string {
  return body.replace(/"iamRequestHeaders":"[^"]*"/, "");
}

async function whileInherited<T>(name: string, value: unknown, run: () => Promise<T>): Promise<T> {
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

const aborted = AbortSignal.abort();

test("an option that is merely inherited changes nothing, whatever the method", {
  timeout: testTimeout,
}, async () => {
  const changed: string[] = [];
  for (const method of known) {
    for (const [index, options] of method.args.entries()) {
      if (Object.getPrototypeOf(Object(options)) !== Object.prototype) continue;
      // A strategy may be an instance of a class, whose methods are inherited.
      if ("login" in Object(options)) continue;
      for (const [name, value] of Object.entries({ ...Object(options), signal: aborted })) {
        const without = Object.entries(Object(options)).filter(([other]) => other !== name);
        const args = method.args.map((arg, at) => (at === index ? Object.fromEntries(without) : arg));
        const expected = await sent(method, args);
        const actual = await whileInherited(name, value, () => sent(method, args));
        if (actual !== expected) changed.push(`${method.name}: ${name}\n${actual}\ninstead of\n${expected}`);
      }
    }
  }
  expect(changed).toEqual([]);
});

/** Options that no learned call passes, or whose inherited value would change a later request of the call. */
const further: Readonly<Record<string, unknown>> = {
  expiration: new Date(0),
  metadataFilter: [{ key: "k", value: "v" }],
  mode: "upsert",
  recursive: true,
  secretPath: "/inherited",
  strict: true,
  tagSlugs: ["inherited"],
  timeout: 1,
  viewSecretValue: false,
};

test("an inherited option of another method changes nothing either", { timeout: testTimeout }, async () => {
  const others: Record<string, unknown> = {};
  for (const { args } of known)
    for (const options of args)
      if (Object.getPrototypeOf(Object(options)) === Object.prototype) Object.assign(others, options);
  const changed: string[] = [];
  for (const method of known) {
    const expected = await sent(method, method.args);
    const own = new Set(method.args.flatMap((options) => Object.keys(Object(options))));
    for (const [name, value] of Object.entries({ ...others, ...further, signal: aborted })) {
      if (own.has(name)) continue;
      const actual = await whileInherited(name, value, () => sent(method, method.args));
      if (actual !== expected) changed.push(`${method.name}: ${name}\n${actual}\ninstead of\n${expected}`);
    }
  }
  expect(changed).toEqual([]);
});
