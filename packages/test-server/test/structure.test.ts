import { describe, expect, test } from "vitest";
import { type ApiResponse, startTest } from "./support/api.ts";

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

function names(entries: readonly { readonly name: string }[]): string[] {
  return entries.map(({ name }) => name);
}

describe.each([
  { version: "v1", key: "workspaceId" },
  { version: "v2", key: "projectId" },
])("folders $version", ({ version, key }) => {
  const base = `/api/${version}/folders`;

  async function start() {
    const started = await startTest();
    const location = { [key]: started.projectId, environment: "dev" };
    const create = async (name: string, path = "/"): Promise<ApiResponse> =>
      started.api("POST", base, { body: { ...location, name, path } });
    const list = async (query: Record<string, string> = {}): Promise<ApiResponse["body"]> =>
      (await started.api("GET", base, { query: { ...location, path: "/", ...query } })).body.folders;
    return { ...started, location, create, list };
  }

  test(`folders are created with their parents, and once (${version})`, async () => {
    const { create, list } = await start();
    const leaf = await create("leaf", "/deep/er");
    expect(leaf.body.folder).toMatchObject({
      id: uuid,
      name: "leaf",
      version: 1,
      envId: uuid,
      parentId: uuid,
    });
    expect(await create("leaf", "deep/er/")).toMatchObject({
      status: 400,
      body: { message: "Folder with name 'leaf' already exists in path '/deep/er'" },
    });
    expect(names(await list())).toEqual(["deep"]);
    expect(names(await list({ path: "/deep" }))).toEqual(["er"]);
    const below = await list({ recursive: "true" });
    expect(below.map(({ relativePath }: Record<string, string>) => relativePath)).toEqual([
      "/deep",
      "/deep/er",
      "/deep/er/leaf",
    ]);
    expect(leaf.body.folder.path).toBe("/deep/er/leaf");
    expect(below[0]).not.toHaveProperty("path");
  });

  test(`folders have names of letters, digits, dashes and underscores (${version})`, async () => {
    const { create } = await start();
    const { status, body } = await create("x/y");
    expect([status, body.message[0].message]).toEqual([
      422,
      "Invalid folder name. Only alphanumeric characters, dashes, and underscores are allowed.",
    ]);
  });

  test(`folders are read, renamed and deleted by id or name (${version})`, async () => {
    const { api, create, list, location } = await start();
    const { id } = (await create("app")).body.folder;
    await create("other");
    expect((await api("GET", `${base}/${id}`)).body.folder).toMatchObject({
      name: "app",
      path: "/app",
      environment: { envId: uuid, envName: "Development", envSlug: "dev" },
    });
    const rename = (name: string) => api("PATCH", `${base}/${id}`, { body: { ...location, name } });
    expect(await rename("other")).toMatchObject({
      status: 400,
      body: { error: "UpdateFolder", message: "Folder with specified name already exists" },
    });
    expect((await rename("application")).body.folder).toMatchObject({ id, name: "application", version: 2 });
    expect((await api("DELETE", `${base}/${id}`, { body: location })).status).toBe(200);
    expect((await api("DELETE", `${base}/other`, { body: location })).status).toBe(200);
    expect(await api("DELETE", `${base}/other`, { body: location })).toMatchObject({
      status: 404,
      body: { message: "Folder with ID 'other' not found" },
    });
    expect(await list()).toEqual([]);
  });

  test(`folders with secrets are deleted by force only (${version})`, async () => {
    const { api, list, location, server } = await start();
    server.secrets.set({ environment: "dev", path: "/app", key: "K", value: "v" });
    expect(await api("DELETE", `${base}/app`, { body: location })).toMatchObject({
      status: 400,
      body: { error: "deleteFolder", message: expect.stringContaining('Cannot delete folder "app"') },
    });
    const forced = await api("DELETE", `${base}/app`, { body: { ...location, forceDelete: true } });
    expect(forced.status).toBe(200);
    expect(await list()).toEqual([]);
  });

  test(`folders are filtered by the last change of their secrets (${version})`, async () => {
    const { server, create, list } = await start();
    await create("empty");
    for (const path of ["/old", "/new"]) {
      server.clock.advance(10_000);
      server.secrets.set({ environment: "dev", path, key: "K", value: "v" });
    }
    const lastSecretModified = new Date(server.clock.now() - 5000).toISOString();
    expect(names(await list({ lastSecretModified }))).toEqual(["new"]);
    expect(names(await list({ lastSecretModified, recursive: "true" }))).toEqual(["new"]);
  });

  test(`folders are not found in an environment that does not exist (${version})`, async () => {
    const { api, location } = await start();
    const response = await api("GET", base, { query: { ...location, environment: "nope", path: "/" } });
    expect([response.status, response.body.error, response.body.message]).toEqual([
      404,
      "NotFound",
      "Environment with slug 'nope' not found",
    ]);
  });
});

