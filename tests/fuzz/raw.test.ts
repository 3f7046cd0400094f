import { createClient, type Transport, TransportError } from "@infisical/core";
import { kyTransport } from "@infisical/core/ky";
import { nodeTransport } from "@infisical/core/node";
import { undiciTransport } from "@infisical/transport-undici";
import fc from "fast-check";
import { expect, test } from "vitest";
import { meaningless, rawResponse, understood } from "./corpora.ts";
import { Leftovers } from "./leftovers.ts";
import { startRawServer } from "./raw-server.ts";
import { hold, testTimeout } from "./settings.ts";
import { outcomeOf } from "./verdict.ts";

/** Node 20's own `fetch` never ends where what it decompresses breaks off: only a time limit ends that. */
const waitsForEver = (name: string, raw: string): boolean =>
  name === "kyTransport" && /^(?:content-encoding|content-length|transfer-encoding):/im.test(raw);

const transports = { kyTransport, nodeTransport, undiciTransport };
type Name = keyof typeof transports;
const now = Date.parse("Thu, 26 Nov 2026 12:00:00 GMT");

/** A clock that stands still; waits are over at once, and noted. */
function stillClock() {
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
  };
}

test("a raw response of any kind is a response, or an error that a transport may have", {
  timeout: testTimeout,
}, async () => {
  const leftovers = new Leftovers();
  const server = await startRawServer();
  leftovers.begin();
  const made = Object.fromEntries(Object.entries(transports).map(([name, make]) => [name, make()]));
  const property = fc.asyncProperty(
    fc.constantFrom(...(Object.keys(transports) as Name[])),
    rawResponse,
    fc.boolean(),
    async (name, raw, idempotent) => {
      if (waitsForEver(name, raw)) return;
      server.say(raw);
      const transport = made[name] as Transport;
      await leftovers.during(async () => {
        const { signal } = new AbortController();
        const method = idempotent ? "GET" : "POST";
        const sent = transport({ method, url: `${server.siteUrl}/`, headers: {}, idempotent, signal });
        const error = await sent.then(
          ({ status, headers, body }) => {
            const isHeaders = Object.values(headers).every((value) => typeof value === "string");
            if (Number.isInteger(status) && isHeaders && typeof body === "string") return undefined;
            throw new Error(`${name} resolved to something other than a response: ${status}`);
          },
          (reason: unknown) => reason,
        );
        if (error !== undefined && !(error instanceof TransportError)) throw error;
        const clock = stillClock();
        const retry = { limit: 1, baseDelay: 10, maxDelay: 1000 };
        const client = createClient({ siteUrl: server.siteUrl, transport, clock, retry });
        client.auth().accessToken("fuzz-access-token");
        await outcomeOf(name, true, () => client.request({ method, path: "/api/v1/folders" }));
        const isOdd = clock.waits.some((wait) => !(wait >= 0 && wait <= 1000));
        if (isOdd) throw new Error(`${name} waits for ${clock.waits.join()}`);
      });
    },
  );
  await hold("raw responses", property, { share: 0.15, runs: 600 });
  for (const transport of Object.values(made)) transport.close?.();
  await server.close();
  // The platform's `fetch` keeps its connections for itself, but the server has closed them.
  await leftovers.end();
});

test("Retry-After is understood where HTTP defines it, and means nothing elsewhere", async () => {
  const cases = [...understood, ...meaningless.map((value) => [value, undefined] as const)];
  const body = JSON.stringify({
    statusCode: 429,
    message: "Rate limit exceeded",
    error: "RateLimitExceeded",
  });
  for (const [value, seconds] of cases) {
    const transport: Transport = async () => ({ status: 429, headers: { "retry-after": value }, body });
    const clock = stillClock();
    const retry = { limit: 1, baseDelay: 10, maxDelay: 2 ** 31 };
    const client = createClient({ siteUrl: "https://fuzz.example", transport, clock, retry });
    client.auth().accessToken("fuzz-access-token");
    const error: unknown = await client
      .request({ method: "GET", path: "/api/v1/folders" })
      .catch((reason: unknown) => reason);
    expect(error, value).toMatchObject({ code: "RATE_LIMITED", retryAfter: seconds });
  }
});
