import { expect, test } from "vitest";
import {
  type AuthStrategy,
  type ClientOptions,
  type Clock,
  createClient,
  type HttpRequest,
  type Transport,
  type TransportResponse,
  tokenAuth,
} from "../src/index.ts";
import { Slots } from "../src/support/wait.ts";

interface Held {
  readonly name: string;
  readonly answer: (response?: Partial<TransportResponse>) => void;
}

/** A client whose requests wait for a test to answer them. */
function startHeld(options: ClientOptions = {}) {
  const held: Held[] = [];
  let onArrival = (): void => undefined;
  const transport: Transport = ({ url, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      const answer: Held["answer"] = (response) =>
        resolve({ status: 200, headers: {}, body: "{}", ...response });
      held.push({ name: url.slice(url.lastIndexOf("/") + 1), answer });
      onArrival();
    });
  const stream: Transport["stream"] = async (request) => {
    const { body, ...response } = await transport(request);
    return {
      ...response,
      body: (async function* () {
        yield body;
      })(),
    };
  };
  Object.assign(transport, { stream });
  const client = createClient({ auth: tokenAuth({ token: "a-token" }), transport, ...options });
  const get = (name: string, more: Partial<HttpRequest> = {}): Promise<unknown> => {
    const call = client.request({ method: "GET", path: `/api/${name}`, ...more });
    call.catch(() => undefined);
    return call;
  };
  /** The next request that has arrived, or arrives. */
  const next = async (): Promise<Held> => {
    while (held.length === 0)
      await new Promise<void>((resolve) => {
        onArrival = resolve;
      });
    return held.shift() as Held;
  };
  return { client, get, next, held };
}
const limited = {
  status: 429,
  headers: { "retry-after": "10" },
  body: JSON.stringify({ statusCode: 429, error: "RateLimitExceeded", message: "Rate limit exceeded" }),
};
/** Logs in without a request, so that only renewals send one. */
const strategy: AuthStrategy = {
  name: "local",
  login: async () => ({ accessToken: "a-token", expiresIn: 3600, accessTokenMaxTTL: 86_400 }),
};
const oneLeft = { headers: { "x-ratelimit-remaining": "1" } };

/** A clock whose sleeps end when a test lets them, in no time that passes by itself. */
function startClock() {
  let time = 0;
  const sleepers: (() => void)[] = [];
  const clock: Clock = {
    now: () => time,
    sleep: () => new Promise((wake) => sleepers.push(wake)),
  };
  const advance = (milliseconds: number): void => {
    time += milliseconds;
    for (const wake of sleepers.splice(0)) wake();
  };
  return { clock, advance };
}

/** A client that sends one request at a time, since a server has just limited its rate. */
async function startNarrow(options: ClientOptions = {}) {
  const { clock, advance } = startClock();
  const started = startHeld({ clock, ...options });
  const { get, next } = started;
  const before = get("before");
  (await next()).answer(limited);
  await settled();
  advance(10_000);
  (await next()).answer(oneLeft);
  await before;
  return { ...started, advance };
}

/** Resolves when everything that needs no answer and no time has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("whoever leaves while the next pause runs leaves the turn to those behind", async () => {
  const { get, next, advance } = await startNarrow();
  const leaving = new AbortController();
  get("first", { signal: leaving.signal });
  const first = await next();
  get("second", { signal: leaving.signal });
  get("third");
  await settled();
  first.answer(limited);
  await settled();
  leaving.abort();
  await settled();
  advance(10_000);
  expect((await next()).name).toBe("third");
});

test("whoever leaves while others have the only slot leaves the turn to those behind", async () => {
  const { client, get, next } = await startNarrow({ maxConcurrent: 1 });
  const leaving = new AbortController();
  get("first");
  const first = await next();
  const stream = client.request({ method: "GET", path: "/api/stream", streamed: true });
  get("second", { signal: leaving.signal });
  get("third");
  await settled();
  first.answer(oneLeft);
  const streamed = await next();
  await settled();
  leaving.abort();
  await settled();
  streamed.answer();
  await stream;
  expect((await next()).name).toBe("third");
});

test("a renewal that is limited once does not end the calls that wait behind it", async () => {
  const { client, get, next, advance } = await startNarrow({ auth: strategy });
  const renewed = client.auth().renew();
  const renewal = await next();
  expect(renewal.name).toBe("renew");
  const waiting = get("waiting");
  await settled();
  renewal.answer(limited);
  await renewed;
  await settled();
  advance(10_000);
  (await next()).answer();
  await expect(waiting).resolves.toEqual({});
});

const refusals = [
  [400, "BadRequest"],
  [403, "PermissionDenied"],
  [404, "NotFound"],
] as const;
test.each(refusals)("requests that the server answers with %i were let in as well", async (status, error) => {
  const { get, next, held } = await startNarrow();
  const calls = Array.from({ length: 40 }, (_, index) => get(`call-${index}`));
  let mostAtOnce = 0;
  for (let answered = 0; answered < calls.length; ) {
    const arrived = [await next(), ...held.splice(0)];
    mostAtOnce = Math.max(mostAtOnce, arrived.length);
    answered += arrived.length;
    const body = JSON.stringify({ statusCode: status, error, message: "No." });
    for (const { answer } of arrived) answer({ status, body });
    await settled();
  }
  expect(mostAtOnce).toBeGreaterThan(4);
});

test("however many wait for a slot and release it at once, nobody's is lost", () => {
  const slots = new Slots(1);
  slots.take();
  let count = 0;
  for (let index = 0; index < 100_000; index += 1) {
    slots.whenFree(() => {
      count += 1;
      slots.release();
    });
  }
  slots.release();
  expect(count).toBe(100_000);
  expect(slots.taken).toBe(0);
});
