import { expect, test } from "vitest";
import type { TestLocation } from "#test-kit";
import { type SecretsApi, secrets } from "../src/index.ts";
import { startSecrets } from "./start-secrets.ts";
import { countRequests } from "./summaries.ts";

const value = { secretValue: "value-of-the-secret" };
const many = (length: number) => Array.from({ length }, (_, index) => ({ key: `k${index}`, value: "v" }));

const calls: Record<string, [(api: SecretsApi, location: TestLocation) => Promise<unknown>, string]> = {
  "no project": [
    (api) => api.listSecrets({ environment: "dev" } as never),
    "projectId must be a non-empty string.",
  ],
  "an empty environment": [
    (api, location) => api.getSecret({ ...location, environment: " ", secretName: "A" }),
    'environment must be a non-empty string, got " ".',
  ],
  "an empty path": [
    (api, location) => api.createSecret("A", { ...location, ...value, secretPath: "" }),
    'secretPath must be a non-empty string, got "".',
  ],
  "a path of null, which is not the root": [
    (api, location) => api.listSecrets({ ...location, secretPath: null as never }),
    "secretPath must be a non-empty string, got null.",
  ],
  "a path with an empty part": [
    (api, location) => api.listSecrets({ ...location, secretPath: "/a//b" }),
    'secretPath must have no empty part, "." or ".." between its slashes, got "/a//b".',
  ],
  "a path that climbs": [
    (api, location) => api.deleteSecret("A", { ...location, secretPath: "/a/../b" }),
    'secretPath must have no empty part, "." or ".." between its slashes, got "/a/../b".',
  ],
  "a path that climbs, of one secret of a batch": [
    (api, location) => api.updateSecrets({ ...location, secrets: [{ secretKey: "A", secretPath: ".." }] }),
    'secrets[0].secretPath must have no empty part, "." or ".." between its slashes, got "..".',
  ],
  "a tag with a comma": [
    (api, location) => api.listSecrets({ ...location, tagSlugs: ["a", "b,c"] }),
    'tagSlugs[1] must be one slug, without ",", got "b,c".',
  ],
  "an empty tag": [
    (api, location) => api.listSecrets({ ...location, tagFilters: [""] }),
    'tagFilters[0] must be one slug, without ",", got "".',
  ],
  "a tag of white space": [
    (api, location) => api.listSecrets({ ...location, tagSlugs: [" "] }),
    'tagSlugs[0] must be one slug, without ",", got " ".',
  ],
  "a tag that is a number": [
    (api, location) => api.listSecrets({ ...location, tagSlugs: [7 as never] }),
    'tagSlugs[0] must be one slug, without ",", got 7.',
  ],
  "tags that are not a list": [
    (api, location) => api.listSecrets({ ...location, tagSlugs: "a,b" as never }),
    "tagSlugs must be an array, got a string.",
  ],
  "a metadata filter that is not a list": [
    (api, location) => api.listSecrets({ ...location, metadataFilter: "key=a,value=b" as never }),
    "metadataFilter must be an array, got a string.",
  ],
  "too many metadata pairs": [
    (api, location) => api.listSecrets({ ...location, metadataFilter: many(11) }),
    "metadataFilter must be an array of at most 10 pairs, got an array.",
  ],
  "secrets in one text, which is not repeated": [
    (api, location) => api.createSecrets({ ...location, secrets: "A=value-of-the-secret" as never }),
    "secrets must be an array of at least one secret.",
  ],
  "a secret that is a text, which is not repeated": [
    (api, location) => api.createSecrets({ ...location, secrets: ["A=value-of-the-secret" as never] }),
    "secrets[0] must be an object with secretKey, secretValue, and optionally secretComment, secretReminderNote, " +
      "secretReminderRepeatDays, skipMultilineEncoding, tagIds, metadata, secretMetadata, got a string.",
  ],
  "a metadata pair that is none": [
    (api, location) => api.listSecrets({ ...location, metadataFilter: [null as never] }),
    "metadataFilter[0] must be an object with key, value, got null.",
  ],
  "metadata without a value, which servers pass over": [
    (api, location) => api.listSecrets({ ...location, metadataFilter: [{ key: "a", value: "" }] }),
    'metadataFilter[0].value must be a non-empty string without ",", "|" and "=", got "".',
  ],
  "metadata with a key of white space": [
    (api, location) => api.listSecrets({ ...location, metadataFilter: [{ key: " ", value: "v" }] }),
    'metadataFilter[0].key must be a non-empty string without ",", "|" and "=", got " ".',
  ],
  "metadata with a key that is a number": [
    (api, location) => api.listSecrets({ ...location, metadataFilter: [{ key: 7 as never, value: "v" }] }),
    'metadataFilter[0].key must be a non-empty string without ",", "|" and "=", got 7.',
  ],
  "version 0": [
    (api, location) => api.getSecret({ ...location, secretName: "A", version: 0 }),
    "version must be a whole number from 1, got 0.",
  ],
  "a version that is not a number": [
    (api, location) => api.getSecret({ ...location, secretName: "A", version: "latest" }),
    'version must be a whole number from 1, got "latest".',
  ],
  "a version with more digits than numbers have": [
    (api, location) => api.getSecret({ ...location, secretName: "A", version: "1234567890123456" }),
    'version must be a whole number from 1, got "1234567890123456".',
  ],
  "a version in a list": [
    (api, location) => api.getSecret({ ...location, secretName: "A", version: [1] as never }),
    "version must be a whole number from 1, got an array.",
  ],
  "a number of days as a text": [
    (api, location) =>
      api.updateSecret("A", { ...location, ...value, secretReminderRepeatDays: "7" as never }),
    'secretReminderRepeatDays must be a whole number from 0, got "7".',
  ],
  "a prefix that no variable's name begins with": [
    (api, location) => api.listSecrets({ ...location, attachToProcessEnv: { prefix: "A=" } }),
    'attachToProcessEnv.prefix must be a string that the name of a variable can begin with, got "A…".',
  ],
  "a prefix other than text": [
    (api, location) => api.listSecrets({ ...location, attachToProcessEnv: { prefix: 7 as never } }),
    "attachToProcessEnv.prefix must be a string that the name of a variable can begin with, got 7.",
  ],
  "an etag that no server sent": [
    (api, location) => api.listSecretsIfChanged(location, "a\r\nb"),
    'etag must be the etag of an earlier response, or undefined, got "a\\r\\nb".',
  ],
  "an attachToProcessEnv that says nothing": [
    (api, location) => api.listSecrets({ ...location, attachToProcessEnv: "yes" as never }),
    "attachToProcessEnv must be true, false or an object with only, prefix, override, allow, got a string.",
  ],
  "an override that is not a boolean": [
    (api, location) => api.listSecrets({ ...location, attachToProcessEnv: { override: 1 } as never }),
    "attachToProcessEnv.override must be true or false, got 1.",
  ],
  "a name of white space, which servers trim to nothing": [
    (api, location) => api.createSecret(" ", { ...location, ...value }),
    'secretName must be a non-empty string, got " ".',
  ],
  "a name that servers trim to a dot": [
    (api, location) => api.createSecret(" . ", { ...location, ...value }),
    'secretName must not be "." or "..", got " . ".',
  ],
  "a name that no URL can hold, in a batch": [
    (api, location) => api.createSecrets({ ...location, secrets: [{ secretKey: "..", ...value }] }),
    'secrets[0].secretKey must not be "." or "..", got "..".',
  ],
  "a new name that no URL can hold": [
    (api, location) => api.updateSecret("A", { ...location, newSecretName: ".." }),
    'newSecretName must not be "." or "..", got "..".',
  ],
  "no value": [(api, location) => api.createSecret("A", location as never), "secretValue must be a string."],
  "a value that is not a string, which is not repeated": [
    (api, location) => api.updateSecret("A", { ...location, secretValue: 12345 as never }),
    "secretValue must be a string.",
  ],
  "a value that is not a string, in a batch": [
    (api, location) =>
      api.createSecrets({ ...location, secrets: [{ secretKey: "A", secretValue: null as never }] }),
    "secrets[0].secretValue must be a string.",
  ],
  "an empty batch": [
    (api, location) => api.createSecrets({ ...location, secrets: [] }),
    "secrets must be an array of at least one secret, got an array.",
  ],
  "a secret of a batch that is none": [
    (api, location) => api.createSecrets({ ...location, secrets: [null as never] }),
    "secrets[0] must be an object with secretKey, secretValue, and optionally secretComment, secretReminderNote, " +
      "secretReminderRepeatDays, skipMultilineEncoding, tagIds, metadata, secretMetadata, got null.",
  ],
  "the same name twice in a batch": [
    (api, location) => api.deleteSecrets({ ...location, secrets: [{ secretKey: "A" }, { secretKey: "A " }] }),
    'secrets[1].secretKey must occur once in a batch, got "A ".',
  ],
  "an unknown mode": [
    (api, location) =>
      api.updateSecrets({ ...location, mode: "merge" as never, secrets: [{ secretKey: "A" }] }),
    'mode must be one of "failOnNotFound", "ignore", "upsert", got "merge".',
  ],
  "names that are not a list": [
    (api, location) => api.getSecrets({ ...location, secretNames: "A" as never }),
    "secretNames must be an array, got a string.",
  ],
  "an empty name among others": [
    (api, location) => api.getSecrets({ ...location, secretNames: ["A", ""] }),
    'secretNames[1] must be a non-empty string, got "".',
  ],
};

