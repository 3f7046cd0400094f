import { expect, test } from "vitest";
import { startProjects } from "./start-projects.ts";

test("a folder is created with its parents, listed, found, renamed and deleted", async () => {
  const { client, location, last } = await startProjects();
  const api = client.folders();
  const leaf = await api.create({ ...location, name: "leaf", path: "/deep/er", description: "the last one" });
  expect(leaf).toMatchObject({ name: "leaf", description: "the last one" });
  const again = api.create({ ...location, name: "leaf", path: "/deep/er" });
  await expect(again).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  const names = async (options = {}) =>
    (await api.listFolders({ ...location, ...options })).map(
      ({ relativePath, name }) => relativePath ?? name,
    );
  expect(await names()).toEqual(["deep"]);
  expect(last().query).toEqual({ workspaceId: location.projectId, environment: "dev" });
  expect(await names({ recursive: true })).toEqual(["/deep", "/deep/er", "/deep/er/leaf"]);
  expect(last().query).toMatchObject({ recursive: "true" });
  expect(await names({ path: "/nowhere" })).toEqual([]);
  expect(await api.get({ folderId: leaf.id })).toMatchObject({
    path: "/deep/er/leaf",
    projectId: location.projectId,
    environment: { envSlug: "dev" },
  });
  const place = { ...location, path: "/deep/er" };
  const renamed = await api.update({ ...place, folderId: leaf.id, name: "sheet" });
  expect(renamed).toMatchObject({ id: leaf.id, name: "sheet" });
  expect(last()).toMatchObject({
    line: `PATCH /api/v1/folders/${leaf.id}`,
    body: { workspaceId: location.projectId, environment: "dev", path: "/deep/er", name: "sheet" },
  });
  expect((await api.delete({ ...place, name: "sheet" })).id).toBe(leaf.id);
  expect(last()).toEqual({
    line: "DELETE /api/v1/folders/sheet",
    query: {},
    body: { workspaceId: location.projectId, environment: "dev", path: "/deep/er" },
  });
  const [deep] = await api.listFolders(location);
  const folderId = deep?.id ?? "";
  await expect(api.delete({ ...location, folderId })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await api.delete({ ...location, path: "/deep", name: "er" });
  await api.delete({ ...location, folderId });
  expect(await names({ recursive: true })).toEqual([]);
});

test("a folder to delete is selected by exactly one option, and its value is valid in a path", async () => {
  const { client, location, server } = await startProjects();
  const remove = (which: object) => client.folders().delete({ ...location, ...which } as never);
  await expect(remove({})).rejects.toThrow(/^folderId or name must be given, one of them/);
  await expect(remove({ folderId: "a", name: "b" })).rejects.toThrow(/^folderId or name .* not both/);
  await expect(remove({ name: "" })).rejects.toThrow(/^name must be a non-empty string/);
  await expect(remove({ name: ".." })).rejects.toThrow(/^name must not be/);
  expect(server.requests).toHaveLength(0);
});

test("a missing project is reported as projectId", async () => {
  const { client, server } = await startProjects();
  const nowhere = { environment: "dev" } as never;
  await expect(client.folders().listFolders(nowhere)).rejects.toThrow(
    /^projectId must be a non-empty string/,
  );
  await expect(client.secretImports().list(nowhere)).rejects.toMatchObject({ code: "INVALID_OPTION" });
  expect(server.requests).toHaveLength(0);
});

test("the error for a folder name that the server refuses says so", async () => {
  const { client, location } = await startProjects();
  const promise = client.folders().create({ ...location, name: "x/y" });
  await expect(promise).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  await expect(promise).rejects.toThrow(/Only alphanumeric characters, dashes, and underscores/);
});

test("a folder that is not empty is deleted only with forceDelete", async () => {
  const { server, client, location } = await startProjects();
  server.secrets.set({ environment: "dev", path: "/app/inner", key: "A", value: "v" });
  const remove = (forceDelete?: boolean) =>
    client.folders().delete({ ...location, name: "app", forceDelete });
  await expect(remove()).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(remove(false)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect((await remove(true)).name).toBe("app");
  expect(await client.folders().listFolders(location)).toEqual([]);
  await expect(remove("yes" as never)).rejects.toThrow("forceDelete must be true or false");
});

test("an import is created, listed, moved, changed and deleted", async () => {
  const { client, location, server, last } = await startProjects();
  const api = client.secretImports();
  for (const path of ["/app", "/one", "/two"]) {
    server.secrets.set({ environment: "dev", path, key: `OF_${path.slice(1)}`, value: "v" });
  }
  const app = { ...location, path: "/app" };
  const one = await api.create({ ...app, import: { environment: "dev", path: "/one" } });
  expect(one).toMatchObject({ importPath: "/one", importEnv: { slug: "dev" }, position: 1 });
  const two = await api.create({ ...app, import: { environment: "dev", path: "/two" } });
  const paths = async () => (await api.list(app)).map(({ importPath }) => importPath);
  expect(await paths()).toEqual(["/one", "/two"]);
  await api.update({ ...app, secretImportId: two.id, import: { position: 1 } });
  expect(await paths()).toEqual(["/two", "/one"]);
  const changed = await api.update({ ...app, secretImportId: one.id, import: { environment: "staging" } });
  expect(changed.importEnv.slug).toBe("staging");
  expect(last()).toMatchObject({
    line: `PATCH /api/v1/secret-imports/${one.id}`,
    body: { workspaceId: location.projectId, path: "/app", import: { environment: "staging" } },
  });
  expect((await api.delete({ ...app, secretImportId: one.id })).id).toBe(one.id);
  expect(last().body).toEqual({ workspaceId: location.projectId, environment: "dev", path: "/app" });
  expect(await paths()).toEqual(["/two"]);
  const merged = await client.secrets().listSecretsWithImports({ ...location, secretPath: "/app" });
  expect(merged.map(({ secretKey }) => secretKey)).toEqual(["OF_app", "OF_two"]);
});

test("the paths of an import get the leading slash that servers require", async () => {
  const { client, location, server, last } = await startProjects();
  for (const path of ["/a", "/b"]) server.secrets.set({ environment: "dev", path, key: "K", value: "v" });
  const place = { ...location, path: "a" };
  const { id } = await client.secretImports().create({ ...place, import: { environment: "dev", path: "b" } });
  expect(last().body).toMatchObject({ path: "/a", import: { environment: "dev", path: "/b" } });
  await client.secretImports().update({ ...place, secretImportId: id, import: { path: "c" } });
  expect(last().body).toMatchObject({ path: "/a", import: { path: "/c" } });
  expect(await client.secretImports().list(place)).toHaveLength(1);
  expect(last().query).toMatchObject({ path: "/a" });
});

test("an import into a missing folder, from a missing environment or in a cycle is refused", async () => {
  const { client, location, server } = await startProjects();
  for (const path of ["/a", "/b"]) server.secrets.set({ environment: "dev", path, key: "K", value: "v" });
  const create = (path: string, environment: string, from: string) =>
    client.secretImports().create({ ...location, path, import: { environment, path: from } });
  await create("/a", "dev", "/b");
  for (const promise of [create("/nowhere", "dev", "/a"), create("/a", "nowhere", "/")]) {
    await expect(promise).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  await expect(create("/b", "dev", "/a")).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a tag is created, found, added to a secret by its id, changed and deleted", async () => {
  const { client, location, last } = await startProjects();
  const { projectId } = location;
  const api = client.tags();
  const tag = await api.create({ projectId, slug: "database", color: "#0000ff" });
  const plain = await api.create({ projectId, slug: "plain" });
  expect(last().body).toEqual({ slug: "plain", color: "" });
  expect((await api.list({ projectId })).map(({ slug }) => slug)).toEqual(["database", "plain"]);
  expect(await api.get({ projectId, tagId: tag.id })).toMatchObject({ id: tag.id, name: "database" });
  expect((await api.get({ projectId, slug: "plain" })).id).toBe(plain.id);
  expect(last().line).toBe(`GET /api/v1/workspace/${projectId}/tags/slug/plain`);

  await client.secrets().createSecret("URL", { ...location, secretValue: "v", tagIds: [tag.id] });
  const tagged = await client.secrets().listSecrets({ ...location, tagSlugs: ["database"] });
  expect(tagged.secrets.map(({ secretKey }) => secretKey)).toEqual(["URL"]);

  const changed = await api.update({ projectId, tagId: tag.id, slug: "db", color: "" });
  expect(changed).toMatchObject({ id: tag.id, slug: "db", color: "" });
  await api.delete({ projectId, tagId: tag.id });
  const missing = api.get({ projectId, tagId: tag.id });
  await expect(missing).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(api.delete({ projectId, tagId: tag.id })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(api.create({ projectId, slug: "plain" })).rejects.toThrow(/Tag already exist/);
});

test("a tag to get is selected by exactly one option", async () => {
  const { client, projectId, server } = await startProjects();
  await expect(client.tags().get({ projectId } as never)).rejects.toThrow(/^tagId or slug must be given/);
  await expect(client.tags().get({ projectId, slug: "/" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(server.requests.at(-1)?.path).toBe(`/api/v1/workspace/${projectId}/tags/slug/%2F`);
});
