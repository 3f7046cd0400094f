import { describe, expect, test } from "vitest";
import { createTestServer, type TestServerOptions } from "../src/index.ts";
import { startTest } from "./support/api.ts";

describe("a server without options", () => {
  test("a server without options has one project and one administrator, the same in every run", () => {
    const { projects, identities } = createTestServer();
    expect(projects).toEqual([{ id: expect.any(String), slug: "example-project" }]);
    expect(identities).toEqual([
      {
        name: "admin",
        identityId: expect.any(String),
        clientId: expect.any(String),
        clientSecret: expect.any(String),
      },
    ]);
    expect(createTestServer().identities).toEqual(identities);
    expect(createTestServer().projects).toEqual(projects);
  });

  test("credentials() and projectId() return those of the first identity and project", () => {
    const server = createTestServer();
    const { clientId, clientSecret } = server.identities[0] ?? {};
    expect(server.credentials()).toEqual({ clientId, clientSecret });
    expect(server.credentials("admin")).toEqual({ clientId, clientSecret });
    expect(server.projectId()).toBe(server.projects[0]?.id);
    expect(server.projectId("example-project")).toBe(server.projects[0]?.id);
    expect(() => server.credentials("nobody")).toThrow('has no identity "nobody" with Universal Auth');
    expect(() => server.projectId("nowhere")).toThrow('has no project "nowhere"');
  });
});

describe("a seed", () => {
  test("a seed says what each project is for", async () => {
    const environments = [{ name: "Development", slug: "dev" }];
    const { server, api } = await startTest({
      projects: [
        { name: "Keys", slug: "keys", type: "kms", environments },
        { name: "App", slug: "my-app", environments },
      ],
    });
    const typeOf = async (slug: string): Promise<string> =>
      (await api("GET", `/api/v1/projects/${server.projectId(slug)}`)).body.project.type;
    expect([await typeOf("keys"), await typeOf("my-app")]).toEqual(["kms", "secret-manager"]);
  });

  test("a seed defines secrets with all their fields, folders, ids and credentials", async () => {
    const id = "11111111-1111-4111-8111-111111111111";
    const { api, server } = await startTest({
      projects: [
        {
          name: "P",
          slug: "proj-1",
          id,
          environments: [{ name: "dev", slug: "dev" }],
          folders: { dev: ["/a/b"] },
          tags: [{ slug: "red", color: "#f00" }],
          secrets: {
            dev: {
              "/": {
                KEY: { value: "v", comment: "c", tags: ["red"], metadata: { a: "b" }, reminderRepeatDays: 3 },
              },
            },
          },
        },
      ],
      identities: [
        {
          name: "admin",
          projectRoles: { "proj-1": "admin" },
          universalAuth: { clientId: "me", clientSecret: "s" },
        },
        { name: "aws", awsAuth: {} },
      ],
    });
    expect(server.projects).toEqual([{ id, slug: "proj-1" }]);
    expect(server.identities[0]).toMatchObject({ clientId: "me", clientSecret: "s" });
    expect(server.identities[1]).toEqual({ name: "aws", identityId: expect.any(String) });
    const location = { workspaceId: id, environment: "dev" };
    const { secrets } = (await api("GET", "/api/v3/secrets/raw", { query: location })).body;
    expect(secrets[0]).toMatchObject({
      secretKey: "KEY",
      secretValue: "v",
      secretComment: "c",
      secretReminderRepeatDays: 3,
      tags: [{ slug: "red", color: "#f00" }],
      secretMetadata: [{ key: "a", value: "b" }],
    });
    const folders = await api("GET", "/api/v1/folders", { query: { ...location, recursive: "true" } });
    expect(folders.body.folders).toHaveLength(2);
  });

  test("a seed can contain a secret of any name", () => {
    const options: TestServerOptions = JSON.parse(`{ "projects": [{ "name": "P", "slug": "p",
      "environments": [{ "name": "dev", "slug": "dev" }],
      "secrets": { "dev": { "/": { "__proto__": "a", "constructor": "b" } } } }] }`);
    const { secrets } = createTestServer(options);
    expect(secrets.get({ environment: "dev", key: "__proto__" })).toBe("a");
    expect(secrets.get({ environment: "dev", key: "constructor" })).toBe("b");
    expect(secrets.get({ environment: "dev", key: "toString" })).toBeUndefined();
  });

  const environments = [{ name: "dev", slug: "dev" }];
  const project = { name: "P", slug: "p", environments };
  const id = "7c693765-5a14-4e15-83be-45e3df231280";
  test.each<[string, unknown]>([
    [
      "projects[0].environments[1].slug: Required",
      { projects: [{ ...project, environments: [...environments, { name: "x" }] }] },
    ],
    ["projects[0].slug: must consist of", { projects: [{ ...project, slug: "a b" }] }],
    ['projects[1].slug: "p" is used twice', { projects: [project, project] }],
    [
      `identities[1].id: "${id}" is used twice`,
      {
        identities: [
          { name: "a", id },
          { name: "b", id },
        ],
      },
    ],
    [
      'projects[0].environments[1].slug: "dev" is used twice',
      { projects: [{ ...project, environments: [...environments, ...environments] }] },
    ],
    ["projects[0].secrets.dev: ", { projects: [{ ...project, secrets: { dev: "x" } }] }],
    [
      'projects[0].secrets.dev["/"].KEY: must be a string, or an object',
      { projects: [{ ...project, secrets: { dev: { "/": { KEY: 1 } } } }] },
    ],
    [
      'projects[0].secrets.dev["/"].KEY.value: Required',
      { projects: [{ ...project, secrets: { dev: { "/": { KEY: {} } } } }] },
    ],
    [
      'projects[0].secrets.dev["/"].KEY.tags[0]: the project has no tag "red"',
      { projects: [{ ...project, secrets: { dev: { "/": { KEY: { value: "v", tags: ["red"] } } } } }] },
    ],
    [
      'projects[0].secrets.prod: the project has no environment "prod"',
      { projects: [{ ...project, secrets: { prod: {} } }] },
    ],
    [
      "projects[0].folders.dev[0]: must start with /",
      { projects: [{ ...project, folders: { dev: ["a"] } }] },
    ],
    [
      "projects[0].imports[0].import.environment: the project has no",
      { projects: [{ ...project, imports: [{ environment: "dev", import: { environment: "x" } }] }] },
    ],
    [
      "projects[0]: Unrecognized key(s) in object: 'enviroments'",
      { projects: [{ ...project, enviroments: [] }] },
    ],
    [
      'identities[0].projectRoles.nope: there is no project "nope"',
      { identities: [{ name: "a", projectRoles: { nope: "admin" } }] },
    ],
    [
      "identities[0].universalAuth.accessTokenTTL: ",
      { identities: [{ name: "a", universalAuth: { accessTokenTTL: -1 } }] },
    ],
    ["options: Unrecognized key(s) in object: 'project'", { project: [] }],
  ])("a seed that is not valid is refused: %s", (message, options) => {
    expect(() => createTestServer(options as TestServerOptions)).toThrow(message);
  });
});

