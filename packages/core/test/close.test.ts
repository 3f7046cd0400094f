import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { failureOf, start, strategyFor } from "#test-kit";
import { createClient, definePlugin, type PluginContext, type Transport } from "../src/index.ts";
import { count, list } from "./calls.ts";

const status = { method: "GET", path: "/api/status" } as const;
const closed = { code: "CLIENT_CLOSED", message: "The client is closed: create a new one." };

test("a closed client refuses calls and logins, and sends nothing", async () => {
  const { server, client, location } = await start();
  await list(client, location);
  await client.close();
  const sent = server.requests.length;
  expect(await failureOf(list(client, location))).toMatchObject(closed);
  expect(await failureOf(client.auth().login())).toMatchObject(closed);
  expect(server.requests).toHaveLength(sent);
});

test("calls in flight finish, calls made while the client closes are refused", async () => {
  let respond = (): void => undefined;
  const transport: Transport = () =>
    new Promise((resolve) => {
      respond = () => resolve({ status: 200, headers: {}, body: '"done"' });
    });
  const client = createClient({ transport });
  client.auth().accessToken("a-token");
  const call = client.request(status);
  const closing = client.close();
  expect(client.close()).toBe(closing);
  expect(await failureOf(client.request(status))).toMatchObject(closed);
  respond();
  expect(await call).toBe("done");
  await closing;
});

test("the token lives on unless it is to be revoked", async () => {
  const { server, connect } = await start();
  const revocations = (): number => count(server, "POST", "/api/v1/auth/token/revoke");
  for (const options of [undefined, { revokeToken: false }, { revokeToken: true }]) {
    const client = connect();
    await client.auth().login();
    await client.close(options);
  }
  expect(revocations()).toBe(1);
});

test("a token that cannot be revoked is reported, and the client closes anyway", async () => {
  const { server, client } = await start({ retry: false });
  await client.auth().login();
  server.fail({ path: "/api/v1/auth/token/revoke" }, { status: 500 });
  expect(await failureOf(client.close({ revokeToken: true }))).toMatchObject({ code: "SERVER_ERROR" });
  expect(await failureOf(client.request(status))).toMatchObject(closed);
});

test("what a plugin keeps going is ended once, with a client that still sends", async () => {
  const { connect } = await start();
  const ended: string[] = [];
  let context: PluginContext | undefined;
  const plugin = definePlugin("keeper", (given) => {
    context = given;
    return {};
  });
  const client = connect({ plugins: [plugin] });
  context?.onClose(async (reason) => {
    ended.push(String(reason));
    await context?.closingHttp.request(status);
    ended.push("sent");
    expect(await failureOf(context?.http.request(status) ?? Promise.resolve())).toMatchObject(closed);
  });
  context?.onClose(() => Promise.reject(new Error("a plugin that cannot end")));
  context?.onClose(() => {
    throw new Error("a plugin that throws");
  });
  const forget = context?.onClose(() => void ended.push("taken back"));
  forget?.();
  await client.close();
  await client.close();
  expect(ended).toEqual(["InfisicalSDKError: The client is closed: create a new one.", "sent"]);
  expect(await failureOf(context?.closingHttp.request(status) ?? Promise.resolve())).toMatchObject(closed);
});

test("what a call under way has begun is ended too", async () => {
  const { server, siteUrl } = await start();
  let ended = 0;
  const plugin = definePlugin("keeper", ({ http, onClose }) => ({
    begin: async () => {
      await http.request(status);
      onClose(() => {
        ended += 1;
      });
    },
  }));
  const client = createClient({ siteUrl, auth: strategyFor(server), plugins: [plugin] });
  const begun = client.keeper().begin();
  await client.close();
  await begun;
  expect(ended).toBe(1);
});

test("a transport that was handed in stays open, since others may use it", async () => {
  let closedTransports = 0;
  const transport: Transport = Object.assign(async () => ({ status: 200, headers: {}, body: "{}" }), {
    close: () => {
      closedTransports += 1;
    },
  });
  await createClient({ transport }).close();
  expect(closedTransports).toBe(0);
});

test("the client's own connections are closed", async () => {
  const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const client = createClient({ siteUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  client.auth().accessToken("a-token");
  const connections = (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_, number) => resolve(number)));
  await client.request(status);
  expect(await connections()).toBe(1);
  await client.close();
  await expect.poll(connections).toBe(0);
});

test("`await using` closes the client at the end of its block", async () => {
  const { connect } = await start();
  let kept: { request: typeof leaked.request } | undefined;
  const leaked = connect();
  {
    await using client = leaked;
    kept = client;
  }
  expect(await failureOf(kept.request(status))).toMatchObject(closed);
});

test("a client that closes waits for a login under way, and refuses another one", async () => {
  const { server, client } = await start();
  const login = client.auth().login();
  const closing = client.close({ revokeToken: true });
  expect(await failureOf(client.auth().login())).toMatchObject(closed);
  await login;
  await closing;
  expect(count(server, "POST", "/api/v1/auth/token/revoke")).toBe(1);
});