describe.each([
  { version: "v1", key: "workspaceId" },
  { version: "v2", key: "projectId" },
])("secret imports $version", ({ version, key }) => {
  const base = `/api/${version}/secret-imports`;

  test(`secret imports are created, listed, moved, read and deleted (${version})`, async () => {
    const { api, projectId, server } = await startTest();
    const location = { [key]: projectId, environment: "dev", path: "/" };
    server.secrets.set({ environment: "prod", path: "/one", key: "K", value: "v" });
    const create = async (environment: string, path: string): Promise<ApiResponse> =>
      api("POST", base, { body: { ...location, import: { environment, path } } });
    const first = await create("prod", "/one");
    expect(first.body).toMatchObject({
      message: "Successfully created secret import",
      secretImport: { id: uuid, importPath: "/one", position: 1, importEnv: { slug: "prod" } },
    });
    const second = await create("staging", "/");
    const paths = async () =>
      (await api("GET", base, { query: location })).body.secretImports.map(
        (one: ApiResponse["body"]) => one.importPath,
      );
    expect(await paths()).toEqual(["/one", "/"]);
    const { id } = second.body.secretImport;
    const moved = await api("PATCH", `${base}/${id}`, {
      body: { ...location, import: { position: 1, path: "/x" } },
    });
    expect(moved.body.secretImport).toMatchObject({ position: 1, importPath: "/x" });
    expect(await paths()).toEqual(["/x", "/one"]);
    expect((await api("GET", `${base}/${id}`)).body.secretImport).toMatchObject({
      projectId,
      secretPath: "/",
    });
    const secrets = await api("GET", `${base}/secrets`, { query: location });
    expect(secrets.body.secrets[1]).toMatchObject({
      secretPath: "/one",
      environmentInfo: { slug: "prod" },
      secrets: [{ secretKey: "K" }],
    });
    await api("DELETE", `${base}/${id}`, { body: location });
    expect(await paths()).toEqual(["/one"]);
  });

  test(`secret imports are refused in a cycle, from an unknown environment and into an unknown folder (${version})`, async () => {
    const { api, projectId, server } = await startTest();
    for (const path of ["/a", "/b", "/c"])
      server.secrets.set({ environment: "dev", path, key: "K", value: "v" });
    const create = async (path: string, source: { environment: string; path: string }) => {
      const body = { [key]: projectId, environment: "dev", path, import: source };
      const response = await api("POST", base, { body });
      return `${response.status} ${response.body.message}`;
    };
    expect(await create("/a", { environment: "dev", path: "/b" })).toContain("200");
    expect(await create("/b", { environment: "dev", path: "/c" })).toContain("200");
    for (const [path, source] of [
      ["/a", "/a"],
      ["/b", "/a"],
      ["/c", "/a"],
    ] as const) {
      expect(await create(path, { environment: "dev", path: source })).toBe("400 Cyclic import not allowed");
    }
    expect(await create("/a", { environment: "nope", path: "/" })).toBe(
      "404 The requested entity is not found",
    );
    expect(await create("/nope", { environment: "dev", path: "/" })).toBe(
      "404 Folder with path '/nope' in environment with slug 'dev' not found",
    );
  });
});

