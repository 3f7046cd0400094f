import { describe, expect, test } from "vitest";
import { type CallOptions, login, startTest } from "./support/api.ts";

const raw = "/api/v3/secrets/raw";
const type = "personal";

/** A server with a user of the project, and calls as this user or, with `as`, as the administrator. */
async function start() {
  const started = await startTest({
    projects: [
      {
        name: "Test",
        slug: "example-project",
        environments: [{ name: "dev", slug: "dev" }],
        secrets: { dev: { "/": { KEY: "shared" } } },
      },
    ],
    identities: [
      {
        name: "admin",
        organizationRole: "admin",
        projectRoles: { "example-project": "admin" },
        universalAuth: {},
      },
      { name: "user@example.com", isUser: true, universalAuth: {} },
    ],
  });
  const user = await login(started.server, "user@example.com");
  const location = { workspaceId: started.projectId, environment: "dev" };
  const send = (method: string, path: string, extra: Record<string, string> = {}, token = user) => {
    const fields = { ...location, ...extra };
    const content: CallOptions = method === "GET" ? { query: fields } : { body: fields };
    return started.api(method, path, { ...content, token });
  };
  const memberships = `/api/v1/projects/${started.projectId}/memberships`;
  const invite = (method = "POST") =>
    started.api(method, memberships, { body: { emails: ["user@example.com"] } });
  return { ...started, send, invite };
}

/** The values of a list, each with the type of its secret. */
async function listed(response: ReturnType<Awaited<ReturnType<typeof start>>["send"]>): Promise<string[]> {
  const { body } = await response;
  return body.secrets.map((secret: Record<string, string>) => `${secret["type"]} ${secret["secretValue"]}`);
}

describe("personal secrets", () => {
  test("a seeded user is a member of a project from the invitation to the removal", async () => {
    const { send, invite } = await start();
    expect(await send("GET", raw)).toMatchObject({ status: 403 });
    expect(await invite()).toMatchObject({ status: 200 });
    expect(await send("GET", raw)).toMatchObject({ status: 200 });
    await invite("DELETE");
    expect(await send("GET", raw)).toMatchObject({ status: 403 });
  });

  test("a user has a value of its own in the place of a shared one, which others do not see", async () => {
    const { send, invite, token } = await start();
    await invite();
    const created = await send("POST", `${raw}/KEY`, { secretValue: "mine", type });
    expect(created.body.secret).toMatchObject({ type, secretValue: "mine", version: 1 });
    const updated = await send("PATCH", `${raw}/KEY`, { secretValue: "changed", type });
    expect(updated.body.secret).toMatchObject({ id: created.body.secret.id, type, version: 2 });
    const read = await send("GET", `${raw}/KEY`, { type });
    expect(read.body.secret).toMatchObject({ type, secretValue: "changed" });
    expect((await send("GET", `${raw}/KEY`)).body.secret).toMatchObject({ secretValue: "shared" });
    expect((await listed(send("GET", raw))).sort()).toEqual(["personal changed", "shared shared"]);
    expect(await listed(send("GET", raw, {}, token))).toEqual(["shared shared"]);
  });

  test("a deletion removes all personal secrets of a name, and that of the shared one does so too", async () => {
    const { send, invite } = await start();
    await invite();
    for (const secretValue of ["one", "two"]) await send("POST", `${raw}/KEY`, { secretValue, type });
    expect((await send("DELETE", `${raw}/KEY`, { type })).body.secret).toMatchObject({ secretValue: "one" });
    const again = await send("DELETE", `${raw}/KEY`, { type });
    expect(again).toMatchObject({ status: 404, body: { message: "Secret not found" } });
    await send("POST", `${raw}/KEY`, { secretValue: "three", type });
    await send("DELETE", `${raw}/KEY`);
    expect(await send("GET", `${raw}/KEY`, { type })).toMatchObject({ status: 404 });
  });

  test("a personal secret needs a shared one and a user, and has no name of its own", async () => {
    const { send, invite, token } = await start();
    await invite();
    const message = async (method: string, name: string, extra = {}, as?: string) =>
      (await send(method, `${raw}/${name}`, { secretValue: "v", type, ...extra }, as)).body.message;
    expect(await message("POST", "NEW")).toBe(
      "Failed to create personal secret override for no corresponding shared secret",
    );
    expect(await message("PATCH", "KEY")).toBe("Personal secret with name KEY not found");
    expect(await message("PATCH", "KEY", { newSecretName: "B" })).toBe(
      "Personal secret cannot change the key name",
    );
    expect(await message("POST", "KEY", {}, token)).toBe("Must be user to create personal secret");
  });
});
