import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { DynamicSecretsApi } from "../src/index.ts";
import { requestsOf, said, start } from "./support/start.ts";

interface Recorded {
  readonly id: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Record<string, string>;
    // biome-ignore lint/suspicious/noExplicitAny: what was recorded is compared, not relied on.
    readonly body?: any;
  };
}

const file = new URL("../../test-server/test/replay/fixtures/recordings.jsonl", import.meta.url);
const recordings = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

/** The calls that send the recorded requests: the recorded body contains their options. */
const calls: Record<string, (api: DynamicSecretsApi, request: Recorded["request"]) => Promise<unknown>> = {
  "429-dyn-create-postgres": (api, { body }) => api.create(body),
  "430-dyn-create-redis": (api, { body }) => api.create(body),
  "437-dyn-create-ttl-1m": (api, { body }) => api.create(body),
  "439-dyn-create-ttl-60000": (api, { body }) => api.create({ ...body, defaultTTL: 60_000 }),
  "442-dyn-create-ttl-1_hour": (api, { body }) => api.create(body),
  "455-dyn-create-maxTTL-null": (api, { body }) => api.create(body),
  "468-dyn-list": (api, { query = {} }) => api.list(location(query)),
  "472-dyn-get-missing": (api, { query = {} }) => api.get("nope", location(query)),
  "473-dyn-patch": (api, { body }) => api.update("ttl-patch", { ...location(body), ...body.data }),
  "474-lease-create-postgres": (api, { body }) => api.leases.create({ ...body, provider: "sql-database" }),
  "475-lease-create-redis-default-ttl": (api, { body }) => api.leases.create(body),
  "488-lease-list": (api, { query = {} }) =>
    api.leases.list({ ...location(query), dynamicSecretName: "redis-main" }),
  "490-lease-renew-postgres": (api, { path, body }) => api.leases.renew(leaseId(path), body),
  "492-lease-renew-redis-default-ttl": (api, { path, body }) => api.leases.renew(leaseId(path), body),
  "501-lease-delete-postgres": (api, { path, body }) => api.leases.delete(leaseId(path), body),
  "504-lease-delete-redis-forced": (api, { path, body }) => api.leases.delete(leaseId(path), body),
  "511-dyn-delete-with-active-lease": (api, { body }) => api.delete("maxnull", body),
  "513-dyn-delete-forced": (api, { body }) => api.delete("dgtm", body),
  "548-lease-get-after-expiry": (api, { path, query = {} }) => api.leases.get(leaseId(path), location(query)),
};

function location({ projectSlug = "", environmentSlug = "" }: Record<string, string>) {
  return { projectSlug, environmentSlug };
}

function leaseId(path: string): string {
  return path.split("/")[5] ?? "";
}

test.each(Object.entries(calls))("%s is sent as it was recorded", async (id, call) => {
  const recorded = recordings.find((recording) => recording.id === id)?.request;
  if (!recorded) throw new Error(`Recording ${id} does not exist`);
  const { server, api } = await start();
  // The project of the recordings does not exist, so the calls fail; only what was sent counts.
  await expect(call(api, recorded)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [request] = requestsOf(server);
  const { method, path, query = {}, body } = recorded;
  expect(request && said(request)).toEqual({ method, path, query, body });
});
