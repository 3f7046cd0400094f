import { universalAuth } from "@infisical/auth-universal";
import { createClient, type Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import { secrets } from "../src/index.ts";
import { start, versions } from "./support.ts";

const shop = { secrets: { dev: { "/": { A: "1" } } } };

test.each(versions)("a list that has not changed is not sent again ($apiVersion)", async ({ apiVersion }) => {
  const { server, api, place } = await start(shop, apiVersion);
  const plain = await api.listSecrets(place);
  const first = await api.listSecretsIfChanged(place);
  expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
  const { etag } = first;
  expect(first).toEqual({ ...plain, notModified: false, etag: expect.stringMatching(/^".+"$/) });
  const second = await api.listSecretsIfChanged(place, etag);
  expect(server.requests.at(-1)).toMatchObject({ status: 304, headers: { "if-none-match": etag } });
  expect(second).toEqual({ notModified: true, etag });
  await api.updateSecret("A", { ...place, secretValue: "2" });
  const third = await api.listSecretsIfChanged(place, etag);
  expect(third).toMatchObject({ notModified: false, secrets: [{ secretValue: "2" }] });
  expect(third.etag).not.toBe(etag);
});

test("callers who do not ask see nothing new", async () => {
  const { api, place } = await start(shop);
  expect(Object.keys(await api.listSecrets(place))).toEqual(["secrets"]);
});

test("a server that sends no etag gives none", async () => {
  const { server, api, place } = await start(shop);
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets: [] } });
  const response = await api.listSecretsIfChanged(place, '"old"');
  expect(response).toEqual({ notModified: false, etag: undefined, secrets: [] });
});

test("an unchanged list attaches nothing, a changed one what it has", async () => {
  const { api, place } = await start({ secrets: { dev: { "/": { "C=D": "v" } } } });
  const attachToProcessEnv = true;
  const first = await api.listSecretsIfChanged({ ...place, attachToProcessEnv }, undefined);
  expect(first).toMatchObject({ notModified: false, skippedNames: ["C=D"] });
  const second = await api.listSecretsIfChanged({ ...place, attachToProcessEnv }, first.etag);
  expect(second).toEqual({ notModified: true, etag: first.etag });
});

test("middleware sees the condition and the whole response, and may answer itself", async () => {
  const { server, place } = await start(shop);
  const seen: unknown[] = [];
  const middleware: Middleware[] = [
    async (request, next) => {
      const etag = request.headers?.["if-none-match"];
      if (etag === '"mine"') return { status: 304, headers: {}, body: undefined };
      const response = await next(request);
      seen.push([etag, response.status, "etag" in response.headers]);
      return response;
    },
  ];
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const auth = universalAuth({ clientId, clientSecret });
  const options = { transport: server.transport, auth, middleware, plugins: [secrets()] } as const;
  const api = createClient(options).secrets();
  const { etag } = await api.listSecretsIfChanged(place);
  await api.listSecretsIfChanged(place, etag);
  await api.listSecrets(place);
  expect(seen).toEqual([
    [undefined, 200, true],
    [etag, 304, true],
    [undefined, 200, true],
  ]);
  const answered = await api.listSecretsIfChanged(place, '"mine"');
  expect(answered).toEqual({ notModified: true, etag: '"mine"' });
});
