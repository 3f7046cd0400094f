import { describe, expect, test } from "vitest";
import { pairs, start, versions } from "./support.ts";

const items = (...names: string[]) =>
  names.map((secretKey) => ({ secretKey, secretValue: `of ${secretKey}` }));

describe.each(versions)("$apiVersion", ({ apiVersion, batchPath }) => {
  test("batches create, update and delete with one request each", async () => {
    const { server, api, place } = await start({}, apiVersion);
    const created = await api.createSecrets({ ...place, secrets: items("A", "B", "a/b %") });
    expect(pairs(created.secrets)).toEqual({ A: "of A", B: "of B", "a/b %": "of a/b %" });
    const updated = await api.updateSecrets({
      ...place,
      secrets: [
        { secretKey: "A", secretValue: "2" },
        { secretKey: "B", newSecretName: "C" },
      ],
    });
    expect(pairs(updated.secrets)).toEqual({ A: "2", C: "of B" });
    const deleted = await api.deleteSecrets({ ...place, secrets: [{ secretKey: "A" }, { secretKey: "C" }] });
    expect(pairs(deleted.secrets)).toEqual({ A: "2", C: "of B" });
    expect(pairs((await api.listSecrets(place)).secrets)).toEqual({ "a/b %": "of a/b %" });
    expect(server.requests.filter(({ path }) => path === batchPath)).toHaveLength(3);
  });

  test("an update fails as a whole where a secret is missing, passes over it, or creates it", async () => {
    const { api, place } = await start({ secrets: { dev: { "/": { A: "a" } } } }, apiVersion);
    const update = { ...place, secrets: items("A", "B") };
    await expect(api.updateSecrets(update)).rejects.toMatchObject({ code: "NOT_FOUND", statusCode: 404 });
    expect(pairs((await api.listSecrets(place)).secrets)).toEqual({ A: "a" });
    expect(pairs((await api.updateSecrets({ ...update, mode: "ignore" })).secrets)).toEqual({ A: "of A" });
    const upserted = await api.updateSecrets({ ...update, mode: "upsert" });
    expect(pairs(upserted.secrets)).toEqual({ A: "of A", B: "of B" });
  });

  test("a batch with a name that is taken creates nothing", async () => {
    const { api, place } = await start({ secrets: { dev: { "/": { A: "a" } } } }, apiVersion);
    const call = api.createSecrets({ ...place, secrets: items("B", "A") });
    await expect(call).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(pairs((await api.listSecrets(place)).secrets)).toEqual({ A: "a" });
  });

  test("a batch whose connection drops arrives once", async () => {
    const { server, api, place } = await start({}, apiVersion);
    server.fail({ path: batchPath }, { drop: "after" });
    const call = api.createSecrets({ ...place, secrets: items("A") });
    await expect(call).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(server.requests.filter(({ path }) => path === batchPath)).toHaveLength(1);
  });
});

test("a secret in a batch of updates may stand in another folder", async () => {
  const { server, api, place } = await start({ secrets: { dev: { "/": { A: "a" }, "/app": { A: "a" } } } });
  await api.updateSecrets({
    ...place,
    secrets: [
      { secretKey: "A", secretValue: "1" },
      { secretKey: "A", secretPath: "/app", secretValue: "2" },
    ],
  });
  expect(server.secrets.get({ environment: "dev", key: "A" })).toBe("1");
  expect(server.secrets.get({ environment: "dev", path: "/app", key: "A" })).toBe("2");
});
