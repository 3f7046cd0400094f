import type { Interlude, Stage } from "./stage.ts";
import { expectStatus } from "./unrecorded.ts";

const location = { projectSlug: "rec-mwxd3zqo", environmentSlug: "dev", path: "/" };
const ttls = { defaultTTL: "1h", maxTTL: "24h" };

const redis = {
  host: "127.0.0.2",
  port: 63800,
  username: "default",
  password: "{{TARGET_REDIS_PASSWORD}}",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
  revocationStatement: "ACL DELUSER {{username}}",
};

const postgres = {
  client: "postgres",
  host: "127.0.0.2",
  port: 54329,
  database: "dyntarget",
  username: "dynadmin",
  password: "{{TARGET_PG_PASSWORD}}",
  creationStatement: "CREATE USER \"{{username}}\" WITH ENCRYPTED PASSWORD '{{password}}';",
  revocationStatement: 'DROP ROLE "{{username}}";',
};

/** Makes sure that a dynamic secret exists. */
async function create(
  stage: Stage,
  name: string,
  provider: { readonly type: string; readonly inputs: object },
  fields: object = ttls,
): Promise<void> {
  const body = { ...location, name, provider, ...fields };
  expectStatus(await stage.call("POST", "/api/v1/dynamic-secrets", body), [200, 400]);
}

/** Makes sure that a dynamic secret has a lease, and notes its id. */
async function lease(stage: Stage, dynamicSecretName: string, recorded: string, ttl?: string): Promise<void> {
  if (stage.substitution.ids.has(recorded)) return;
  const body = { ...location, dynamicSecretName, ...(ttl && { ttl }) };
  const created = await stage.call("POST", "/api/v1/dynamic-secrets/leases", body);
  expectStatus(created, [200]);
  stage.substitution.learn(recorded, (created.body as { lease: { id: string } }).lease.id);
}

/** Deletes the lease that a server without the license for dynamic secrets refused. */
async function deleteUnknownLeases(stage: Stage, name: string): Promise<void> {
  const known = new Set(stage.substitution.ids.values());
  const path = `/api/v1/dynamic-secrets/${name}/leases`;
  const query = { ...location };
  const { body } = await stage.call("GET", path, undefined, { query });
  for (const { id } of (body as { leases: { id: string }[] }).leases) {
    if (known.has(id)) continue;
    expectStatus(await stage.call("DELETE", `/api/v1/dynamic-secrets/leases/${id}`, location), [200]);
  }
}

/** A dynamic secret that was created without being recorded. */
function created(before: number, name: string, type: string, inputs: object, fields?: object): Interlude {
  return { before, run: (stage) => create(stage, name, { type, inputs }, fields) };
}

/** A dynamic secret and a lease of it that were created without being recorded. */
function leased(before: number, name: string, inputs: object, recordedLease: string): Interlude {
  return {
    before,
    run: async (stage) => {
      await create(stage, name, { type: "redis", inputs });
      await lease(stage, name, recordedLease, "5m");
    },
  };
}

/** What happened to dynamic secrets between the recorded exchanges. */
export const dynamicSecretInterludes: readonly Interlude[] = [
  created(450, "ttl-469179f2", "redis", redis, { defaultTTL: "2d" }),
  {
    before: 488,
    run: async (stage) => {
      await deleteUnknownLeases(stage, "redis-main");
      await lease(stage, "redis-main", "70215974-ee7a-43b5-b179-fe297b38a7a1");
    },
  },
  leased(
    492,
    "redis-renew",
    { ...redis, renewStatement: "ACL SETUSER {{username}} on" },
    "41fdf665-da08-4b7d-b923-193b2d0bfacb",
  ),
  leased(493, "redis-empty-renew", { ...redis, renewStatement: "" }, "b22ee695-2a7d-40e6-b6ae-af67ee9f6fb7"),
  created(494, "ttl-nan", "redis", redis, { defaultTTL: "abc" }),
  created(495, "ttl-compound", "redis", redis, { defaultTTL: "1h30m" }),
  created(506, "pg-broken", "sql-database", {
    ...postgres,
    revocationStatement: 'DROP ROLE "no_such_{{username}}";',
  }),
  created(509, "pg-badcreate", "sql-database", {
    ...postgres,
    creationStatement: "SELECT syntax error here",
  }),
  { before: 548, run: ({ server }) => server.clock.advance(66_000) },
];
