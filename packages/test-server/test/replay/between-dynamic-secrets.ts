import type { TestServer } from "../../src/index.ts";
import { call } from "../support/api.ts";
import type { Interlude } from "./between.ts";
import type { Substitution } from "./substitution.ts";

const location = { projectSlug: "rec-mwsxz9ur", environmentSlug: "dev", path: "/" };
const ttls = { defaultTTL: "1h", maxTTL: "24h" };

const redis = {
  host: "127.1",
  port: 63800,
  username: "default",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
  revocationStatement: "ACL DELUSER {{username}}",
};

const postgres = {
  client: "postgres",
  host: "127.1",
  port: 54329,
  database: "dyntarget",
  username: "dynadmin",
  password: "password",
  creationStatement: "CREATE USER \"{{username}}\" WITH ENCRYPTED PASSWORD '{{password}}';",
  revocationStatement: 'DROP ROLE "{{username}}";',
};

async function send(
  { server, substitution }: { readonly server: TestServer; readonly substitution: Substitution },
  method: "POST" | "DELETE",
  path: string,
  body: object = {},
): Promise<Record<string, Record<string, unknown>>> {
  const token = await substitution.token("admin0");
  const response = await call(server, method, `/api/v1/dynamic-secrets${path}`, {
    token,
    body: { ...location, ...body },
  });
  if (response.status !== 200) throw new Error(`An interlude failed: ${JSON.stringify(response.body)}`);
  return response.body;
}

/** A dynamic secret that was created without being recorded. */
function created(name: string, type: string, inputs: object, fields: object = ttls): Interlude {
  return async (server, substitution) => {
    await send({ server, substitution }, "POST", "", { name, provider: { type, inputs }, ...fields });
  };
}

/** A dynamic secret and a lease of it that were created without being recorded. */
function leased(name: string, inputs: object, recordedLease: string): Interlude {
  return async (server, substitution) => {
    await created(name, "redis", inputs)(server, substitution);
    const body = { dynamicSecretName: name, ttl: "5m" };
    const { lease } = await send({ server, substitution }, "POST", "/leases", body);
    substitution.ids.set(recordedLease, String(lease?.["id"]));
  };
}

/** What happened to dynamic secrets between two recorded exchanges, by the id of the second one. */
export const dynamicSecretInterludes: Record<string, Interlude> = {
  // Current servers accept 447, whose TTL is longer than a day.
  "450-dyn-create-ttl-abc": async (server, substitution) => {
    await send({ server, substitution }, "DELETE", "/ttl-f52e27e1");
  },
  // Current servers refuse the creation of 463 because of its passwordRequirements.
  "464-dyn-create-missing-folder": created("newer", "sql-database", postgres),
  // The test server has no license that would refuse 487.
  "488-lease-list": async (server, substitution) => {
    const id = server.leases.list().at(-1)?.id;
    await send({ server, substitution }, "DELETE", `/leases/${id}`);
  },
  "492-lease-renew-redis-default-ttl": leased(
    "redis-renew",
    { ...redis, renewStatement: "ACL SETUSER {{username}} on" },
    "ca42a215-a1f6-45ba-aa07-2e93f9ac209f",
  ),
  "493-lease-renew-redis-empty-renewStatement": leased(
    "redis-empty-renew",
    { ...redis, renewStatement: "" },
    "0bf1e610-b07d-45d1-9de0-cb5b9e635254",
  ),
  "494-lease-create-default-ttl-abc": created("ttl-nan", "redis", redis, { defaultTTL: "abc" }),
  "495-lease-create-default-ttl-1h30m": created("ttl-compound", "redis", redis, { defaultTTL: "1h30m" }),
  "506-lease-create-broken-revocation": created("pg-broken", "sql-database", {
    ...postgres,
    revocationStatement: 'DROP ROLE "no_such_{{username}}";',
  }),
  "509-lease-create-bad-statement": created("pg-badcreate", "sql-database", {
    ...postgres,
    creationStatement: "NOT SQL",
  }),
  "548-lease-get-after-expiry": (server) => server.clock.advance(66_000),
};
