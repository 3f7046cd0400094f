import { randomBytes } from "node:crypto";
import type { CredentialIssuer } from "@infisical/test-server";
import { expect, onTestFinished, test } from "vitest";
import { runOnPostgres } from "./support/postgres.ts";
import { location, start } from "./support/start.ts";

const administrator = "postgres";

const inputs = {
  client: "postgres",
  host: "127.0.0.1",
  port: 5432,
  database: "postgres",
  username: administrator,
  password: "",
  creationStatement:
    "CREATE USER \"{{username}}\" WITH ENCRYPTED PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';",
  revocationStatement: 'DROP ROLE "{{username}}";',
  renewStatement: "ALTER ROLE \"{{username}}\" VALID UNTIL '{{expiration}}';",
};

const issuer: CredentialIssuer = {
  issue: async ({ statement = "" }) => void (await runOnPostgres(administrator, statement)),
  renew: async ({ statement = "" }) => void (await runOnPostgres(administrator, statement)),
  revoke: async ({ statement = "" }) => void (await runOnPostgres(administrator, statement)),
};

test("on a real PostgreSQL, a leased role exists inside use, is renewed, and is gone afterwards", async ({
  skip,
}) => {
  const reason = await runOnPostgres(administrator, "SELECT 1").then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (reason !== undefined) {
    process.stdout.write(`skipped: no PostgreSQL accepts its administrator at 127.0.0.1:5432 (${reason})\n`);
    return skip("no PostgreSQL accepts its administrator at 127.0.0.1:5432");
  }
  // A separate prefix for this run: the server generates the same names in every run.
  const prefix = `lease-test-${randomBytes(6).toString("hex")}`;
  const { server, api } = await start({
    seed: { type: "sql-database", inputs, usernameTemplate: `${prefix}-{{randomUsername}}` },
    dynamicSecrets: { issuer },
  });
  const until = (role: string): Promise<string> =>
    runOnPostgres(
      administrator,
      `SELECT extract(epoch FROM rolvaliduntil)::bigint FROM pg_roles WHERE rolname = '${role}'`,
    );
  let role = "";
  onTestFinished(async () => {
    await runOnPostgres(administrator, `DROP ROLE IF EXISTS "${role}"`);
  });
  await api.leases.use(
    { ...location, dynamicSecretName: "cache", provider: "sql-database" },
    async ({ data }) => {
      role = data.DB_USERNAME;
      expect(await runOnPostgres(role, "SELECT current_user")).toBe(role);
      const before = Number(await until(role));
      server.clock.advance(40_000);
      await expect.poll(async () => Number(await until(role))).toBe(before + 60);
    },
  );
  expect(await until(role)).toBe("");
  await expect(runOnPostgres(role, "SELECT 1")).rejects.toThrow(/does not exist/);
});
