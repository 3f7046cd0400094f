import { describe, expect, test } from "vitest";
import { startProjects } from "./start-projects.ts";

const unknownId = "00000000-0000-4000-8000-000000000000";

describe("list", () => {
  test("returns the projects of the identity with their environments, all or those of a type", async () => {
    const { client, projectId, last } = await startProjects();
    const keys = await client.projects().create({ projectName: "Keys", type: "kms" });
    const all = await client.projects().list();
    expect(all.map(({ id }) => id)).toEqual([projectId, keys.id]);
    expect(all[0]).toEqual(await client.projects().get({ projectId }));
    expect(await client.projects().list({ type: "kms" })).toEqual([
      await client.projects().get({ projectId: keys.id }),
    ]);
    expect(await client.projects().list({ type: "ssh" })).toEqual([]);
    expect(last()).toMatchObject({ line: "GET /api/v1/workspace", query: { type: "ssh" } });
  });

  test("sends no type unless one is given", async () => {
    const { client, last } = await startProjects();
    for (const options of [undefined, {}, { type: undefined }]) {
      await client.projects().list(options);
      expect(last().query).toEqual({});
    }
  });

  test("a type that the server does not know is VALIDATION_FAILED", async () => {
    const { client } = await startProjects();
    const promise = client.projects().list({ type: "no-such-type" });
    await expect(promise).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });
});

test("getBySlug returns what get returns", async () => {
  const { client, last } = await startProjects();
  const { slug } = (await client.projects().list())[0] ?? { slug: "" };
  expect(await client.projects().getBySlug({ slug })).toEqual(await client.projects().get({ slug }));
  expect(last().line).toBe(`GET /api/v2/workspace/${slug}`);
  const missing = client.projects().getBySlug({ slug: "nowhere" });
  await expect(missing).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(missing).rejects.toThrow('asked for: slug "nowhere"');
});

describe("update", () => {
  test("changes by id what is given, and leaves the rest", async () => {
    const { client, last } = await startProjects();
    const { id: projectId } = await client.projects().create({ projectName: "Shop", slug: "the-shop" });
    const changed = await client.projects().update({ projectId, name: "Web shop", newSlug: "web-shop" });
    expect(changed).toMatchObject({ id: projectId, name: "Web shop", slug: "web-shop" });
    expect(changed).not.toHaveProperty("environments");
    expect(last()).toMatchObject({
      line: `PATCH /api/v1/workspace/${projectId}`,
      body: { name: "Web shop", slug: "web-shop" },
    });
    await client.projects().update({ projectId, description: "sells things", autoCapitalization: true });
    expect(await client.projects().get({ slug: "web-shop" })).toMatchObject({
      name: "Web shop",
      description: "sells things",
      autoCapitalization: true,
    });
  });

  test("changes by slug, and a description can be emptied", async () => {
    const { client, last } = await startProjects();
    const slug = "web-shop";
    await client.projects().create({ projectName: "Shop", slug, projectDescription: "sells things" });
    expect(await client.projects().update({ slug, description: "" })).toMatchObject({
      slug,
      description: "",
    });
    expect(last()).toMatchObject({ line: "PATCH /api/v2/workspace/web-shop", body: { description: "" } });
  });

  test("a new slug that is taken is ALREADY_EXISTS, and nothing changes", async () => {
    const { client } = await startProjects();
    await client.projects().create({ projectName: "Shop", slug: "the-shop" });
    const { id: projectId } = await client.projects().create({ projectName: "Other", slug: "the-other" });
    const promise = client.projects().update({ projectId, name: "New", newSlug: "the-shop" });
    await expect(promise).rejects.toMatchObject({ code: "ALREADY_EXISTS", statusCode: 400 });
    expect(await client.projects().get({ projectId })).toMatchObject({ name: "Other", slug: "the-other" });
  });

  test("a project that does not exist is NOT_FOUND, and the error says which one", async () => {
    const { client } = await startProjects();
    const bySlug = client.projects().update({ slug: "nowhere", name: "New" });
    await expect(bySlug).rejects.toMatchObject({ code: "NOT_FOUND" });
    const byId = client.projects().update({ projectId: unknownId, name: "New" });
    await expect(byId).rejects.toThrow(`asked for: projectId "${unknownId}"`);
  });

  test.each([
    [
      { projectId: "id" },
      /^name, description, newSlug, autoCapitalization, hasDeleteProtection must be given/,
    ],
    [{ slug: "shop", name: undefined }, /^name, description, newSlug, .* at least one of them\.$/],
    [{ slug: "shop", newSlug: "a-slug" }, /^newSlug must come with projectId: servers change a slug by the/],
    [{ name: "New" }, /^projectId or slug must be given, one of them\.$/],
    [{ projectId: "id", slug: "shop", name: "New" }, /^projectId or slug must be given, not both\.$/],
    [{ projectId: "id", name: "" }, /^name must be a non-empty string/],
    [{ projectId: "id", description: 7 }, /^description must be a string/],
    [{ projectId: "id", newSlug: "" }, /^newSlug must be a non-empty string/],
    [{ projectId: "id", autoCapitalization: "no" }, /^autoCapitalization must be true or false/],
    [{ projectId: "id", hasDeleteProtection: 1 }, /^hasDeleteProtection must be true or false/],
    [{ projectId: "id", projectName: "New" }, /^projectName is not an option/],
  ])("refuses %j before anything is sent", async (options, message) => {
    const { client, server } = await startProjects();
    const promise = client.projects().update(options as never);
    await expect(promise).rejects.toThrow(message);
    await expect(promise).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(server.requests).toHaveLength(0);
  });
});

