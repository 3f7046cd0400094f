import { createClient } from "@infisical/core";
import { expect, test } from "vitest";
import { environments, projects } from "../src/index.ts";
import { startProjects } from "./start-projects.ts";

test("a project is created, and found by its id and by its slug", async () => {
  const { client, last } = await startProjects();
  const made = await client.projects().create({
    projectName: "Web shop",
    slug: "web-shop",
    type: "secret-manager",
    projectDescription: "sells things",
    shouldCreateDefaultEnvs: false,
  });
  expect(made).toMatchObject({ name: "Web shop", slug: "web-shop", environments: [] });
  expect(await client.projects().get({ projectId: made.id })).toMatchObject({
    id: made.id,
    name: "Web shop",
  });
  expect(last().line).toBe(`GET /api/v1/workspace/${made.id}`);
  expect(await client.projects().get({ slug: "web-shop" })).toEqual(made);
  expect(last().line).toBe("GET /api/v2/workspace/web-shop");
});

test("a project that does not exist is NOT_FOUND", async () => {
  const { client } = await startProjects();
  await expect(client.projects().get({ slug: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const projectId = "00000000-0000-4000-8000-000000000000";
  await expect(client.projects().get({ projectId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test.each([
  [{}, /^projectId or slug must be given, one of them\.$/],
  [{ projectId: "id", slug: "slug" }, /^projectId or slug must be given, not both\.$/],
  [{ slug: ".." }, /^slug must not be/],
  [{ projectId: "" }, /^projectId must be a non-empty string/],
])("get refuses %j before anything is sent", async (options, message) => {
  const { client, server } = await startProjects();
  const promise = client.projects().get(options as never);
  await expect(promise).rejects.toThrow(message);
  await expect(promise).rejects.toMatchObject({ code: "INVALID_OPTION" });
  expect(server.requests).toHaveLength(0);
});

test("people are invited once, and at least one must be named", async () => {
  const { client, projectId, last } = await startProjects();
  const emails = ["ann@example.com"];
  const invited = await client.projects().inviteMembers({ projectId, emails, roleSlugs: ["viewer"] });
  expect(invited).toMatchObject([{ projectId }]);
  expect(last().body).toEqual({ emails, roleSlugs: ["viewer"] });
  expect(await client.projects().inviteMembers({ projectId, emails })).toEqual([]);
  for (const nobody of [{}, { emails: [] }, { usernames: [], emails: [] }]) {
    const promise = client.projects().inviteMembers({ projectId, ...nobody });
    await expect(promise).rejects.toThrow(/^emails or usernames must name at least one person/);
  }
});

test("an environment is created at its position, renamed, moved and deleted", async () => {
  const { client, projectId, last } = await startProjects();
  const api = client.environments();
  const qa = await api.create({ projectId, name: "QA", slug: "qa", position: 1 });
  expect(qa).toMatchObject({ name: "QA", slug: "qa", position: 1, projectId });
  const slugs = async () => (await client.projects().get({ projectId })).environments.map(({ slug }) => slug);
  expect(await slugs()).toEqual(["qa", "dev", "staging", "prod"]);
  const moved = await api.update({ projectId, environmentId: qa.id, name: "Quality", position: 4 });
  expect(moved).toMatchObject({ name: "Quality", slug: "qa", position: 4 });
  expect(last()).toMatchObject({
    line: `PATCH /api/v1/workspace/${projectId}/environments/${qa.id}`,
    body: { name: "Quality", position: 4 },
  });
  expect((await api.delete({ projectId, environmentId: qa.id })).id).toBe(qa.id);
  expect(last()).toEqual({
    line: `DELETE /api/v1/workspace/${projectId}/environments/${qa.id}`,
    query: {},
    body: undefined,
  });
  expect(await slugs()).toEqual(["dev", "staging", "prod"]);
  const taken = api.create({ projectId, name: "Dev", slug: "dev" });
  await expect(taken).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  const bad = api.create({ projectId, name: "QA", slug: "Q A" });
  await expect(bad).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
});

test("a plugin only adds its accessor, which returns the same object on every call", () => {
  const client = createClient({ plugins: [projects(), environments()] });
  expect(client.projects()).toBe(client.projects());
  expect(client.environments()).toBe(client.environments());
  expect(client).not.toHaveProperty("folders");
});

test("a create whose connection drops arrives once", async () => {
  const { client, server } = await startProjects();
  server.fail({ method: "POST", path: "/api/v2/workspace" }, { drop: "after" });
  const promise = client.projects().create({ projectName: "Once", slug: "only-once" });
  await expect(promise).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  expect(server.requests.filter(({ path }) => path === "/api/v2/workspace")).toHaveLength(1);
  expect((await client.projects().get({ slug: "only-once" })).name).toBe("Once");
});

test("a signal ends a call with its own reason, and a response without its fields is an error", async () => {
  const { client, projectId, server } = await startProjects();
  const reason = new Error("enough");
  const aborted = client.projects().get({ projectId, signal: AbortSignal.abort(reason) });
  await expect(aborted).rejects.toBe(reason);
  server.fail({ method: "GET" }, { status: 200, body: { project: {} } });
  await expect(client.projects().get({ projectId })).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
});
