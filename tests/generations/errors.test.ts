import { type InfisicalSDK, isInfisicalError } from "@infisical/sdk";
import { describe, expect, test } from "vitest";
import { generations, recordedError } from "#test-kit";
import { connect, location } from "./connect.ts";

/** What went wrong, its code for a caller, the id of its recordings, and the call. */
type Case = readonly [what: string, code: string, id: string, call: (sdk: InfisicalSDK) => Promise<unknown>];

const id = location.projectId;
const there = { projectSlug: "shop", environmentSlug: "dev" } as const;
const secretValue = "v";
const get = (sdk: InfisicalSDK) => sdk.secrets().getSecret({ ...location, secretName: "PLAIN" });
const list = (sdk: InfisicalSDK) => sdk.secrets().listSecrets(location);
const create = (sdk: InfisicalSDK) => sdk.secrets().createSecret("X1", { ...location, secretValue });
const update = (sdk: InfisicalSDK) => sdk.secrets().updateSecret("PLAIN", { ...location, secretValue });
const remove = (sdk: InfisicalSDK) => sdk.secrets().deleteSecret("PLAIN", location);
const createBatch = (sdk: InfisicalSDK) =>
  sdk.secrets().createSecrets({ ...location, secrets: [{ secretKey: "B1", secretValue }] });
const updateBatch = (sdk: InfisicalSDK) =>
  sdk.secrets().updateSecrets({ ...location, secrets: [{ secretKey: "B1", secretValue }] });
const removeBatch = (sdk: InfisicalSDK) =>
  sdk.secrets().deleteSecrets({ ...location, secrets: [{ secretKey: "B4" }] });
const createProject = (sdk: InfisicalSDK) => sdk.projects().create({ projectName: "Recorder", slug: "abc" });
const createEnvironment = (sdk: InfisicalSDK) =>
  sdk.environments().create({ projectId: id, name: "Bad", slug: "Bad Slug" });
const createDynamic = (sdk: InfisicalSDK) =>
  sdk.dynamicSecrets().create({
    ...there,
    name: "pg-main",
    defaultTTL: "1h",
    provider: { type: "redis", inputs: { host: "redis.example.com" } as never },
  });
const removeDynamic = (sdk: InfisicalSDK) => sdk.dynamicSecrets().delete("nope", there);
const lease = (sdk: InfisicalSDK) =>
  sdk.dynamicSecrets().leases.create({ ...there, dynamicSecretName: "redis-main" });
const encrypt = (sdk: InfisicalSDK) => sdk.kms().encryption().encrypt({ keyId: id, plaintext: "aGk=" });

const sameOnBoth: readonly Case[] = [
  ["a get of a missing secret", "NOT_FOUND", "237-get-not-found", get],
  ["a get in a missing folder", "NOT_FOUND", "238-get-not-found-folder", get],
  ["a get in an unknown environment", "NOT_FOUND", "239-get-unknown-env", get],
  ["a get in an unknown project", "NOT_FOUND", "240-get-unknown-project", get],
  ["a list of an unknown project", "NOT_FOUND", "305-list-project-not-uuid", list],
  ["a create in an unknown environment", "NOT_FOUND", "147-create-unknown-env", create],
  ["a create in an unknown project", "NOT_FOUND", "148-create-unknown-project", create],
  ["a create with an unknown tag", "NOT_FOUND", "154-create-bad-tag-unknown", create],
  ["a create by a viewer", "FORBIDDEN", "161-create-viewer-forbidden", create],
  ["a create by an outsider", "FORBIDDEN", "162-create-outsider-forbidden", create],
  ["a create of a personal secret", "BAD_REQUEST", "159-create-personal-by-identity", create],
  ["a create with a bad type", "VALIDATION_FAILED", "153-create-bad-type", create],
  ["an update of a missing secret", "NOT_FOUND", "284-update-not-found", update],
  ["an update in a missing folder", "NOT_FOUND", "285-update-missing-folder", update],
  ["an update to a taken name", "ALREADY_EXISTS", "282-update-rename-to-self", update],
  ["a delete of a missing secret", "NOT_FOUND", "290-delete-again", remove],
  ["a delete in an unknown environment", "NOT_FOUND", "292-delete-unknown-env", remove],
  ["a batch without a project", "BAD_REQUEST", "408-batch-create-no-project", createBatch],
  ["a batch without secrets", "VALIDATION_FAILED", "403-batch-create-empty", createBatch],
  ["a batch update of a missing secret", "NOT_FOUND", "414-batch-update-missing-one", updateBatch],
  ["a batch delete of a missing secret", "NOT_FOUND", "422-batch-delete-missing", removeBatch],
  ["a project with a short slug", "VALIDATION_FAILED", "074-project-create-short-slug", createProject],
  ["a project by one who is not allowed to", "FORBIDDEN", "078-project-create-forbidden", createProject],
  ["an environment with a bad slug", "VALIDATION_FAILED", "083-env-create-bad-slug", createEnvironment],
  ["a dynamic secret with a taken name", "ALREADY_EXISTS", "431-dyn-create-dup", createDynamic],
  ["a dynamic secret in a missing folder", "NOT_FOUND", "464-dyn-create-missing-folder", createDynamic],
  ["a delete of a missing dynamic secret", "NOT_FOUND", "515-dyn-delete-missing", removeDynamic],
  ["a lease of a missing dynamic secret", "NOT_FOUND", "485-lease-create-unknown", lease],
  ["a lease longer than allowed", "BAD_REQUEST", "478-lease-create-default-gt-max", lease],
  ["a lease of another plan", "BAD_REQUEST", "487-lease-create-unlicensed-stock", lease],
  ["an unknown key", "NOT_FOUND", "535-kms-encrypt-unknown-key", encrypt],
  ["a disabled key", "BAD_REQUEST", "539-kms-encrypt-disabled", encrypt],
];

describe.each(generations)("a server of %s", (generation) => {
  test.each(sameOnBoth)("%s is %s", async (_, code, recordingId, call) => {
    const { server, sdk } = await connect(generation);
    server.next(recordingId);
    const error: unknown = await call(sdk).catch((reason: unknown) => reason);
    expect(isInfisicalError(error)).toBe(true);
    expect(error).toMatchObject({ ...recordedError(server.recording(recordingId)), code });
    expect(server.requests).toHaveLength(1);
  });

  test("a validation failure names the fields, and has the server's own list", async () => {
    const { server, sdk } = await connect(generation);
    server.next("091-members-invite-bad-email");
    const call = sdk.projects().inviteMembers({ projectId: id, emails: ["nobody"] });
    await expect(call).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      message: expect.stringContaining("emails.0: Invalid email"),
      details: [expect.objectContaining({ path: ["emails", 0], message: "Invalid email" })],
    });
  });

  test("a missing secret's error names what was asked for, also where the server does not", async () => {
    const { server, sdk } = await connect(generation);
    server.next("237-get-not-found");
    await expect(get(sdk)).rejects.toThrow(/\(asked for: .*"PLAIN".*"dev"/);
  });
});
