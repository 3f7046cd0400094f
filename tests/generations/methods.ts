import type { InfisicalSDK } from "@infisical/sdk";
import type { Generation } from "#test-kit";

/** A method that is one request, the recording that answers it, and the part of the response that it returns. */
export interface Method {
  readonly call: (sdk: InfisicalSDK) => Promise<unknown>;
  /** The id of the recording, which may depend on the generation: not every recorded request succeeded on both. */
  readonly reply: string | Readonly<Record<Generation, string>>;
  /** The field that the method returns; the whole response by default. */
  readonly part?: string;
  /** For a request that was never recorded: makes its response of the recorded one. */
  readonly as?: (body: never) => unknown;
  /** Whether older servers do not have the route. */
  readonly isNewer?: boolean;
}

const id = "9b2f7a54-3c1d-4a6e-8f00-5d2c1b7e9a31";
const at = { projectId: id, environment: "dev" } as const;
const there = { projectSlug: "shop", environmentSlug: "dev" } as const;
const secretValue = "v";
const secretKey = "B1";

/** The methods about secrets. */
export const secretMethods: Readonly<Record<string, Method>> = {
  "secrets.listSecrets": { reply: "224-oddname-list", call: (sdk) => sdk.secrets().listSecrets(at) },
  "secrets.getSecret": {
    reply: "234-get-ok",
    part: "secret",
    call: (sdk) => sdk.secrets().getSecret({ ...at, secretName: "PLAIN" }),
  },
  "secrets.createSecret": {
    reply: "123-create-minimal",
    call: (sdk) => sdk.secrets().createSecret("PLAIN", { ...at, secretValue }),
  },
  "secrets.updateSecret": {
    reply: "256-update-value",
    call: (sdk) => sdk.secrets().updateSecret("PLAIN", { ...at, secretValue }),
  },
  "secrets.deleteSecret": {
    reply: "289-delete-ok",
    call: (sdk) => sdk.secrets().deleteSecret("META2", at),
  },
  "secrets.createSecrets": {
    reply: "397-batch-create-by-slug",
    call: (sdk) => sdk.secrets().createSecrets({ ...at, secrets: [{ secretKey, secretValue }] }),
  },
  "secrets.updateSecrets": {
    reply: { "october-2024": "413-batch-update", "july-2026": "417-batch-update-no-value" },
    call: (sdk) => sdk.secrets().updateSecrets({ ...at, secrets: [{ secretKey, secretValue }] }),
  },
  "secrets.listSecretVersions": {
    // Never recorded: only users may read it. A version has the fields of a secret.
    reply: "258-get-version-1",
    as: ({ secret }: { secret: unknown }) => ({ secretVersions: [secret] }),
    call: (sdk) => sdk.secrets().listSecretVersions({ secretId: id }),
  },
  "secrets.deleteSecrets": {
    // Every recorded deletion by v3 failed on the current server, because an earlier batch had failed.
    reply: { "october-2024": "421-batch-delete", "july-2026": "104-v4-batch-delete" },
    as: (body) => body,
    call: (sdk) => sdk.secrets().deleteSecrets({ ...at, secrets: [{ secretKey }] }),
  },
};

/** The methods about dynamic secrets and leases. */
export const dynamicSecretMethods: Readonly<Record<string, Method>> = {
  "dynamicSecrets.create": {
    reply: "430-dyn-create-redis",
    part: "dynamicSecret",
    call: (sdk) =>
      sdk.dynamicSecrets().create({
        ...there,
        name: "redis-main",
        defaultTTL: "1h",
        provider: { type: "redis", inputs: redisInputs },
      }),
  },
  "dynamicSecrets.update": {
    // Only an update of a missing one was recorded.
    reply: "430-dyn-create-redis",
    as: (body) => body,
    part: "dynamicSecret",
    call: (sdk) => sdk.dynamicSecrets().update("redis-main", { ...there, defaultTTL: "2h" }),
  },
  "dynamicSecrets.get": {
    reply: "430-dyn-create-redis",
    as: (body) => body,
    part: "dynamicSecret",
    call: (sdk) => sdk.dynamicSecrets().get("redis-main", there),
  },
  "dynamicSecrets.list": {
    reply: "468-dyn-list",
    part: "dynamicSecrets",
    call: (sdk) => sdk.dynamicSecrets().list(there),
  },
  "dynamicSecrets.delete": {
    reply: "513-dyn-delete-forced",
    part: "dynamicSecret",
    call: (sdk) => sdk.dynamicSecrets().delete("dgtm", { ...there, isForced: true }),
  },
  "dynamicSecrets.leases.create": {
    reply: "474-lease-create-postgres",
    call: (sdk) => sdk.dynamicSecrets().leases.create({ ...there, dynamicSecretName: "pg-main", ttl: "10m" }),
  },
  "dynamicSecrets.leases.get": {
    reply: "490-lease-renew-postgres",
    as: (body) => body,
    call: (sdk) => sdk.dynamicSecrets().leases.get(id, there),
  },
  "dynamicSecrets.leases.list": {
    reply: "488-lease-list",
    call: (sdk) => sdk.dynamicSecrets().leases.list({ ...there, dynamicSecretName: "redis-main" }),
  },
  "dynamicSecrets.leases.renew": {
    reply: "490-lease-renew-postgres",
    call: (sdk) => sdk.dynamicSecrets().leases.renew(id, { ...there, ttl: "20m" }),
  },
  "dynamicSecrets.leases.delete": {
    reply: "501-lease-delete-postgres",
    call: (sdk) => sdk.dynamicSecrets().leases.delete(id, there),
  },
};

const redisInputs = {
  host: "redis.example.com",
  port: 6379,
  username: "default",
  password: "admin-password",
  creationStatement: "ACL SETUSER {{username}} on >{{password}}",
  revocationStatement: "ACL DELUSER {{username}}",
};
