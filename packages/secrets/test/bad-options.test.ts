import { expect, test } from "vitest";
import { type SecretsApi, secrets } from "../src/index.ts";
import { countRequests, start } from "./support.ts";

type Place = Awaited<ReturnType<typeof start>>["place"];

const value = { secretValue: "value-of-the-secret" };
const many = (length: number) => Array.from({ length }, (_, index) => ({ key: `k${index}`, value: "v" }));

const calls: Record<string, [(api: SecretsApi, place: Place) => Promise<unknown>, string]> = {
  "no project": [
    (api) => api.listSecrets({ environment: "dev" } as never),
    "projectId must be a non-empty string.",
  ],
  "an empty environment": [
    (api, place) => api.getSecret({ ...place, environment: " ", secretName: "A" }),
    'environment must be a non-empty string, got " ".',
  ],
  "an empty path": [
    (api, place) => api.createSecret("A", { ...place, ...value, secretPath: "" }),
    'secretPath must be a non-empty string, got "".',
  ],
  "a path of null, which is not the root": [
    (api, place) => api.listSecrets({ ...place, secretPath: null as never }),
    "secretPath must be a non-empty string, got null.",
  ],
  "a path with an empty part": [
    (api, place) => api.listSecrets({ ...place, secretPath: "/a//b" }),
    'secretPath must have no empty part, "." or ".." between its slashes, got "/a//b".',
  ],
  "a path that climbs": [
    (api, place) => api.deleteSecret("A", { ...place, secretPath: "/a/../b" }),
    'secretPath must have no empty part, "." or ".." between its slashes, got "/a/../b".',
  ],
  "a path that climbs, of one secret of a batch": [
    (api, place) => api.updateSecrets({ ...place, secrets: [{ secretKey: "A", secretPath: ".." }] }),
    'secrets[0].secretPath must have no empty part, "." or ".." between its slashes, got "..".',
  ],
  "a tag with a comma": [
    (api, place) => api.listSecrets({ ...place, tagSlugs: ["a", "b,c"] }),
    'tagSlugs[1] must be one slug, without ",", got "b,c".',
  ],
  "an empty tag": [
    (api, place) => api.listSecrets({ ...place, tagFilters: [""] }),
    'tagFilters[0] must be one slug, without ",", got "".',
  ],
  "tags that are no list": [
    (api, place) => api.listSecrets({ ...place, tagSlugs: "a,b" as never }),
    'tagSlugs must be an array, got "a,b".',
  ],
  "a metadata filter that is no list": [
    (api, place) => api.listSecrets({ ...place, metadataFilter: "key=a,value=b" as never }),
    'metadataFilter must be an array, got "key=a,value=b".',
  ],
  "too many metadata pairs": [
    (api, place) => api.listSecrets({ ...place, metadataFilter: many(11) }),
    "metadataFilter must be an array of at most 10 pairs, got an array.",
  ],
  "secrets in one text, which is not repeated": [
    (api, place) => api.createSecrets({ ...place, secrets: "A=value-of-the-secret" as never }),
    "secrets must be an array of at least one secret.",
  ],
  "a secret that is a text, which is not repeated": [
    (api, place) => api.createSecrets({ ...place, secrets: ["A=value-of-the-secret" as never] }),
    "secrets[0] must be an object with secretKey, secretValue, secretComment, secretReminderNote, " +
      "secretReminderRepeatDays, skipMultilineEncoding, tagIds, metadata, secretMetadata.",
  ],
  "a metadata pair that is none": [
    (api, place) => api.listSecrets({ ...place, metadataFilter: [null as never] }),
    "metadataFilter[0] must be an object with key, value, got null.",
  ],
  "metadata without a value, which servers pass over": [
    (api, place) => api.listSecrets({ ...place, metadataFilter: [{ key: "a", value: "" }] }),
    'metadataFilter[0].value must be a non-empty string without ",", "|" and "=", got "".',
  ],
  "version 0": [
    (api, place) => api.getSecret({ ...place, secretName: "A", version: 0 }),
    "version must be a whole number from 1, got 0.",
  ],
  "a version that is no number": [
    (api, place) => api.getSecret({ ...place, secretName: "A", version: "latest" }),
    'version must be a whole number from 1, got "latest".',
  ],
  "an etag that no server sent": [
    (api, place) => api.listSecretsIfChanged(place, "a\r\nb"),
    'etag must be the etag of an earlier response, or undefined, got "a\\r\\nb".',
  ],
  "an attachToProcessEnv that says nothing": [
    (api, place) => api.listSecrets({ ...place, attachToProcessEnv: "yes" as never }),
    'attachToProcessEnv must be true, false or an object with only, prefix, override, allow, got "yes".',
  ],
  "an override that is no boolean": [
    (api, place) => api.listSecrets({ ...place, attachToProcessEnv: { override: 1 } as never }),
    "attachToProcessEnv.override must be true or false, got 1.",
  ],
  "a name of white space, which servers trim to nothing": [
    (api, place) => api.createSecret(" ", { ...place, ...value }),
    'secretName must be a non-empty string, got " ".',
  ],
  "a name that servers trim to a dot": [
    (api, place) => api.createSecret(" . ", { ...place, ...value }),
    'secretName must not be "." or "..", got " . ".',
  ],
  "a name that no URL can hold, in a batch": [
    (api, place) => api.createSecrets({ ...place, secrets: [{ secretKey: "..", ...value }] }),
    'secrets[0].secretKey must not be "." or "..", got "..".',
  ],
  "a new name that no URL can hold": [
    (api, place) => api.updateSecret("A", { ...place, newSecretName: ".." }),
    'newSecretName must not be "." or "..", got "..".',
  ],
  "no value": [(api, place) => api.createSecret("A", place as never), "secretValue must be a string."],
  "a value that is no string, which is not repeated": [
    (api, place) => api.updateSecret("A", { ...place, secretValue: 12345 as never }),
    "secretValue must be a string.",
  ],
  "a value that is no string, in a batch": [
    (api, place) =>
      api.createSecrets({ ...place, secrets: [{ secretKey: "A", secretValue: null as never }] }),
    "secrets[0].secretValue must be a string.",
  ],
  "an empty batch": [
    (api, place) => api.createSecrets({ ...place, secrets: [] }),
    "secrets must be an array of at least one secret, got an array.",
  ],
  "a secret of a batch that is none": [
    (api, place) => api.createSecrets({ ...place, secrets: [null as never] }),
    "secrets[0] must be an object with secretKey, secretValue, secretComment, secretReminderNote, " +
      "secretReminderRepeatDays, skipMultilineEncoding, tagIds, metadata, secretMetadata, got null.",
  ],
  "the same name twice in a batch": [
    (api, place) => api.deleteSecrets({ ...place, secrets: [{ secretKey: "A" }, { secretKey: "A " }] }),
    'secrets[1].secretKey must occur once in a batch, got "A ".',
  ],
  "an unknown mode": [
    (api, place) => api.updateSecrets({ ...place, mode: "merge" as never, secrets: [{ secretKey: "A" }] }),
    'mode must be one of "failOnNotFound", "ignore", "upsert", got "merge".',
  ],
  "names that are no list": [
    (api, place) => api.getSecrets({ ...place, secretNames: "A" as never }),
    'secretNames must be an array, got "A".',
  ],
  "an empty name among others": [
    (api, place) => api.getSecrets({ ...place, secretNames: ["A", ""] }),
    'secretNames[1] must be a non-empty string, got "".',
  ],
};

