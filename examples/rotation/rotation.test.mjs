import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { createTestServer } from "@infisical/test-server";
import { watchSecrets } from "@infisical/watch";
import pg from "pg";
import { createDatabase } from "./database.mjs";
import { postgresPrograms, startPostgres } from "./private-postgres.mjs";

const programs = postgresPrograms();
const skip = programs ? false : "PostgreSQL is not installed on this machine";

const infisical = createTestServer();
const place = { projectId: infisical.projectId(), environment: "dev" };
const secretName = "DATABASE_PASSWORD";
/** @type {Awaited<ReturnType<typeof startPostgres>>} */
let postgres;
/** @type {import("pg").Client} */
let admin;
let siteUrl = "";

before(async () => {
  if (!programs) return;
  ({ siteUrl } = await infisical.listen());
  postgres = await startPostgres(programs, "of-the-admin");
  const { port } = postgres;
  admin = new pg.Client({ host: "127.0.0.1", port, user: "postgres", password: "of-the-admin" });
  await admin.connect();
});
after(async () => {
  if (!programs) return;
  await admin.end();
  await postgres.stop();
  await infisical.close();
});

test("a password that is rotated under load costs no query", { skip }, async () => {
  const client = createClient({
    siteUrl,
    auth: universalAuth(infisical.credentials()),
    plugins: [secrets()],
  });
  await admin.query("CREATE ROLE app LOGIN PASSWORD 'password-0'");
  await client.secrets().createSecret(secretName, { ...place, secretValue: "password-0" });
  const watcher = watchSecrets(client, { ...place, interval: "1m" });
  await watcher.refresh();
  const database = createDatabase(watcher, secretName, {
    host: "127.0.0.1",
    port: postgres.port,
    user: "app",
    database: "postgres",
    max: 10,
  });

  let isOver = false;
  let queries = 0;
  /** @type {unknown[]} */
  const failures = [];
  const load = Array.from({ length: 20 }, async () => {
    while (!isOver) {
      await database.query("SELECT pg_sleep(0.002)").catch((error) => failures.push(error));
      queries += 1;
    }
  });

  let ended = 0;
  for (let round = 1; round <= 5; round += 1) {
    const before = queries;
    await admin.query(`ALTER ROLE app PASSWORD 'password-${round}'`);
    const { rows } = await admin.query(
      "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE usename = 'app'",
    );
    ended += rows.length;
    await client.secrets().updateSecret(secretName, { ...place, secretValue: `password-${round}` });
    // Queries go on before the next rotation.
    while (queries < before + 200) await database.query("SELECT 1");
  }
  isOver = true;
  await Promise.all(load);

  console.log(`${queries} queries, ${ended} connections ended, ${failures.length} failures`);
  assert.deepEqual(failures, []);
  assert.ok(ended > 0 && queries >= 1000);
  watcher.close();
  await database.end();
  await client.close();
});
