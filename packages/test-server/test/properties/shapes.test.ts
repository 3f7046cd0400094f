import { describe, expect, test } from "vitest";
import { startTest } from "../support/api.ts";
import { callRoute, keysOf, type SecretRoute, secretRoutes } from "./secret-calls.ts";

const written = [
  ..."_id createdAt environment id secretComment secretKey secretReminderNote secretReminderRepeatDays".split(
    " ",
  ),
  ..."secretValue skipMultilineEncoding type updatedAt version workspace".split(" "),
];
const rotation = ["isRotatedSecret", "rotationId"];
const hidden = "secretValueHidden";

/** The fields of a secret in the response of each kind of call. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  GET: [...written, ...rotation, hidden, "secretMetadata", "secretPath", "tags"],
  POST: [...written, ...rotation],
  PATCH: [...written, ...rotation, hidden],
  DELETE: [...written, hidden],
};

async function secretIn(route: SecretRoute): Promise<object> {
  const { api, server, projectId } = await startTest();
  const key = route.method === "POST" ? "NEW" : "KEY";
  server.secrets.set({ environment: "dev", key: "KEY", value: "v", comment: "c", metadata: { a: "b" } });
  const { body } = await callRoute({ api, route }, key, { projectId });
  return body.secret ?? body.secrets[0];
}

describe("shapes of secrets", () => {
  test.each(secretRoutes)("$name has exactly the fields of a real server", async (route) => {
    expect(keysOf(await secretIn(route))).toEqual([...(shapes[route.method] ?? [])].sort());
  });

  test("both versions answer with the same fields", async () => {
    for (const route of secretRoutes.filter(({ version }) => version === "v3")) {
      const newer = secretRoutes.find(
        ({ version, kind, method }) => version === "v4" && kind === route.kind && method === route.method,
      );
      expect(keysOf(await secretIn(route))).toEqual(newer && keysOf(await secretIn(newer)));
    }
  });

  test.each(["v3", "v4"])("a list of %s without imports has an empty list of them", async (version) => {
    const { api, projectId } = await startTest();
    const route = secretRoutes.find((each) => each.version === version && each.kind === "list");
    if (!route) throw new Error("No such route");
    expect((await callRoute({ api, route }, "", { projectId })).body).toEqual({ secrets: [], imports: [] });
  });

  test("an update without a value shows an empty one and keeps the stored one", async () => {
    const { api, server, projectId } = await startTest();
    server.secrets.set({ environment: "dev", key: "KEY", value: "kept" });
    const body = { projectId, environment: "dev", secretComment: "new" };
    const { body: updated } = await api("PATCH", "/api/v4/secrets/KEY", { body });
    expect(updated.secret).toMatchObject({ secretValue: "", secretComment: "new" });
    expect(server.secrets.get({ environment: "dev", key: "KEY" })).toBe("kept");
  });
});
