import { universalAuth } from "@infisical/auth-universal";
import { createClient, type Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import { secrets } from "../src/index.ts";
import { startSecrets, versions } from "./start-secrets.ts";

const shop = { secrets: { dev: { "/": { A: "1" } } } };

test.each(versions)("a list that has not changed is not sent again ($apiVersion)", async ({ apiVersion }) => {
  const { server, api, location } = await startSecrets(shop, apiVersion);
  const plain = await api.listSecrets(location);
  const first = await api.listSecretsIfChanged(location);
  expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
  const { etag } = first;
  expect(first).toEqual({ ...plain, notModified: false, etag: expect.stringMatching(/^".+"$/) });
  const second = await api.listSecretsIfChanged(location, etag);
  expect(server.requests.at(-1)).toMatchObject({ status: 304, headers: { "if-none-match": etag } });
  expect(second).toEqual({ notModified: true, etag });
  await api.updateSecret("A", { ...location, secretValue: "2" });
  const third = await api.listSecretsIfChanged(location, etag);
  expect(third).toMatchObject({ notModified: false, secrets: [{ secretValue: "2" }] });
  expect(third.etag).not.toBe(etag);
});

test("an unconditional list is unchanged", async () => {
  const { api, location } = await startSecrets(shop);
  expect(Object.keys(await api.listSecrets(location))).toEqual(["secrets", "imports"]);
});

test("without an etag from the server there is none", async () => {
  const { server, api, location } = await startSecrets(shop);
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets: [] } });
  const response = await api.listSecretsIfChanged(location, '"old"');
  expect(response).toEqual({ notModified: false, etag: undefined, secrets: [] });
});

test("an unchanged list attaches nothing, a changed one attaches its secrets", async () => {
  const { api, location } = await startSecrets({ secrets: { dev: { "/": { "C=D": "v" } } } });
  const attachToProcessEnv = true;
  const first = await api.listSecretsIfChanged({ ...location, attachToProcessEnv }, undefined);
  expect(first).toMatchObject({ notModified: false, skippedNames: ["C=D"] });
  const second = await api.listSecretsIfChanged({ ...location, attachToProcessEnv }, first.etag);
  expect(second).toEqual({ notModified: true, etag: first.etag });
});

test("middleware sees the condition and the whole response, and may answer itself", async () => {
  const { server, location } = await startSecrets(shop);
  const seen: unknown[] = [];
  const middleware: Middleware[] = [
    async (request, next) => {
      const etag = request.headers?.["if-none-match"];
      if (etag === '"mine"') return { status: 304, headers: {}, body: undefined };
      if (etag === '"renamed"') return { status: 304, headers: { etag: '"its-new-name"' }, body: undefined };
      const response = await next(request);
      seen.push([etag, response.status, "etag" in response.headers]);
      return response;
    },
  ];
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const auth = universalAuth({ clientId, clientSecret });
  const options = { transport: server.transport, auth, middleware, plugins: [secrets()] } as const;
  const api = createClient(options).secrets();
  const { etag } = await api.listSecretsIfChanged(location);
  await api.listSecretsIfChanged(location, etag);
  await api.listSecrets(location);
  expect(seen).toEqual([
    [undefined, 200, true],
    [etag, 304, true],
    [undefined, 200, true],
  ]);
  const answered = await api.listSecretsIfChanged(location, '"mine"');
  expect(answered).toEqual({ notModified: true, etag: '"mine"' });
  const renamed = await api.listSecretsIfChanged(location, '"renamed"');
  expect(renamed).toEqual({ notModified: true, etag: '"its-new-name"' });
});