describe("projects", () => {
  test("projects are created with three environments and an administrator", async () => {
    const { api } = await startTest();
    const created = await api("POST", "/api/v2/workspace", {
      body: { projectName: "My App", type: "secret-manager" },
    });
    const { project } = created.body;
    expect(project).toMatchObject({ id: uuid, _id: project.id, name: "My App", orgId: uuid, version: 3 });
    expect(project.slug).toMatch(/^my-app-[a-z0-9]{4}$/);
    expect(names(project.environments)).toEqual(["Development", "Staging", "Production"]);
    const list = await api("GET", "/api/v3/secrets/raw", {
      query: { workspaceId: project.id, environment: "dev" },
    });
    expect(list.status).toBe(200);
  });

  test("projects are read by id and slug, and changed and deleted by slug", async () => {
    const { api, projectId } = await startTest();
    const bySlug = "/api/v1/projects/slug/example-project";
    expect((await api("GET", `/api/v1/projects/${projectId}`)).body.project.slug).toBe("example-project");
    expect((await api("GET", bySlug)).body.id).toBe(projectId);
    expect((await api("PATCH", bySlug, { body: { name: "New" } })).body.name).toBe("New");
    const byId = `/api/v1/workspace/${projectId}`;
    expect((await api("PATCH", byId, { body: { description: "d" } })).body.workspace.description).toBe("d");
    const v2 = "/api/v2/workspace/example-project";
    const long = "d".repeat(1024);
    expect((await api("PATCH", v2, { body: { slug: "another", description: long } })).body).toMatchObject({
      slug: "example-project", // this path changes no slug
      description: long,
    });
    expect((await api("PATCH", v2, { body: { description: `${long}d` } })).status).toBe(422);
    expect((await api("DELETE", v2)).body.id).toBe(projectId);
    expect((await api("GET", bySlug)).body.message).toBe("Project with slug 'example-project' not found");
    const missing = await api("GET", byId);
    expect([missing.status, missing.body.message]).toEqual([404, `Project with ID '${projectId}' not found`]);
    const wrong = await api("GET", "/api/v1/projects/no-uuid");
    expect([wrong.status, wrong.body.error]).toEqual([500, "Failed to find project by id"]);
  });

  test("projects are sent with what their family of paths adds", async () => {
    const { api, projectId } = await startTest();
    const common = {
      defaultProduct: null,
      autoCapitalization: false,
      secretSharing: true,
      showSnapshotsLegacy: false,
      secretDetectionIgnoreValues: null,
      enforceEncryptedSecretManagerSecretMetadata: null,
    };
    const current = (await api("GET", `/api/v1/projects/${projectId}`)).body.project;
    expect(current).toMatchObject({ ...common, deletedEnvironments: [] });
    const v2 = (await api("GET", "/api/v2/workspace/example-project")).body;
    expect(v2).toMatchObject({ ...common, kmsSecretManagerKeyId: null });
    const v1 = (await api("GET", `/api/v1/workspace/${projectId}`)).body.workspace;
    for (const project of [v2, v1]) expect(project).not.toHaveProperty("deletedEnvironments");
    for (const project of [current, v1]) expect(project).not.toHaveProperty("kmsSecretManagerKeyId");
  });

  test("projects are listed for their members, and by type", async () => {
    const { api } = await startTest();
    await api("POST", "/api/v1/projects", { body: { projectName: "Keys", type: "kms" } });
    const slugs = async (query: Record<string, string> = {}) =>
      (await api("GET", "/api/v1/projects", { query })).body.projects.map(
        (one: { name: string }) => one.name,
      );
    expect(await slugs()).toEqual(["Example Project", "Keys"]);
    expect(await slugs({ type: "kms" })).toEqual(["Keys"]);
    expect((await api("GET", "/api/v1/projects", { query: { type: "x" } })).status).toBe(422);
    expect((await api("GET", "/api/v1/workspace")).body.workspaces).toHaveLength(2);
  });

  test("projects have a type, which decides what they have", async () => {
    const { api } = await startTest();
    const created = await api("POST", "/api/v1/projects", { body: { projectName: "Keys", type: "kms" } });
    const base = `/api/v1/projects/${created.body.project.id}/environments`;
    const { status, body } = await api("POST", base, { body: { name: "QA", slug: "qa" } });
    expect([status, body.message]).toEqual([
      400,
      "The project is of type kms. Operations of type secret-manager are not allowed.",
    ]);
  });

  test("projects that are protected are not deleted", async () => {
    const { api, projectId } = await startTest();
    const path = `/api/v1/projects/${projectId}`;
    await api("PATCH", path, { body: { hasDeleteProtection: true } });
    const { status, body } = await api("DELETE", path);
    expect([status, body.error, body.message]).toEqual([
      403,
      "ForbiddenError",
      "Project delete protection is enabled",
    ]);
  });

  test("projects have unique slugs of 5 to 36 characters", async () => {
    const { api } = await startTest();
    const send = (slug: string) => api("POST", "/api/v1/projects", { body: { projectName: "P", slug } });
    const create = async (slug: string) => (await send(slug)).status;
    const messages = async (slug: string) =>
      (await send(slug)).body.message.map(({ message }: { message: string }) => message);
    expect(await messages("abc")).toEqual(["Slug field must be at least 5 lowercase characters"]);
    expect(await messages("s".repeat(37))).toEqual(["Slug field must be at most 36 lowercase characters"]);
    expect(await messages("Not A Slug")).toEqual([
      "Slug field can only contain lowercase letters, numbers, and hyphens",
    ]);
    expect(await create("good-slug")).toBe(200);
    expect((await send("good-slug")).body.message).toBe(
      'A project with the slug "good-slug" already exists in your organization. Please choose a different name or slug.',
    );
    const rename = async (slug: string) =>
      (await api("PATCH", "/api/v1/projects/slug/good-slug", { body: { slug } })).status;
    expect([await rename("example-project"), await rename("good-slug"), await rename("better-slug")]).toEqual(
      [400, 200, 200],
    );
  });
});