test.each(Object.entries(calls))("%s is refused before anything is sent", async (_, [call, message]) => {
  const { server, api, place } = await start();
  const error = await call(api, place).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: "INVALID_OPTION", message });
  expect(countRequests(server)).toBe(0);
});

test.each([",", "|", "="])(
  "metadata with %j is refused: the filter has no way to write it",
  async (character) => {
    const { server, api, place } = await start();
    for (const field of ["key", "value"]) {
      const pair = { key: "k", value: "v", [field]: `a${character}b` };
      const call = api.listSecrets({ ...place, metadataFilter: [{ key: "k", value: "v" }, pair] });
      await expect(call).rejects.toThrow(`metadataFilter[1].${field} must be a non-empty string without`);
    }
    expect(countRequests(server)).toBe(0);
  },
);

test.each([".", ".."])("the name %j is refused before anything is sent", async (name) => {
  const { server, api, place } = await start();
  const failure = { code: "INVALID_OPTION", message: expect.stringMatching(/^secretName must not be/) };
  await expect(api.createSecret(name, { ...place, ...value })).rejects.toMatchObject(failure);
  await expect(api.getSecret({ ...place, secretName: name })).rejects.toMatchObject(failure);
  await expect(api.updateSecret(name, { ...place, ...value })).rejects.toMatchObject(failure);
  await expect(api.deleteSecret(name, place)).rejects.toMatchObject(failure);
  expect(countRequests(server)).toBe(0);
});

test("a name that is a route of v4 is refused there, and can be written in a batch", async () => {
  const { server, api, place } = await start({}, "v4");
  const refused = {
    code: "INVALID_OPTION",
    message: expect.stringContaining("also the name of a route of v4"),
  };
  for (const name of ["batch", "move", "duplicate"]) {
    await expect(api.createSecret(name, { ...place, ...value })).rejects.toMatchObject(refused);
  }
  await expect(api.updateSecret("batch", { ...place, ...value })).rejects.toMatchObject(refused);
  await expect(api.deleteSecret("batch", place)).rejects.toMatchObject(refused);
  expect(countRequests(server)).toBe(0);
  await api.createSecrets({ ...place, secrets: [{ secretKey: "batch", ...value }] });
  expect(await api.getSecret({ ...place, secretName: "batch" })).toMatchObject(value);
});

test("a version of the API that there is not is refused", () => {
  expect(() => secrets({ apiVersion: "v5" as never })).toThrow(
    'apiVersion must be one of "v3", "v4", got "v5".',
  );
  expect(() => secrets({ apiVersion: "toString" as never })).toThrow("apiVersion must be");
});
