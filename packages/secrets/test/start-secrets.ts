import type { Clock } from "@infisical/core";
import type { ProjectSeed, TestServerOptions } from "@infisical/test-server";
import { start } from "#test-kit";
import { type SecretsApi, type SecretsOptions, secrets } from "../src/index.ts";

export type ApiVersion = NonNullable<SecretsOptions["apiVersion"]>;

/** Both versions of the API, with the paths of their routes. */
export const versions = [
  { apiVersion: "v3", path: "/api/v3/secrets/raw", batchPath: "/api/v3/secrets/batch/raw" },
  { apiVersion: "v4", path: "/api/v4/secrets", batchPath: "/api/v4/secrets/batch" },
] as const;

/** A server with one project, and the secrets of a client that logs in as its administrator. */
export async function startSecrets(
  project: Partial<ProjectSeed> = {},
  apiVersion: ApiVersion = "v3",
  options: TestServerOptions = {},
) {
  const environments = ["dev", "staging", "prod"].map((slug) => ({ name: slug, slug }));
  const { server, connect, location } = await start({
    server: {
      ...options,
      projects: [{ name: "Shop", slug: "shop", environments, ...project }],
      identities: [
        { name: "admin", organizationRole: "admin", projectRoles: { shop: "admin" }, universalAuth: {} },
      ],
    },
  });
  /** The server's clock, whose waits end at once and advance it. */
  const clock: Clock = {
    now: () => server.clock.now(),
    sleep: async (milliseconds) => server.clock.advance(milliseconds),
  };
  const secretsOf = (): SecretsApi => connect({ clock, plugins: [secrets({ apiVersion })] }).secrets();
  /** Starts over: resets the server, and connects another client. */
  const reset = (): SecretsApi => {
    server.reset();
    return secretsOf();
  };
  return { server, api: secretsOf(), reset, location };
}
