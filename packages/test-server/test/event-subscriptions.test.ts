import { describe, expect, test } from "vitest";
import { createTestServer, type TestServer, type TestServerOptions } from "../src/index.ts";
import { call, login } from "./support/api.ts";
import { everything, streamConnections, subscribePath } from "./support/event-stream.ts";

const uuid = "00000000-0000-4000-8000-000000000000";
const create = { event: "secret:create" };
const conditions = { secretPath: "/", environmentSlug: "dev" };

async function start(options?: TestServerOptions) {
  const server = createTestServer({ eventStream: "current", clock: { frozen: true }, ...options });
  const [, , transport] = streamConnections;
  const subscribe = await transport?.open(server);
  if (!subscribe) throw new Error("The connection is not open");
  return { server, subscribe, token: await login(server), projectId: server.projectId() };
}

/** What a refused subscription is answered with. */
async function refusal(server: TestServer, body: object, token?: string) {
  const response = await call(server, "POST", subscribePath, { body, token });
  expect(server.events.connections).toBe(0);
  return response;
}

describe("a subscription that is refused", () => {
  test("a subscription is refused without the option that grants it", async () => {
    const server = createTestServer();
    const body = { projectId: server.projectId(), register: [create] };
    const { status, body: answer } = await refusal(server, body, await login(server));
    expect([status, answer.error, answer.message]).toEqual([
      400,
      "BadRequest",
      "Failed to use event subscriptions due to plan restriction. Upgrade plan to access enterprise event subscriptions.",
    ]);
  });

  test("a subscription needs a token", async () => {
    const { server, projectId } = await start();
    const body = { projectId, register: [create] };
    expect((await refusal(server, body)).status).toBe(401);
    expect((await refusal(server, body, "garbage")).body.error).toBe("TokenError");
  });

  test.each([
    { register: [] },
    { register: Array.from({ length: 11 }, () => create) },
    { register: [{ event: "secret:read" }] },
    { register: [{ ...create, conditions: { secretPath: "/" } }] },
    { register: undefined },
  ])("a subscription to $register is not valid", async ({ register }) => {
    const { server, token, projectId } = await start();
    const { status, body } = await refusal(server, { projectId, register }, token);
    expect([status, body.error]).toEqual([422, "ValidationFailure"]);
    expect(body.message[0].path[0]).toBe("register");
  });

  test("a subscription to an older server needs conditions, and can have any number of events", async () => {
    const { server, subscribe, token, projectId } = await start({ eventStream: "older" });
    expect((await refusal(server, { projectId, register: [create] }, token)).status).toBe(422);
    for (const length of [0, 11]) {
      const register = Array.from({ length }, () => ({ ...create, conditions }));
      expect((await subscribe({ token, register })).status).toBe(200);
    }
  });

  test("a subscription needs a project that exists", async () => {
    const { server, token } = await start();
    const unknown = await refusal(server, { projectId: uuid, register: [create] }, token);
    expect([unknown.status, unknown.body.message]).toEqual([404, `Project with ${uuid} not found`]);
    expect((await refusal(server, { projectId: "no-uuid", register: [create] }, token)).status).toBe(500);
  });

  test.each([
    { event: "secret:create", action: "subscribe-on-created" },
    { event: "secret:update", action: "subscribe-on-updated" },
    { event: "secret:delete", action: "subscribe-on-deleted" },
    { event: "secret:import-mutation", action: "subscribe-on-import-mutations" },
  ])("a subscription to $event needs a role that allows $action", async ({ event, action }) => {
    const { server, subscribe, projectId } = await start({
      identities: [
        { name: "admin", universalAuth: {}, projectRoles: { "example-project": "admin" } },
        { name: "member", universalAuth: {}, projectRoles: { "example-project": "member" } },
        { name: "viewer", universalAuth: {}, projectRoles: { "example-project": "viewer" } },
        { name: "stranger", universalAuth: {} },
      ],
    });
    const place = { environmentSlug: "dev", secretPath: "/app/**" };
    const register = [{ event, conditions: place }];
    const viewer = await refusal(server, { projectId, register }, await login(server, "viewer"));
    expect(viewer.status).toBe(403);
    expect(viewer.body).toMatchObject({
      error: "PermissionDenied",
      message: "You are not allowed to subscribe on secret-events",
      details: { action, ...place },
    });
    const stranger = await refusal(server, { projectId, register }, await login(server, "stranger"));
    expect([stranger.status, stranger.body.error]).toEqual([403, "ProjectMembershipNotFound"]);
    expect((await subscribe({ token: await login(server, "member"), register })).status).toBe(200);
  });

  test("a subscription ends at the next check after its identity has left the project", async () => {
    const { server, subscribe, projectId } = await start({
      identities: [
        { name: "admin", universalAuth: {}, projectRoles: { "example-project": "admin" } },
        { name: "user", isUser: true, universalAuth: {} },
      ],
    });
    const members = `/api/v1/projects/${projectId}/memberships`;
    const token = await login(server);
    await call(server, "POST", members, { token, body: { usernames: ["user"] } });
    const stream = await subscribe({ token: await login(server, "user") });
    server.clock.advance(60_000);
    expect(server.events.connections).toBe(1);
    await call(server, "DELETE", members, { token, body: { usernames: ["user"] } });
    server.clock.advance(60_000);
    expect(server.events.connections).toBe(0);
    expect((await stream.end()).rest).toContain('"name":"ProjectMembershipNotFound"');
  });

  test("a subscription ends at the next check after the project was deleted", async () => {
    const { server, subscribe, token, projectId } = await start();
    const stream = await subscribe({ token });
    await call(server, "DELETE", `/api/v1/projects/${projectId}`, { token });
    server.clock.advance(60_000);
    expect((await stream.end()).rest).toContain(
      'event: error\ndata: {"type":"error","data":{"name":"NotFound"',
    );
  });
});

