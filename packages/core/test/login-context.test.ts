import { expect, test } from "vitest";
import { failureOf, jumpingClock } from "#test-kit";
import { type AuthStrategy, createClient, InfisicalSDKError } from "../src/index.ts";

const request = { method: "GET", path: "/api/x" } as const;
const hour = 3_600_000;

/** A client whose server's clock is an hour behind. */
function startAhead(auth: AuthStrategy) {
  const clock = jumpingClock();
  const transport = async () => {
    const headers = { date: new Date(clock.now() - hour).toUTCString() };
    return { status: 200, headers, body: "{}" };
  };
  return { clock, client: createClient({ auth, clock, transport }) };
}

test("a strategy waits by the client's clock", async () => {
  const { clock, client } = startAhead({
    name: "own",
    login: async (context) => {
      await context.clock?.sleep(5000);
      return { accessToken: "a-token" };
    },
  });
  await client.request(request);
  expect(clock.waits).toEqual([5000]);
});

test("a proof that states the time is made once more if the response shows that the clock is wrong", async () => {
  const times: number[] = [];
  const { clock, client } = startAhead({
    name: "own",
    login: async ({ http, clock: ofServer }) => {
      times.push(ofServer?.now() ?? Number.NaN);
      await http.request({ method: "POST", path: "/api/login", body: {} });
      throw new InfisicalSDKError("too early", { code: "INVALID_RESPONSE" });
    },
  });
  const began = clock.now();
  expect(await failureOf(client.request(request))).toMatchObject({ message: "too early" });
  expect(times.map((time) => Math.round((time - began) / hour))).toEqual([0, -1]);

  // From now on the time is known, and a failure has another reason.
  expect(await failureOf(client.auth().login())).toMatchObject({ message: "too early" });
  expect(times).toHaveLength(3);
});

test("a proof that does not state the time is made once", async () => {
  let logins = 0;
  const { client } = startAhead({
    name: "own",
    login: async ({ http }) => {
      logins += 1;
      await http.request({ method: "POST", path: "/api/login", body: {} });
      throw new InfisicalSDKError("no", { code: "INVALID_RESPONSE" });
    },
  });
  await failureOf(client.request(request));
  expect(logins).toBe(1);
});

test("the end that a token states is one of the server's clock", async () => {
  let logins = 0;
  const { clock, client } = startAhead({
    name: "own",
    login: async ({ http, now }) => {
      logins += 1;
      await http.request({ method: "POST", path: "/api/login", body: {} });
      const claims = { exp: Math.round((now?.() ?? Number.NaN) / 1000) + 60 };
      return { accessToken: `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln` };
    },
  });
  await client.request(request);
  clock.advance(50_000);
  await client.request(request);
  expect(logins).toBe(1);
  clock.advance(12_000);
  await client.request(request);
  expect(logins).toBe(2);
});
