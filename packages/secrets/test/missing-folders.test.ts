import { describe, expect, test } from "vitest";
import { startSecrets, versions } from "./start-secrets.ts";
import { countRequests } from "./summaries.ts";

const empty = { folders: { dev: ["/empty"] } };

/** What an older server answers to the list of an unknown folder: no list of imports, unless it was asked for. */
const older = { status: 200, body: { secrets: [] } };

describe.each(versions)("$apiVersion", ({ apiVersion }) => {
  test("a list of an unknown folder or environment is NOT_FOUND, without strict as well", async () => {
    const { api, location } = await startSecrets(empty, apiVersion);
    for (const at of [{ secretPath: "/nope" }, { environment: "nope" }]) {
      const where = { ...location, ...at };
      for (const call of [
        api.listSecrets(where),
        api.listSecrets({ ...where, recursive: true }),
        api.listSecretsWithImports(where),
        api.listSecretsIfChanged(where),
        api.getSecrets({ ...where, secretNames: ["A"] }),
        api.listSecrets({ ...where, attachToProcessEnv: true }),
      ]) {
        const error: unknown = await call.catch((reason: unknown) => reason);
        expect(error).toMatchObject({ name: "InfisicalSDKRequestError", code: "NOT_FOUND", statusCode: 404 });
      }
    }
  });

  test("a list of an empty folder costs one request", async () => {
    const { server, api, location } = await startSecrets(empty, apiVersion);
    await api.listSecrets({ ...location, secretPath: "/empty" });
    await api.getSecrets({ ...location, secretPath: "/empty", secretNames: ["A"] });
    expect(countRequests(server)).toBe(2);
  });
});

describe("a recursive list that an older server answers with a 500", () => {
  const failed = { status: 500, body: { statusCode: 500, message: "Something went wrong", error: "Error" } };

  test("is NOT_FOUND, in the words of current servers, if the environment is unknown", async () => {
    const { server, api, location } = await startSecrets(empty);
    server.fail({ path: "/api/v3/secrets/raw", times: 9 }, failed);
    const call = api.listSecrets({ ...location, environment: "nope", recursive: true });
    await expect(call).rejects.toMatchObject({
      code: "NOT_FOUND",
      text: `Environment with slug 'nope' in project with ID ${location.projectId} not found`,
    });
  });

  test("is the 500 if the environment exists", async () => {
    const { server, api, location } = await startSecrets(empty);
    server.fail({ path: "/api/v3/secrets/raw", times: 9 }, failed);
    const call = api.listSecrets({ ...location, recursive: true });
    await expect(call).rejects.toMatchObject({ code: "SERVER_ERROR" });
    expect(server.requests.filter(({ path }) => path === "/api/v1/folders")).toHaveLength(1);
  });

  test.each([
    ["another kind of list", {}, failed],
    ["another status", { recursive: true }, { status: 400, body: { statusCode: 400, message: "no" } }],
  ])("is looked into, and not %s", async (_, options, response) => {
    const { server, api, location } = await startSecrets(empty);
    server.fail({ path: "/api/v3/secrets/raw", times: 9 }, response);
    const call = api.listSecrets({ ...location, environment: "nope", ...options });
    await expect(call).rejects.toMatchObject({ statusCode: response.status });
    expect(server.requests.filter(({ path }) => path === "/api/v1/folders")).toEqual([]);
  });
});

test("the folder of a list with imports alone is known to exist", async () => {
  const { server, api, location } = await startSecrets(empty);
  const imported = { secretPath: "/", environment: "prod", secrets: [] };
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets: [], imports: [imported] } });
  await api.listSecrets({ ...location, includeImports: true });
  expect(countRequests(server)).toBe(1);
});

test.each([
  [{}, "Folder with path '/' in environment 'nope' was not found."],
  [{ secretPath: "/a" }, "Folder with path '/a' in environment 'nope' was not found."],
])("an unknown environment is told in the words of the request: %o", async (at, text) => {
  const { server, api, location } = await startSecrets(empty);
  server.fail({ path: "/api/v3/secrets/raw" }, older);
  const call = api.listSecrets({ ...location, environment: "nope", ...at });
  await expect(call).rejects.toMatchObject({ code: "NOT_FOUND", text: expect.stringContaining(text) });
});

describe("an empty list that does not tell whether its folder exists", () => {
  test("costs a second request, for the folder", async () => {
    const { server, api, location } = await startSecrets(empty);
    await api.listSecretsWithImports({ ...location, secretPath: "/empty" });
    expect(server.requests.slice(-2).map(({ path, query }) => [path, query["path"]])).toEqual([
      ["/api/v3/secrets/raw", undefined],
      ["/api/v1/folders", "/"],
    ]);
  });

  test("is NOT_FOUND if the folder does not exist", async () => {
    const { server, api, location } = await startSecrets(empty);
    server.fail({ path: "/api/v3/secrets/raw" }, older);
    const call = api.listSecrets({ ...location, secretPath: "/empty/nope" });
    await expect(call).rejects.toMatchObject({
      code: "NOT_FOUND",
      text: "Folder with path '/empty/nope' in environment 'dev' was not found. Please ensure the environment slug and secret path is correct.",
    });
  });

  test.each([{ status: 403 }, { status: 503 }, { status: 404, body: "no such page" }])(
    "stays empty if the folder cannot be looked up: %o",
    async (failure) => {
      const { server, api, location } = await startSecrets(empty);
      server.fail({ path: "/api/v3/secrets/raw" }, older);
      server.fail({ path: "/api/v1/folders", times: 9 }, failure);
      expect(await api.listSecrets({ ...location, secretPath: "/nope" })).toEqual({ secrets: [] });
    },
  );

  test("is not waited for once the call is aborted", async () => {
    const { server, api, location } = await startSecrets(empty);
    server.fail({ path: "/api/v1/folders" }, { stall: "headers" });
    const controller = new AbortController();
    const call = api.listSecretsWithImports({ ...location, signal: controller.signal });
    const aborted = expect(call).rejects.toBe("enough");
    await expect.poll(() => server.requests.at(-1)?.path).toBe("/api/v1/folders");
    controller.abort("enough");
    await aborted;
  });
});
