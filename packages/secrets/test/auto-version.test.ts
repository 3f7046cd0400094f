import { describe, expect, test } from "vitest";
import { startSecrets } from "./start-secrets.ts";
import { pairs } from "./summaries.ts";

const project = { secrets: { dev: { "/": { A: "a", B: "b" } } } };

/** A client that may use v4, of a server that has it or, as older ones, does not. */
async function startAuto(server: "current" | "older" = "current") {
  const started = await startSecrets(project, "auto");
  const forgetV4 = () => started.server.fail({ path: /^\/api\/v4\//, times: Infinity }, routeNotFound);
  if (server === "older") forgetV4();
  const paths = () =>
    started.server.requests.map(({ path }) => path).filter((path) => path.includes("/secrets"));
  return { ...started, paths, forgetV4 };
}

const routeNotFound = {
  status: 404,
  body: { message: "Route GET:/api/v4/secrets not found", error: "Not Found", statusCode: 404 },
};

describe('apiVersion "auto"', () => {
  test("uses v4 where the server has it", async () => {
    const { api, location, paths } = await startAuto();
    expect(pairs((await api.listSecrets(location)).secrets)).toEqual({ A: "a", B: "b" });
    await api.getSecret({ ...location, secretName: "A" });
    await api.createSecrets({ ...location, secrets: [{ secretKey: "C", secretValue: "c" }] });
    expect(paths()).toEqual(["/api/v4/secrets", "/api/v4/secrets/A", "/api/v4/secrets/batch"]);
  });

  test("asks for v4 once where the server does not have it, and uses v3 from then on", async () => {
    const { api, location, paths } = await startAuto("older");
    expect(pairs((await api.listSecrets(location)).secrets)).toEqual({ A: "a", B: "b" });
    await api.getSecret({ ...location, secretName: "A" });
    await api.updateSecret("A", { ...location, secretValue: "new" });
    expect(paths()).toEqual([
      "/api/v4/secrets",
      "/api/v3/secrets/raw",
      "/api/v3/secrets/raw/A",
      "/api/v3/secrets/raw/A",
    ]);
  });

  test("a write that comes first is carried out once", async () => {
    const { api, location, paths } = await startAuto("older");
    await api.createSecret("NEW", { ...location, secretValue: "v" });
    expect(paths()).toEqual(["/api/v4/secrets/NEW", "/api/v3/secrets/raw/NEW"]);
    const { secret } = await api.updateSecret("NEW", { ...location, secretValue: "w" });
    expect(secret.version).toBe(2);
  });

  test.each(["current", "older"] as const)("50 first calls at once ask a %s server once", async (server) => {
    const { api, location, paths } = await startAuto(server);
    const calls = Array.from({ length: 50 }, () => api.getSecret({ ...location, secretName: "A" }));
    for (const { secretValue } of await Promise.all(calls)) expect(secretValue).toBe("a");
    const first = paths().filter((path) => path.startsWith("/api/v4/"));
    expect(first).toHaveLength(server === "older" ? 1 : 50);
    expect(paths()).toHaveLength(server === "older" ? 51 : 50);
  });

  test("a refusal decides as well: only a server that has the route sends it", async () => {
    const { api, location, paths } = await startAuto();
    await expect(api.getSecret({ ...location, secretName: "NOPE" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await api.getSecret({ ...location, secretName: "A" });
    expect(paths()).toEqual(["/api/v4/secrets/NOPE", "/api/v4/secrets/A"]);
  });

  test("after a refusal by v4, a page of a proxy does not make the server an older one", async () => {
    const { api, location, paths, forgetV4 } = await startAuto();
    await api.getSecret({ ...location, secretName: "NOPE" }).catch(() => undefined);
    forgetV4();
    const call = api.getSecret({ ...location, secretName: "A" });
    await expect(call).rejects.toMatchObject({ code: "GATEWAY_ERROR" });
    expect(paths()).toEqual(["/api/v4/secrets/NOPE", "/api/v4/secrets/A"]);
  });

  test("a refusal by v3 decides too", async () => {
    const { api, location, paths } = await startAuto("older");
    const call = api.getSecret({ ...location, secretName: "NOPE" });
    await expect(call).rejects.toMatchObject({ code: "NOT_FOUND" });
    await api.getSecret({ ...location, secretName: "A" });
    expect(paths()).toEqual(["/api/v4/secrets/NOPE", "/api/v3/secrets/raw/NOPE", "/api/v3/secrets/raw/A"]);
  });

  test("a write that a gateway refused is not sent to v3", async () => {
    const { server, api, location, paths } = await startAuto();
    server.fail({ path: "/api/v4/secrets/NEW" }, { status: 502, body: "<html>Bad Gateway</html>" });
    const call = api.createSecret("NEW", { ...location, secretValue: "v" });
    await expect(call).rejects.toMatchObject({ code: "GATEWAY_ERROR" });
    expect(paths()).toEqual(["/api/v4/secrets/NEW"]);
  });

  test.each([
    ["current", 0],
    ["older", 1],
  ] as const)("an empty list of a %s server costs %i requests for the folder", async (server, lookups) => {
    const { server: testServer, api, location } = await startAuto(server);
    const empty = { ...location, environment: "staging", includeImports: true };
    await api.listSecrets(empty);
    expect(testServer.requests.filter(({ path }) => path === "/api/v1/folders")).toHaveLength(lookups);
  });

  test.each([{ status: 500 }, { drop: "after" } as const, { status: 401 }, { rateLimit: { retryAfter: 0 } }])(
    "a first call that fails without telling (%o) leaves it to the next one",
    async (failure) => {
      const { server, api, location, paths, forgetV4 } = await startAuto();
      const order = server.fail({ path: "/api/v4/secrets/A", times: 9 }, failure);
      const options = { ...location, secretName: "A" };
      await expect(api.getSecret(options)).rejects.toMatchObject({ name: "InfisicalSDKRequestError" });
      order.remove();
      forgetV4();
      expect((await api.getSecret(options)).secretValue).toBe("a");
      expect(paths().slice(-2)).toEqual(["/api/v4/secrets/A", "/api/v3/secrets/raw/A"]);
    },
  );

  test("calls that waited for a response that tells nothing do not queue up behind each other", async () => {
    const { server, api, location, paths } = await startAuto();
    server.fail({ path: "/api/v4/secrets/A" }, { status: 500 });
    server.fail({ path: "/api/v4/secrets/A", times: 3 }, { stall: "headers" });
    const controller = new AbortController();
    const options = { ...location, secretName: "A", signal: controller.signal };
    const calls = Promise.allSettled(Array.from({ length: 4 }, () => api.getSecret(options)));
    await expect.poll(() => paths().length).toBe(4);
    controller.abort("enough");
    expect((await calls).map((outcome) => outcome.status)).toEqual(Array(4).fill("rejected"));
  });

  test("a gateway that answers for both versions decides nothing", async () => {
    const { server, api, location, paths } = await startAuto();
    server.fail({ path: /secrets/, times: 2 }, { status: 404, body: "default backend - 404" });
    const options = { ...location, secretName: "A" };
    await expect(api.getSecret(options)).rejects.toMatchObject({ code: "GATEWAY_ERROR" });
    expect((await api.getSecret(options)).secretValue).toBe("a");
    expect(paths().at(-1)).toBe("/api/v4/secrets/A");
  });

  test("a waiting call ends when its caller aborts it, and the others go on", async () => {
    const { server, api, location, paths } = await startAuto();
    const stalled = server.fail({ path: "/api/v4/secrets/A" }, { stall: "headers" });
    const first = new AbortController();
    const [leading, waiting] = ["A", "B"].map((secretName, index) =>
      api
        .getSecret({
          ...location,
          secretName,
          signal: index === 0 ? first.signal : AbortSignal.abort("mine"),
        })
        .catch((error: unknown) => error),
    );
    expect(await waiting).toBe("mine");
    await expect.poll(() => stalled.count).toBe(1);
    const later = api.getSecret({ ...location, secretName: "B" });
    first.abort("enough");
    expect(await leading).toBe("enough");
    expect((await later).secretValue).toBe("b");
    expect(paths()).toEqual(["/api/v4/secrets/A", "/api/v4/secrets/B"]);
  });

  test.each(["current", "older"] as const)(
    "a name that is a route of v4 is written by v3, on a %s server too",
    async (server) => {
      const { api, location, paths } = await startAuto(server);
      await api.createSecret("move", { ...location, secretValue: "v" });
      await api.updateSecret("batch", { ...location, secretValue: "v" }).catch(() => undefined);
      expect(paths()).toEqual(["/api/v3/secrets/raw/move", "/api/v3/secrets/raw/batch"]);
      // They decide nothing.
      await api.getSecret({ ...location, secretName: "A" });
      expect(paths()[2]).toBe("/api/v4/secrets/A");
    },
  );

  test("each client decides for itself", async () => {
    const { server, api, reset, location } = await startSecrets(project, "auto");
    await api.getSecret({ ...location, secretName: "A" });
    const other = reset();
    server.fail({ path: /^\/api\/v4\// }, { status: 404, body: "<html>not here</html>" });
    expect((await other.getSecret({ ...location, secretName: "A" })).secretValue).toBe("a");
  });
});