describe("what a subscription covers", () => {
  test.each([
    { pattern: "/", paths: ["/"] },
    { pattern: "/*", paths: ["/app", "/web"] },
    { pattern: "/**", paths: ["/", "/app", "/app/db", "/app/db/deep", "/web"] },
    { pattern: "/app", paths: ["/app"] },
    { pattern: "/app/*", paths: ["/app/db"] },
    { pattern: "/app/**", paths: ["/app", "/app/db", "/app/db/deep"] },
    { pattern: "/{app,web}", paths: ["/app", "/web"] },
    { pattern: "/nope", paths: [] },
    { pattern: "", paths: [] },
    { pattern: "[", paths: [] },
    { pattern: "/app/[", paths: [] },
  ])("a subscription to $pattern covers $paths", async ({ pattern, paths }) => {
    const { server, subscribe, token } = await start();
    const register = [{ ...create, conditions: { secretPath: pattern, environmentSlug: "dev" } }];
    const stream = await subscribe({ token, register });
    for (const path of ["/", "/app", "/app/db", "/app/db/deep", "/web"]) {
      server.secrets.set({ environment: "dev", path, key: "KEY", value: "hunter2" });
      server.secrets.set({ environment: "prod", path, key: "KEY", value: "hunter2" });
    }
    server.events.end();
    const { rest } = await stream.end();
    expect([...rest.matchAll(/"secretPath":"([^"]*)"/g)].map(([, path]) => path)).toEqual(paths);
  });

  test("a subscription without conditions covers the project, one without a path only the root", async () => {
    const { server, subscribe, token } = await start();
    const all = await subscribe({ token, register: [create] });
    const root = await subscribe({
      token,
      register: [{ ...create, conditions: { environmentSlug: "dev" } }],
    });
    for (const path of ["/", "/app"]) {
      for (const environment of ["dev", "prod"]) {
        server.secrets.set({ environment, path, key: "KEY", value: "hunter2" });
      }
    }
    server.events.end();
    expect((await all.end()).rest.match(/secretKey/g)).toHaveLength(4);
    expect((await root.end()).rest.match(/secretKey/g)).toHaveLength(1);
  });

  test("a subscription that covers a change twice hears of it once, and of other events never", async () => {
    const { server, subscribe, token } = await start();
    const stream = await subscribe({ token, register: [create, { ...create, conditions }] });
    server.secrets.set({ environment: "dev", key: "KEY", value: "hunter2" });
    server.secrets.set({ environment: "dev", key: "KEY", value: "hunter3" });
    server.secrets.delete({ environment: "dev", key: "KEY" });
    server.events.end();
    expect((await stream.end()).rest.match(/^id: /gm)).toHaveLength(1);
  });

  test("a subscription covers its own project only", async () => {
    const environments = [{ name: "Development", slug: "dev" }];
    const { server, subscribe, token } = await start({
      projects: [
        { name: "One", slug: "one", environments },
        { name: "Two", slug: "two", environments },
      ],
    });
    const stream = await subscribe({ token, register: everything });
    server.secrets.set({ project: "two", environment: "dev", key: "OTHER", value: "hunter2" });
    server.secrets.set({ project: "one", environment: "dev", key: "KEY", value: "hunter2" });
    server.events.end();
    expect((await stream.end()).rest).not.toContain("OTHER");
  });

  test("each project has five streams of its own for each identity", async () => {
    const environments = [{ name: "Development", slug: "dev" }];
    const { server, subscribe, token } = await start({
      projects: [
        { name: "One", slug: "one", environments },
        { name: "Two", slug: "two", environments },
      ],
      identities: ["admin", "other"].map((name) => ({
        name,
        universalAuth: {},
        projectRoles: { one: "admin", two: "admin" } as const,
      })),
    });
    for (let count = 0; count < 5; count += 1) await subscribe({ token });
    expect((await subscribe({ token })).status).toBe(429);
    expect((await subscribe({ token, projectId: server.projectId("two") })).status).toBe(200);
    expect((await subscribe({ token: await login(server, "other") })).status).toBe(200);
    expect(server.events.connections).toBe(7);
  });
});
