import { createClient } from "@infisical/core";
import { createTestServer } from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { environments, folders, projects, secretImports, tags } from "../src/index.ts";

const plugins = [projects(), environments(), folders(), secretImports(), tags()] as const;

/** A client whose requests a test server would see, with a token that gets it nowhere. */
function start() {
  const server = createTestServer();
  const client = createClient({ transport: server.transport, retry: false, plugins });
  client.auth().accessToken("a-token");
  return { server, client };
}

type Client = ReturnType<typeof start>["client"];

const projectId = "a-project";
const place = { projectId, environment: "dev" };
const source = { environment: "dev", path: "/" };

/** Each call with the options that it cannot do without. */
const calls: Readonly<Record<string, [(client: Client) => (options: never) => Promise<unknown>, object]>> = {
  "projects().create": [(client) => client.projects().create, { projectName: "A name" }],
  "projects().list": [(client) => client.projects().list, {}],
  "projects().getBySlug": [(client) => client.projects().getBySlug, { slug: "a-slug" }],
  "projects().update": [(client) => client.projects().update, { projectId, name: "A name" }],
  "projects().delete": [(client) => client.projects().delete, { projectId }],
  "projects().inviteMembers": [(client) => client.projects().inviteMembers, { projectId }],
  "environments().list": [(client) => client.environments().list, { projectId }],
  "environments().create": [(client) => client.environments().create, { projectId, name: "QA", slug: "qa" }],
  "environments().update": [(client) => client.environments().update, { projectId, environmentId: "id" }],
  "environments().delete": [(client) => client.environments().delete, { projectId, environmentId: "id" }],
  "folders().create": [(client) => client.folders().create, { ...place, name: "a" }],
  "folders().listFolders": [(client) => client.folders().listFolders, place],
  "folders().get": [(client) => client.folders().get, { folderId: "id" }],
  "folders().update": [(client) => client.folders().update, { ...place, folderId: "id", name: "a" }],
  "folders().delete": [(client) => client.folders().delete, place],
  "secretImports().create": [(client) => client.secretImports().create, { ...place, import: source }],
  "secretImports().list": [(client) => client.secretImports().list, place],
  "secretImports().update": [
    (client) => client.secretImports().update,
    { ...place, secretImportId: "id", import: { position: 1 } },
  ],
  "secretImports().delete": [(client) => client.secretImports().delete, { ...place, secretImportId: "id" }],
  "tags().list": [(client) => client.tags().list, { projectId }],
  "tags().get": [(client) => client.tags().get, { projectId }],
  "tags().create": [(client) => client.tags().create, { projectId, slug: "a" }],
  "tags().update": [(client) => client.tags().update, { projectId, tagId: "id", slug: "a", color: "" }],
  "tags().delete": [(client) => client.tags().delete, { projectId, tagId: "id" }],
};

/** What the call rejects with; it must send nothing. */
async function refusal(name: string, ...args: unknown[]): Promise<string> {
  const { client, server } = start();
  const [method] = calls[name] ?? [];
  const call = method?.(client) as (...args: unknown[]) => Promise<unknown>;
  const error = await call(...args).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "InfisicalSDKError", code: "INVALID_OPTION" });
  expect(server.requests).toHaveLength(0);
  return (error as Error).message;
}

describe.each(Object.entries(calls))("%s", (name, [, good]) => {
  test("says what it accepts if its options are not an object", async () => {
    // A call whose options can all be left out needs no object.
    const without = Object.keys(good).length === 0 ? [] : [[], [undefined]];
    for (const args of [...without, [null], [5], ["text"], [[]]]) {
      expect(await refusal(name, ...args)).toMatch(
        /^options must be an object with |^projectId or slug must be/,
      );
    }
  });

  test.each(Object.keys(good))("requires %s", async (option) => {
    // An import that is to stay as it is can be an empty object.
    const object = name === "secretImports().update" && option === "import" ? [] : {};
    const broken = [undefined, null, 5, object, true, ...(option === "color" ? [] : ["", " "])];
    for (const value of broken) {
      expect(await refusal(name, { ...good, [option]: value })).toMatch(new RegExp(`^${option}\\b`));
    }
  });

  test("refuses unknown options, and uses none of the server's names", async () => {
    for (const unknown of ["body", "workspaceId", "include_imports", "toString"]) {
      const message = await refusal(name, { ...good, [unknown]: {} });
      expect(message).toMatch(new RegExp(`^${unknown} is not an option; `));
    }
  });

  test("accepts signal and timeout, and checks them", async () => {
    expect(await refusal(name, { ...good, signal: false })).toMatch(/^signal must be an AbortSignal/);
    expect(await refusal(name, { ...good, timeout: -1 })).toMatch(/^timeout must be/);
  });
});