test.each(Object.entries(calls))("%s is refused before anything is sent", async (_, [call, message]) => {
  const { server, api, location } = await startSecrets();
  const error = await call(api, location).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: "INVALID_OPTION", message });
  expect(countRequests(server)).toBe(0);
});

test("ten pairs of metadata are a filter", async () => {
  const { api, location } = await startSecrets();
  const listed = await api.listSecrets({ ...location, metadataFilter: many(10) });
  expect(listed.secrets).toEqual([]);
});

test.each([",", "|", "="])(
  "metadata with %j is refused: the filter has no way to write it",
  async (character) => {
    const { server, api, location } = await startSecrets();
    for (const field of ["key", "value"]) {
      const pair = { key: "k", value: "v", [field]: `a${character}b` };
      const call = api.listSecrets({ ...location, metadataFilter: [{ key: "k", value: "v" }, pair] });
      await expect(call).rejects.toThrow(`metadataFilter[1].${field} must be a non-empty string without`);
    }
    expect(countRequests(server)).toBe(0);
  },
);

test.each([".", ".."])("the name %j is refused before anything is sent", async (name) => {
  const { server, api, location } = await startSecrets();
  const failure = { code: "INVALID_OPTION", message: expect.stringMatching(/^secretName must not be/) };
  await expect(api.createSecret(name, { ...location, ...value })).rejects.toMatchObject(failure);
  await expect(api.getSecret({ ...location, secretName: name })).rejects.toMatchObject(failure);
  await expect(api.updateSecret(name, { ...location, ...value })).rejects.toMatchObject(failure);
  await expect(api.deleteSecret(name, location)).rejects.toMatchObject(failure);
  expect(countRequests(server)).toBe(0);
});

