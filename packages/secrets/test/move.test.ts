import { describe, expect, test } from "vitest";
import { startSecrets, versions } from "./start-secrets.ts";
import { pairs } from "./summaries.ts";

const project = {
  folders: { staging: ["/app"] },
  secrets: { dev: { "/": { A: "a", B: "b", C: "c" } }, staging: { "/app": { B: "other" } } },
};

async function startMoving(apiVersion: "v3" | "v4" = "v3") {
  const started = await startSecrets(project, apiVersion);
  const { api, location } = started;
  const { secrets } = await api.listSecrets(location);
  const idOf = (name: string) => secrets.find(({ secretKey }) => secretKey === name)?.id ?? "";
  const to = {
    projectId: location.projectId,
    sourceEnvironment: "dev",
    destinationEnvironment: "staging",
    destinationSecretPath: "/app",
  };
  return { ...started, idOf, to };
}

describe.each(versions)("move, $apiVersion", ({ apiVersion }) => {
  test("secrets leave their folder and arrive in the other one", async () => {
    const { api, location, idOf, to } = await startMoving(apiVersion);
    const moved = await api.move({ ...to, secretIds: [idOf("A"), idOf("C"), idOf("A")] });
    expect(moved).toEqual({ isSourceUpdated: true, isDestinationUpdated: true });
    expect(pairs((await api.listSecrets(location)).secrets)).toEqual({ B: "b" });
    const there = { ...location, environment: "staging", secretPath: "/app" };
    expect(pairs((await api.listSecrets(there)).secrets)).toEqual({ A: "a", B: "other", C: "c" });
  });

  test("a secret of the same name is replaced only if that is asked for", async () => {
    const { api, location, idOf, to } = await startMoving(apiVersion);
    const secretIds = [idOf("B")];
    await expect(api.move({ ...to, secretIds })).rejects.toMatchObject({
      text: "Failed to move secrets. The following secrets already exist in the destination: B",
    });
    await api.move({ ...to, secretIds, shouldOverwrite: true });
    const there = { ...location, environment: "staging", secretPath: "app/" };
    expect(pairs((await api.listSecrets(there)).secrets)).toEqual({ B: "b" });
  });

  test("a move whose connection drops is not repeated", async () => {
    const { server, api, idOf, to } = await startMoving(apiVersion);
    const dropped = server.fail({ path: /move$/ }, { drop: "after" });
    const call = api.move({ ...to, secretIds: [idOf("A")] });
    await expect(call).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(dropped.count).toBe(1);
  });

  test("an unknown secret or folder is an error, and nothing moves", async () => {
    const { api, location, idOf, to } = await startMoving(apiVersion);
    const unknown = api.move({ ...to, secretIds: [idOf("A"), "00000000-0000-4000-8000-000000000000"] });
    await expect(unknown).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const nowhere = api.move({ ...to, destinationSecretPath: "/nope", secretIds: [idOf("A")] });
    await expect(nowhere).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(pairs((await api.listSecrets(location)).secrets)).toEqual({ A: "a", B: "b", C: "c" });
  });
});

describe("a move on a server that is older than v4", () => {
  const routeNotFound = {
    status: 404,
    body: { message: "Route POST:/api/v4/secrets/move not found", error: "Not Found", statusCode: 404 },
  };

  test("names the project by its slug, and folders that were left out", async () => {
    const { server, api, location, idOf, to } = await startMoving();
    const { destinationSecretPath, ...between } = to;
    const secretIds = [idOf("A")];
    server.fail({ path: "/api/v4/secrets/move" }, routeNotFound);
    const before = server.requests.length;
    expect(await api.move({ ...between, secretIds })).toEqual({
      isSourceUpdated: true,
      isDestinationUpdated: true,
    });
    const fields = {
      sourceEnvironment: "dev",
      sourceSecretPath: "/",
      destinationEnvironment: "staging",
      destinationSecretPath: "/",
      secretIds,
    };
    expect(server.requests.slice(before).map(({ method, path, body }) => [method, path, body])).toEqual([
      ["POST", "/api/v4/secrets/move", { projectId: location.projectId, ...fields }],
      ["GET", `/api/v1/workspace/${location.projectId}`, undefined],
      ["POST", "/api/v3/secrets/move", { projectSlug: "shop", ...fields }],
    ]);
    expect(pairs((await api.listSecrets({ ...location, environment: "staging" })).secrets)).toEqual({
      A: "a",
    });
  });

  test.each([
    ["the project", "workspace.slug", (id: string) => `/api/v1/workspace/${id}`, { workspace: {} }],
    ["the move", "isSourceUpdated", () => "/api/v3/secrets/move", { isSourceUpdated: "yes" }],
  ])("tells which field of the response about %s is not as documented", async (_, field, path, body) => {
    const { server, api, location, idOf, to } = await startMoving();
    server.fail({ path: "/api/v4/secrets/move" }, routeNotFound);
    server.fail({ path: path(location.projectId) }, { status: 200, body });
    await expect(api.move({ ...to, secretIds: [idOf("A")] })).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
      message: expect.stringContaining(field),
    });
  });

  test("is not tried with a server that refuses the move, or does not tell why", async () => {
    const { server, api, idOf, to } = await startMoving();
    const v3Moves = () => server.requests.filter(({ path }) => path === "/api/v3/secrets/move").length;
    await expect(api.move({ ...to, secretIds: [idOf("B")] })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
    server.fail({ path: "/api/v4/secrets/move" }, { status: 502, body: "<html>Bad Gateway</html>" });
    await expect(api.move({ ...to, secretIds: [idOf("A")] })).rejects.toMatchObject({ statusCode: 502 });
    expect(v3Moves()).toBe(0);
  });
});

test.each([
  [{ secretIds: [] }, "secretIds must have at least one id."],
  [{ secretIds: "id" }, "secretIds must be an array, got a string."],
  [{ secretIds: [""] }, "secretIds[0] must be a non-empty string"],
  [{ sourceEnvironment: undefined }, "sourceEnvironment must be a non-empty string"],
  [{ destinationSecretPath: "" }, "destinationSecretPath must"],
  [{ shouldOverwrite: "yes" }, "shouldOverwrite must be true or false"],
  [{ environment: "dev" }, "environment is not an option"],
])("move refuses %o before anything is sent", async (wrong, message) => {
  const { server, api, to, idOf } = await startMoving();
  const before = server.requests.length;
  const call = api.move({ ...to, secretIds: [idOf("A")], ...wrong } as never);
  await expect(call).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringContaining(message),
  });
  expect(server.requests).toHaveLength(before);
});
