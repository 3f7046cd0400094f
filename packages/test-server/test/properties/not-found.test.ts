import { describe, expect, test } from "vitest";
import { startTest } from "../support/api.ts";
import { callRoute, secretRoutes } from "./secret-calls.ts";

const missingPlaces = [
  { environment: "dev", secretPath: "/nope" },
  { environment: "nope", secretPath: "/" },
  { environment: "nope", secretPath: "/nope" },
];

/** The labels of the routes for one secret or a list. */
const labels: Readonly<Record<string, string>> = {
  get: "GetSecretByName",
  list: "SecretPathNotFound",
  create: "CreateSecret",
  update: "UpdateSecret",
  delete: "DeleteSecret",
};

describe("folders and environments that do not exist", () => {
  test.each(secretRoutes.filter(({ kind }) => kind !== "batch"))("$name has its own label", async (route) => {
    for (const place of missingPlaces) {
      const { api, projectId } = await startTest();
      const { status, body } = await callRoute({ api, route }, "KEY", { projectId, ...place });
      expect([status, body.error]).toEqual([404, labels[route.kind]]);
      expect(body.message).toContain(`'${place.secretPath}'`);
      expect(body.message).toContain(`'${place.environment}'`);
    }
  });

  test.each([
    ["POST", "CreateManySecret"],
    ["DELETE", "DeleteManySecret"],
  ])("a batch that is sent with %s has the label %s", async (method, label) => {
    for (const route of secretRoutes.filter((each) => each.kind === "batch" && each.method === method)) {
      const { api, projectId } = await startTest();
      const { status, body } = await callRoute({ api, route }, "KEY", { projectId, secretPath: "/nope" });
      expect([status, body.error]).toEqual([404, label]);
    }
  });

  test.each(["v1", "v2"])("a list of folders of %s is empty for an unknown path", async (version) => {
    const { api, projectId } = await startTest();
    const project = version === "v1" ? { workspaceId: projectId } : { projectId };
    const list = (place: Record<string, string>) =>
      api("GET", `/api/${version}/folders`, {
        query: { ...project, path: "/", environment: "dev", ...place },
      });
    expect(await list({ path: "/nope" })).toMatchObject({ status: 200, body: { folders: [] } });
    expect(await list({ environment: "nope" })).toMatchObject({
      status: 404,
      body: { message: "Environment with slug 'nope' not found", error: "NotFound" },
    });
  });
});