test("with v4, a name that is also a route is refused, but can be written in a batch", async () => {
  const { server, api, location } = await startSecrets({}, "v4");
  const refused = {
    code: "INVALID_OPTION",
    message: expect.stringContaining("is also a route of v4"),
  };
  for (const name of ["batch", "move", "duplicate"]) {
    await expect(api.createSecret(name, { ...location, ...value })).rejects.toMatchObject(refused);
  }
  await expect(api.updateSecret("batch", { ...location, ...value })).rejects.toMatchObject(refused);
  await expect(api.deleteSecret("batch", location)).rejects.toMatchObject(refused);
  expect(countRequests(server)).toBe(0);
  await api.createSecrets({ ...location, secrets: [{ secretKey: "batch", ...value }] });
  expect(await api.getSecret({ ...location, secretName: "batch" })).toMatchObject(value);
});

test("an unknown version of the API is refused", () => {
  expect(() => secrets({ apiVersion: "v5" as never })).toThrow(
    'apiVersion must be one of "v3", "v4", "auto", got "v5".',
  );
  expect(() => secrets({ apiVersion: "toString" as never })).toThrow("apiVersion must be");
});

test.each([".env", "..env", "...", "a.", ". a"])("%s is a name like any other", async (name) => {
  const { server, api, location } = await startSecrets();
  await api.createSecret(name, { ...location, ...value });
  expect(server.secrets.get({ environment: "dev", key: name })).toBe(value.secretValue);
});
