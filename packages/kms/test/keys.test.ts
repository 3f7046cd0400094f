import { expect, test } from "vitest";
import { EncryptionAlgorithm, KeyUsage } from "../src/index.ts";
import { startKms } from "./start-kms.ts";

test("a key is created, found by id and by name, changed and deleted", async () => {
  const { keys, projectId } = await startKms();
  const made = await keys.create({
    projectId,
    name: "orders",
    description: "for orders",
    keyUsage: KeyUsage.ENCRYPTION,
    encryptionAlgorithm: EncryptionAlgorithm.AES_256_GCM,
  });
  expect(made).toMatchObject({ name: "orders", projectId, isDisabled: false, version: 1 });
  expect(await keys.get({ keyId: made.id })).toEqual(made);
  expect(await keys.getByName({ projectId, name: "orders" })).toEqual(made);
  const changed = await keys.update({ keyId: made.id, name: "payments", isDisabled: true });
  expect(changed).toMatchObject({
    id: made.id,
    name: "payments",
    isDisabled: true,
    description: "for orders",
  });
  expect((await keys.delete({ keyId: made.id })).id).toBe(made.id);
  await expect(keys.get({ keyId: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a list returns one page in the requested order, and the total number", async () => {
  const { keys, projectId, server } = await startKms();
  for (const name of ["beta", "alpha", "gamma-1"]) await keys.create({ projectId, name });
  const names = async (options = {}) =>
    (await keys.list({ projectId, ...options })).keys.map(({ name }) => name);
  expect(await names()).toEqual(["alpha", "beta", "gamma-1"]);
  expect(await names({ orderDirection: "desc", limit: 2 })).toEqual(["gamma-1", "beta"]);
  expect(await names({ offset: 1, limit: 1 })).toEqual(["beta"]);
  expect(await keys.list({ projectId, search: "amm" })).toMatchObject({ totalCount: 1 });
  expect(server.requests.at(-1)).toMatchObject({ method: "GET", query: { projectId, search: "amm" } });
  await expect(keys.list({ projectId, limit: 101 })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
});

test.each([
  [{ name: "Not A Slug" }, "VALIDATION_FAILED", /Name field can only contain lowercase letters/],
  [{ name: "a".repeat(33) }, "VALIDATION_FAILED", /at most 32/],
  [
    { name: "k", encryptionAlgorithm: "RSA_4096" as const },
    "VALIDATION_FAILED",
    /must be a valid symmetric encryption algorithm. Valid options are: aes-256-gcm, aes-128-gcm/,
  ],
  [{ name: "k", keyUsage: "sign-verify" as const }, "VALIDATION_FAILED", /asymmetric sign-verify algorithm/],
  [{ name: "taken" }, "ALREADY_EXISTS", /A KMS key with the name "taken" already exists/],
])("a key with %j is refused by the server", async (options, code, message) => {
  const { keys, projectId } = await startKms();
  await keys.create({ projectId, name: "taken" });
  const promise = keys.create({ projectId, ...options });
  await expect(promise).rejects.toMatchObject({ code });
  await expect(promise).rejects.toThrow(message);
});

test("an id and a name cannot change the rest of the path", async () => {
  const { keys, projectId, server } = await startKms();
  await expect(keys.get({ keyId: ".." })).rejects.toThrow(/^keyId must not be/);
  await expect(keys.delete({ keyId: "" })).rejects.toThrow(/^keyId must be a non-empty string/);
  await expect(keys.getByName({ projectId, name: "." })).rejects.toThrow(/^name must not be/);
  expect(server.requests).toHaveLength(0);
  await expect(keys.getByName({ projectId: "a&b=c", name: "a/b?c" })).rejects.toThrow();
  const [, request] = server.requests;
  expect(request).toMatchObject({
    path: "/api/v1/kms/keys/key-name/a%2Fb%3Fc",
    query: { projectId: "a&b=c" },
  });
});

test("every accessor returns the same object on every call", async () => {
  const { kms } = await startKms();
  expect(kms.keys()).toBe(kms.keys());
  expect(kms.encryption()).toBe(kms.encryption());
  expect(kms.signing()).toBe(kms.signing());
});