describe("delete", () => {
  test.each(["projectId", "slug"] as const)("removes the project with this %s", async (option) => {
    const { client } = await startProjects();
    const { id, slug } = await client.projects().create({ projectName: "Shop", slug: "the-shop" });
    const which = option === "slug" ? { slug } : { projectId: id };
    const deleted = await client.projects().delete(which);
    expect(deleted).toMatchObject({ id, slug });
    expect(deleted).not.toHaveProperty("environments");
    await expect(client.projects().get({ slug })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(client.projects().delete(which)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("a protected project is FORBIDDEN until its protection is lifted", async () => {
    const { client } = await startProjects();
    const shop = { projectName: "Shop", slug: "the-shop", hasDeleteProtection: true };
    const { id: projectId } = await client.projects().create(shop);
    const refused = client.projects().delete({ projectId });
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(refused).rejects.toThrow("delete protection");
    await client.projects().update({ projectId, hasDeleteProtection: false });
    expect(await client.projects().delete({ projectId })).toMatchObject({ id: projectId });
  });

  test("is sent once, even if its connection drops", async () => {
    const { client, projectId, server } = await startProjects();
    server.fail({ method: "DELETE" }, { drop: "after" });
    const promise = client.projects().delete({ projectId });
    await expect(promise).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(server.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
    expect(await client.projects().list()).toEqual([]);
  });

  test.each([
    [{}, /^projectId or slug must be given, one of them\.$/],
    [{ projectId: "id", slug: "shop" }, /^projectId or slug must be given, not both\.$/],
    [{ slug: ".." }, /^slug must not be/],
  ])("refuses %j before anything is sent", async (options, message) => {
    const { client, server } = await startProjects();
    await expect(client.projects().delete(options as never)).rejects.toThrow(message);
    expect(server.requests).toHaveLength(0);
  });
});

test("environments are listed in order, each with its id, name and slug", async () => {
  const { client, projectId, last } = await startProjects();
  const api = client.environments();
  const qa = await api.create({ projectId, name: "QA", slug: "qa", position: 2 });
  const listed = await api.list({ projectId });
  expect(listed.map(({ slug }) => slug)).toEqual(["dev", "qa", "staging", "prod"]);
  expect(listed[1]).toEqual({ id: qa.id, name: "QA", slug: "qa" });
  expect(listed).toEqual((await client.projects().get({ projectId })).environments);
  expect(last().line).toBe(`GET /api/v1/workspace/${projectId}`);
  await expect(api.list({ projectId: unknownId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
