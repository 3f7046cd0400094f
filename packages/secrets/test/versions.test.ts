import { universalAuth } from "@infisical/auth-universal";
import { expect, test } from "vitest";
import { start } from "#test-kit";
import { type SecretsApi, secrets } from "../src/index.ts";

/** A secret with three versions, and the secrets of a machine identity and of a user. */
async function startVersions() {
  const identity = { projectRoles: { shop: "admin" }, universalAuth: {} } as const;
  const { server, connect, location } = await start({
    server: {
      identities: [
        { name: "machine", ...identity },
        { name: "user@example.com", isUser: true, ...identity },
      ],
      projects: [{ name: "Shop", slug: "shop", environments: [{ name: "Dev", slug: "dev" }] }],
    },
  });
  const [machine, user] = ["machine", "user@example.com"].map((name) =>
    connect({ auth: universalAuth(server.credentials(name)), plugins: [secrets()] }).secrets(),
  ) as [SecretsApi, SecretsApi];
  const { secret } = await machine.createSecret("KEY", { ...location, secretValue: "one" });
  for (const secretValue of ["two", "three"]) await machine.updateSecret("KEY", { ...location, secretValue });
  return { server, machine, user, location, secretId: secret.id };
}

test("a user lists the versions of a secret, the newest first", async () => {
  const { server, user, secretId } = await startVersions();
  const { secretVersions } = await user.listSecretVersions({ secretId });
  expect(secretVersions.map(({ version, secretValue }) => [version, secretValue])).toEqual([
    [3, "three"],
    [2, "two"],
    [1, "one"],
  ]);
  expect(server.requests.at(-1)?.query).toEqual({ offset: "0", limit: "20" });
});

test("a part of the versions can be asked for", async () => {
  const { user, secretId } = await startVersions();
  const { secretVersions } = await user.listSecretVersions({ secretId, offset: 1, limit: 1 });
  expect(secretVersions.map(({ version }) => version)).toEqual([2]);
});

test("a machine identity is refused, and reads one version at a time", async () => {
  const { machine, location, secretId } = await startVersions();
  await expect(machine.listSecretVersions({ secretId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { secretValue } = await machine.getSecret({ ...location, secretName: "KEY", version: 1 });
  expect(secretValue).toBe("one");
});

test.each([
  [{ secretId: "" }, "secretId must be a non-empty string"],
  [{ limit: 0 }, "limit must be a whole number of at least 1, got 0."],
  [{ offset: -1 }, "offset must be a whole number of at least 0, got -1."],
  [{ secretName: "KEY" }, "secretName is not an option"],
])("the versions of %o are not asked for", async (wrong, message) => {
  const { server, user, secretId } = await startVersions();
  const before = server.requests.length;
  await expect(user.listSecretVersions({ secretId, ...wrong } as never)).rejects.toThrow(message);
  expect(server.requests).toHaveLength(before);
});