describe.each(["projects", "workspace"])("environments and tags under /api/v1/%s", (family) => {
  test(`environments are created at a position, changed and deleted (${family})`, async () => {
    const { api, projectId } = await startTest();
    const base = `/api/v1/${family}/${projectId}/environments`;
    const created = await api("POST", base, { body: { name: "QA", slug: "qa", position: 1 } });
    expect(created.body).toEqual({
      message: "Successfully created new environment",
      [family === "projects" ? "projectId" : "workspace"]: projectId,
      environment: {
        id: uuid,
        name: "QA",
        slug: "qa",
        position: 1,
        projectId,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        deleteAfter: null,
        softDeletedAt: null,
        deletedByUserId: null,
        deletedByIdentityId: null,
      },
    });
    const slugs = async () =>
      (await api("GET", `/api/v1/projects/${projectId}`)).body.project.environments.map(
        ({ slug }: { slug: string }) => slug,
      );
    expect(await slugs()).toEqual(["qa", "dev", "staging", "prod"]);
    const again = await api("POST", base, { body: { name: "QA", slug: "qa" } });
    expect([again.status, again.body.error, again.body.message]).toEqual([
      400,
      "CreateEnvironment",
      "Environment with slug already exists",
    ]);
    expect((await api("POST", base, { body: { name: "QA", slug: "Q A" } })).status).toBe(422);
    const one = `${base}/${created.body.environment.id}`;
    await api("PATCH", one, { body: { slug: "quality", position: 4 } });
    expect(await slugs()).toEqual(["dev", "staging", "prod", "quality"]);
    expect((await api("GET", one)).body.environment.slug).toBe("quality");
    await api("DELETE", one);
    expect(await slugs()).toEqual(["dev", "staging", "prod"]);
    const [first] = (await api("GET", `/api/v1/projects/${projectId}`)).body.project.environments;
    await api("DELETE", `${base}/${first.id}`);
    const last = await api("POST", base, { body: { name: "Last", slug: "last" } });
    expect(last.body.environment.position).toBe(3);
    expect(await slugs()).toEqual(["staging", "prod", "last"]);
    const gone = await api("DELETE", one);
    expect([gone.status, gone.body.error]).toEqual([404, "DeleteEnvironment"]);
    const unknown = "00000000-0000-4000-8000-000000000000";
    const nowhere = base.replace(projectId, unknown);
    expect((await api("POST", nowhere, { body: { name: "QA", slug: "qa" } })).body.message).toBe(
      `Project with ${unknown} not found`,
    );
  });

  test(`tags are created, read, changed, and removed from secrets on deletion (${family})`, async () => {
    const { api, projectId, server } = await startTest();
    const base = `/api/v1/${family}/${projectId}/tags`;
    const key = family === "projects" ? "tag" : "workspaceTag";
    const created = await api("POST", base, { body: { slug: "red", color: "#f00" } });
    const { id } = created.body[key];
    expect((await api("POST", base, { body: { slug: "red", color: "" } })).status).toBe(400);
    expect((await api("GET", `${base}/slug/red`)).body[key]).toMatchObject({ id, name: "red" });
    expect((await api("PATCH", `${base}/${id}`, { body: { slug: "rouge", color: "" } })).body[key].slug).toBe(
      "rouge",
    );
    expect((await api("GET", base)).body[`${key}s`]).toHaveLength(1);
    expect((await api("GET", `${base}/slug/red`)).status).toBe(404);
    const unknown = `${base}/00000000-0000-4000-8000-000000000000`;
    expect((await api("GET", unknown)).status).toBe(404);
    expect((await api("DELETE", unknown)).status).toBe(400);
    server.secrets.set({ environment: "dev", key: "K", value: "v", tags: ["rouge"] });
    await api("DELETE", `${base}/${id}`);
    const query = { workspaceId: projectId, environment: "dev" };
    expect((await api("GET", "/api/v3/secrets/raw/K", { query })).body.secret.tags).toEqual([]);
  });
});