describe("direct access to stored secrets", () => {
  test("stored secrets can be set, read and deleted, with versions like those of the API", async () => {
    const { api, server, projectId } = await startTest();
    const location = { environment: "dev", path: "/new/folder", key: "KEY" };
    server.secrets.set({ ...location, value: "one" });
    server.secrets.set({ ...location, value: "two", comment: "c", metadata: { a: "b" } });
    expect(server.secrets.get(location)).toBe("two");
    const query = { workspaceId: projectId, environment: "dev", secretPath: "/new/folder" };
    const { secret } = (await api("GET", "/api/v3/secrets/raw/KEY", { query })).body;
    expect(secret).toMatchObject({
      version: 2,
      secretComment: "c",
      secretMetadata: [{ key: "a", value: "b" }],
    });
    expect([server.secrets.delete(location), server.secrets.delete(location)]).toEqual([true, false]);
    expect(server.secrets.get({ ...location, project: "example-project" })).toBeUndefined();
    expect(() => server.secrets.get({ ...location, project: "nope" })).toThrow('no project "nope"');
    expect(() => server.secrets.set({ ...location, environment: "nope", value: "" })).toThrow(
      'no environment "nope"',
    );
  });

  test("a reset undoes changes to stored secrets", () => {
    const server = createTestServer();
    server.secrets.set({ environment: "dev", key: "KEY", value: "v" });
    server.reset();
    expect(server.secrets.get({ environment: "dev", key: "KEY" })).toBeUndefined();
    expect(server.requests).toEqual([]);
  });
});
