import { describe, expect, test } from "vitest";
import { startSecrets, versions } from "./start-secrets.ts";
import { pairs } from "./summaries.ts";

const items = (...names: string[]) =>
  names.map((secretKey) => ({ secretKey, secretValue: `of ${secretKey}` }));

describe.each(versions)("$apiVersion", ({ apiVersion, batchPath }) => {
  test("batches create, update and delete with one request each", async () => {
    const { server, api, location } = await startSecrets({}, apiVersion);
    const created = await api.createSecrets({ ...location, secrets: items("A", "B", "a b %") });
    expect(pairs(created.secrets)).toEqual({ A: "of A", B: "of B", "a b %": "of a b %" });
    const updated = await api.updateSecrets({
      ...location,
      secrets: [
        { secretKey: "A", secretValue: "2" },
        { secretKey: "B", newSecretName: "C" },
      ],
    });
    expect(pairs(updated.secrets)).toEqual({ A: "2", C: "of B" });
    const deleted = await api.deleteSecrets({
      ...location,
      secrets: [{ secretKey: "A" }, { secretKey: "C" }],
    });
    expect(pairs(deleted.secrets)).toEqual({ A: "2", C: "of B" });
    expect(pairs((await api.listSecrets(location)).secrets)).toEqual({ "a b %": "of a b %" });
    expect(server.requests.filter(({ path }) => path === batchPath)).toHaveLength(3);
  });

  test("with a missing secret, an update fails as a whole, skips it, or creates it", async () => {
    const { api, location } = await startSecrets({ secrets: { dev: { "/": { A: "a" } } } }, apiVersion);
    const update = { ...location, secrets: items("A", "B") };
    await expect(api.updateSecrets(update)).rejects.toMatchObject({ code: "NOT_FOUND", statusCode: 404 });
    expect(pairs((await api.listSecrets(location)).secrets)).toEqual({ A: "a" });
    expect(pairs((await api.updateSecrets({ ...update, mode: "ignore" })).secrets)).toEqual({ A: "of A" });
    const upserted = await api.updateSecrets({ ...update, mode: "upsert" });
    expect(pairs(upserted.secrets)).toEqual({ A: "of A", B: "of B" });
  });

  test("a batch with a name that is taken creates nothing", async () => {
    const { api, location } = await startSecrets({ secrets: { dev: { "/": { A: "a" } } } }, apiVersion);
    const call = api.createSecrets({ ...location, secrets: items("B", "A") });
    await expect(call).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    expect(pairs((await api.listSecrets(location)).secrets)).toEqual({ A: "a" });
  });

  test("a batch whose connection drops is sent once", async () => {
    const { server, api, location } = await startSecrets({}, apiVersion);
    server.fail({ path: batchPath }, { drop: "after" });
    const call = api.createSecrets({ ...location, secrets: items("A") });
    await expect(call).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(server.requests.filter(({ path }) => path === batchPath)).toHaveLength(1);
  });
});

test("a secret in a batch of updates can be in another folder", async () => {
  const { server, api, location } = await startSecrets({
    secrets: { dev: { "/": { A: "a" }, "/app": { A: "a" } } },
  });
  await api.updateSecrets({
    ...location,
    secrets: [
      { secretKey: "A", secretValue: "1" },
      { secretKey: "A", secretPath: "/app", secretValue: "2" },
    ],
  });
  expect(server.secrets.get({ environment: "dev", key: "A" })).toBe("1");
  expect(server.secrets.get({ environment: "dev", path: "/app", key: "A" })).toBe("2");
});