describe("memberships", () => {
  test("project memberships are given to users once, and removed", async () => {
    const { api, projectId } = await startTest();
    const base = `/api/v2/workspace/${projectId}/memberships`;
    const someone = { emails: ["someone@example.com"] };
    const invited = await api("POST", base, {
      body: { ...someone, usernames: ["other"], roleSlugs: ["member"] },
    });
    expect(invited.body.memberships).toHaveLength(2);
    expect(invited.body.memberships[0]).toMatchObject({ id: uuid, userId: uuid, projectId });
    expect((await api("POST", base, { body: someone })).body).toEqual({ memberships: [] });
    expect((await api("DELETE", base, { body: someone })).body.memberships).toHaveLength(1);
    expect((await api("POST", base, { body: { emails: ["not-an-email"] } })).status).toBe(422);
    const nobody = await api("DELETE", base, { body: someone });
    expect([nobody.status, nobody.body.message]).toEqual([400, "Some users are not part of project"]);
    const role = await api("POST", base, { body: { ...someone, roleSlugs: ["member", "nope"] } });
    expect([role.status, role.body.message]).toEqual([
      404,
      `Specified roles 'nope' was not found in the project with ID '${projectId}'`,
    ]);
    const unknown = "/api/v2/workspace/00000000-0000-4000-8000-000000000000/memberships";
    expect(await api("POST", unknown, { body: someone })).toMatchObject({
      status: 404,
      body: { error: "NotFound" },
    });
    expect((await api("POST", unknown, { body: {} })).body).toEqual({ memberships: [] });
  });
});

describe("routes that are not simulated", () => {
  test("routes that are not simulated answer with 501 and their name", async () => {
    const { api } = await startTest();
    for (const [method, path] of [
      ["POST", "/api/v1/ssh/certificates/issue"],
      ["POST", "/api/v4/secrets/duplicate"],
      ["POST", "/api/v1/auth/oidc-auth/identities/1"],
      ["GET", "/api/v1/organization"],
    ] as const) {
      expect(await api(method, path, method === "GET" ? {} : { body: {} })).toMatchObject({
        status: 501,
        body: {
          error: "NotImplemented",
          message: `@infisical/test-server does not implement ${method} ${path}`,
          reqId: expect.any(String),
        },
      });
    }
  });

  test("routes that no server has answer with 404", async () => {
    const { api } = await startTest();
    const response = await api("GET", "/api/v9/nope", { query: { a: "1" } });
    expect(response.status).toBe(404);
    expect(response.body).toEqual({
      message: "Route GET:/api/v9/nope?a=1 not found",
      error: "Not Found",
      statusCode: 404,
    });
    expect((await api("GET", "/api/v3/secrets/raw/%E0%A4%A")).status).toBe(400);
    for (const [method, path] of [
      ["GET", "/api/v1/auth/universal-auth/login"],
      ["PUT", "/api/v1/auth/token/renew"],
    ] as const) {
      const message = `Route ${method}:${path} not found`;
      expect(await api(method, path)).toMatchObject({ status: 404, body: { message } });
    }
  });
});
