import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { failureOf, printed, start, warningsOf } from "#test-kit";
import { environmentAuth } from "../src/index.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) vi.stubEnv(name, undefined);
});

afterEach(() => vi.unstubAllEnvs());

/** A server, a token of one of its identities that lives 10 minutes, and a client that has nothing else. */
async function startWithToken(variable = "INFISICAL_TOKEN") {
  const {
    server,
    client: issuer,
    connect,
  } = await start({
    server: {
      identities: [
        {
          name: "app",
          projectRoles: { "example-project": "viewer" },
          universalAuth: { accessTokenTTL: 600, accessTokenMaxTTL: 600 },
        },
      ],
    },
  });
  await issuer.auth().login();
  const token = issuer.auth().getAccessToken() ?? "";
  const auth = environmentAuth({ environment: { [variable]: token } });
  const client = connect({ auth, retry: false });
  const call = () => client.request({ method: "GET", path: "/api/v1/projects" });
  return { server, token, auth, client, call };
}

describe.each(["INFISICAL_TOKEN", "INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN"])("a token in %s", (variable) => {
  test("is used until it ends, with one warning in the last minute and an error afterwards", async () => {
    const warnings = warningsOf();
    const { server, token, auth, client, call } = await startWithToken(variable);
    await server.clock.advance(5 * 60_000);
    await call();
    expect(auth.name).toBe("environment (token-auth)");
    expect(client.auth().getAccessToken()).toBe(token);
    await server.clock.advance(3.5 * 60_000);
    await call();
    expect(warnings).toEqual([]);
    await server.clock.advance(35_000);
    await call();
    await vi.waitFor(() => expect(warnings).toHaveLength(1));
    expect(warnings[0]).toContain("INFISICAL_TOKEN_ENDS");
    expect(warnings[0]).toMatch(new RegExp(`The token in ${variable} ends at 20\\S+Z\\. Set another one`));
    await server.clock.advance(52_000);
    await call();
    await server.clock.advance(10_000);
    const error = await failureOf(call());
    expect(error.code).toBe("AUTH_FAILED");
    expect(error.message).toContain(`The token in ${variable} ended at `);
    expect(error.message).toContain(
      "or log in with a machine identity, whose tokens are replaced by themselves.",
    );
    expect(warnings).toHaveLength(1);
    expect(printed([error, auth, client, warnings])).not.toContain(token);
    const logins = server.requests.filter(({ path }) => path.endsWith("/login"));
    expect(logins).toHaveLength(1);
  });
});

test("a token that has ended is not sent", async () => {
  const { server, call } = await startWithToken();
  const sent = server.requests.length;
  await server.clock.advance(11 * 60_000);
  expect((await failureOf(call())).code).toBe("AUTH_FAILED");
  expect(server.requests).toHaveLength(sent);
});

test("a token that does not tell when it ends is used as it is", async () => {
  const { connect } = await start();
  const environment = { INFISICAL_TOKEN: "hunter2-opaque" };
  const client = connect({ auth: environmentAuth({ environment }), retry: false });
  const error = await failureOf(client.request({ method: "GET", path: "/api/v1/projects" }));
  expect(client.auth().getAccessToken()).toBe("hunter2-opaque");
  expect(printed(error)).not.toContain("hunter2");
});

test("a service token is refused with what to use instead, and is not shown", async () => {
  const { server, connect } = await start();
  const environment = { INFISICAL_TOKEN: "st.an-id.hunter2.more" };
  const client = connect({ auth: environmentAuth({ environment }) });
  const error = await failureOf(client.request({ method: "GET", path: "/api/v1/projects" }));
  expect(error.code).toBe("INVALID_OPTION");
  expect(error.message).toContain("create a machine identity with Universal Auth");
  expect(printed(error)).not.toContain("hunter2");
  expect(server.requests).toEqual([]);
});
