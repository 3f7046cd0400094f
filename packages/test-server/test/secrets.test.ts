import { describe, expect, it } from "vitest";
import { startTest } from "./support/api.js";

const raw = "/api/v3/secrets/raw";

describe("secrets", () => {
  it("can be created, read, updated, listed and deleted", async () => {
    const { api, projectId: workspaceId } = await startTest();
    const place = { workspaceId, environment: "dev" };
    const created = await api("POST", `${raw}/KEY`, { body: { ...place, secretValue: "one" } });
    expect(created.status).toBe(200);
    expect(created.body.secret).toMatchObject({
      secretKey: "KEY",
      secretValue: "one",
      version: 1,
      type: "shared",
      workspace: workspaceId,
      environment: "dev",
      secretComment: "",
    });
    expect(created.body.secret._id).toBe(created.body.secret.id);
    const updated = await api("PATCH", `${raw}/KEY`, { body: { ...place, secretValue: "two" } });
    expect(updated.body.secret).toMatchObject({ secretValue: "two", version: 2 });
    const read = await api("GET", `${raw}/KEY`, { query: place });
    expect(read.body.secret).toMatchObject({ secretValue: "two", tags: [], secretPath: "/" });
    const list = await api("GET", raw, { query: place });
    expect(list.body.secrets).toHaveLength(1);
    const deleted = await api("DELETE", `${raw}/KEY`, { body: place });
    expect(deleted.body.secret.secretValue).toBe("two");
    expect((await api("GET", `${raw}/KEY`, { query: place })).status).toBe(404);
  });
});
