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