test.each<[string, object, RegExp]>([
  ["projects().create", { slug: 5 }, /^slug must be a non-empty string/],
  ["projects().create", { projectDescription: {} }, /^projectDescription must be a string/],
  ["projects().create", { shouldCreateDefaultEnvs: "no" }, /^shouldCreateDefaultEnvs must be true or false/],
  ["projects().create", { hasDeleteProtection: 1 }, /^hasDeleteProtection must be true or false/],
  ["projects().create", { projectname: "a" }, /^projectname is not an option; did you mean projectName\?/],
  ["projects().list", { type: "" }, /^type must be a non-empty string/],
  ["projects().list", { projectType: "kms" }, /^projectType is not an option/],
  ["projects().inviteMembers", { emails: "a@example.com" }, /^emails must be an array/],
  ["projects().inviteMembers", { emails: [null] }, /^emails\[0\] must be a non-empty string/],
  ["projects().inviteMembers", { usernames: ["a"], roleSlugs: [7] }, /^roleSlugs\[0\] must be/],
  ["environments().create", { position: 0 }, /^position must be a whole number of at least 1, got 0/],
  ["environments().create", { position: "1" }, /^position must be a whole number/],
  ["environments().update", { name: "" }, /^name must be a non-empty string/],
  ["folders().listFolders", { recursive: {} }, /^recursive must be true or false, got an object/],
  ["folders().listFolders", { path: 7 }, /^path must be a non-empty string, got 7/],
  ["folders().listFolders", { lastSecretModified: new Date(0) }, /^lastSecretModified must be/],
  ["folders().create", { description: 7 }, /^description must be a string/],
  ["folders().create", { path: "/a//b" }, /^path must have no empty part/],
  ["secretImports().list", { path: [] }, /^path must be a non-empty string/],
  ["secretImports().create", { import: { environment: "dev" } }, /^import\.path must be a non-empty string/],
  ["secretImports().create", { import: { environment: "dev", path: 7 } }, /^import\.path must be/],
  ["secretImports().create", { import: { ...source, position: 1 } }, /^import\.position is not an option/],
  ["secretImports().create", { isReplication: "false" }, /^isReplication must be true or false/],
  ["secretImports().update", { import: { path: null } }, /^import\.path must be a non-empty string/],
  ["secretImports().update", { import: { position: Number.NaN } }, /^import\.position must be a whole/],
  ["tags().create", { color: 7 }, /^color must be a string/],
])("%s refuses %j", async (name, changes, message) => {
  expect(await refusal(name, { ...calls[name]?.[1], ...changes })).toMatch(message);
});

test("a call accepts whatever the official SDK accepts", async () => {
  const { client, server } = start();
  await Promise.allSettled([
    client.projects().create({
      projectName: "A name",
      type: "secret-manager",
      projectDescription: "",
      slug: "a-slug",
      template: "default",
      kmsKeyId: "id",
    }),
    client.projects().inviteMembers({ projectId, emails: [], usernames: ["a"], roleSlugs: ["member"] }),
    client.environments().create({ name: "QA", projectId, slug: "qa", position: 1 }),
    client.folders().create({ ...place, name: "a", path: "/", description: "" }),
    client
      .folders()
      .listFolders({ ...place, path: "/", recursive: true, lastSecretModified: "2026-01-01T00:00:00Z" }),
  ]);
  expect(server.requests).toHaveLength(5);
});

const entities: readonly (readonly [string, string, object])[] = [
  ["projects().create", "project", { id: "id", name: "a", slug: "a", environments: [] }],
  ["projects().update", "workspace", { id: "id", name: "a", slug: "a" }],
  ["projects().delete", "workspace", { id: "id", name: "a", slug: "a" }],
  ["environments().update", "environment", { id: "id", name: "a", slug: "a" }],
  ["folders().create", "folder", { id: "id", name: "a" }],
  ["folders().get", "folder", { id: "id", name: "a" }],
  ["secretImports().delete", "secretImport", { id: "id", importPath: "/", importEnv: { slug: "dev" } }],
  ["tags().delete", "workspaceTag", { id: "id", slug: "a" }],
];
const lists: readonly (readonly [string, string, object])[] = [
  ["projects().list", "workspaces", { id: "id", name: "a", slug: "a", environments: [] }],
  ["projects().inviteMembers", "memberships", { id: "id" }],
  ["folders().listFolders", "folders", { id: "id", name: "a" }],
  ["secretImports().list", "secretImports", { id: "id", importPath: "/", importEnv: { slug: "dev" } }],
  ["tags().list", "workspaceTags", { id: "id", slug: "a" }],
];

/** Makes the call against a server that answers with this body. */
async function answered(name: string, body: object): Promise<unknown> {
  const { client, server } = start();
  server.fail({}, { status: 200, body });
  const [method, good] = calls[name] ?? [];
  const options = name === "projects().inviteMembers" ? { ...good, emails: ["a@example.com"] } : good;
  return method?.(client)(options as never);
}

test.each(entities)("%s only accepts a complete %s", async (name, field, whole) => {
  expect(await answered(name, { [field]: whole })).toEqual(whole);
  const broken = [null, {}, [], { ...whole, id: null }, { ...whole, id: 5 }, { ...whole, createdAt: {} }];
  for (const value of broken) {
    await expect(answered(name, { [field]: value })).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
  }
});

test.each(lists)("%s only accepts a list of complete %s", async (name, field, whole) => {
  expect(await answered(name, { [field]: [whole, whole] })).toEqual([whole, whole]);
  for (const value of [null, {}, [null], [{}], [whole, null], [[whole]], [{ ...whole, id: 5 }]]) {
    await expect(answered(name, { [field]: value })).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
  }
});
